import { install } from "./runtimes.js";

/** Once, before the test files run beside each other. */
export function setup(): void {
  install();
}
