// F10: workers behind an interface, given their work and left to it: they end by themselves.
interface JobWorker extends Disposable {
  postMessage(message: unknown, transfer?: readonly unknown[]): void;
}

interface Deps {
  readonly createWorker: (file: string) => JobWorker;
}

export function start(deps: Deps, files: readonly string[]): void {
  for (const file of files) deps.createWorker(file).postMessage({ type: "start", file });
}

export function initialize(deps: Deps, port: unknown): void {
  const worker = deps.createWorker("database.js");
  worker.postMessage({ type: "init", port }, [port]);
}
