export declare class Lock implements AsyncDisposable {
  readonly isHeld: boolean;
  [Symbol.asyncDispose](): Promise<void>;
}

export declare function acquireLock(): Promise<Lock>;
