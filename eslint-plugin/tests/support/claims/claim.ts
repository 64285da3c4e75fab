/** One finding of a rule, between « and », and its sites: «1:…», «2:…» in source order, with what each says. */
export interface Claim {
  readonly rule: string;
  readonly title: string;
  readonly marked: string;
  readonly says: readonly string[];
  readonly isTyped: boolean;
  readonly options?: readonly object[];
}

export function claim(rule: string, title: string, marked: string, ...says: readonly string[]): Claim {
  return { rule, title, marked, says, isTyped: true };
}

export function untyped(rule: string, title: string, marked: string, ...says: readonly string[]): Claim {
  return { ...claim(rule, title, marked, ...says), isTyped: false };
}
