/** What a worker thread can be told and asked. */
export interface Protocol {
  readonly news: { readonly is: string };
  readonly questions: object;
}

export type QuestionName<P extends Protocol> = keyof P["questions"] & string;
export type Ask<P extends Protocol, Name extends QuestionName<P>> = P["questions"][Name] extends (ask: infer A) => unknown ? A : never;
export type Answer<P extends Protocol, Name extends QuestionName<P>> = P["questions"][Name] extends (ask: never) => infer A ? A : never;

/** What a worker is at: reading the workspace's ESLint configuration, making TypeScript's program, running rules. */
export type Phase = "config" | "idle" | "linting" | "program";

export type ToWorker<P extends Protocol> =
  | { readonly is: "news"; readonly news: P["news"] }
  | { readonly is: "cancel"; readonly id: number }
  | { readonly is: "question"; readonly id: number; readonly name: QuestionName<P>; readonly ask: unknown };

export type FromWorker =
  | { readonly is: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly is: "failure"; readonly id: number; readonly error: string }
  | { readonly is: "phase"; readonly phase: Phase; readonly fileName: string | null };
