/** How is a disposal by hand written? */

import type { Resource } from "../../resource.js";

/** In which place, and of what, a disposal is written. */
interface Place {
  /** `await` may stand there. */
  readonly awaits: boolean;
  readonly name: string;
  readonly nullable: boolean;
}

/** The expression that disposes what a variable holds: by its disposer, or by the method that releases it; `null` where that cannot be waited for. */
export function writtenDisposal({ both, kind, release }: Resource, { awaits, name, nullable }: Place): string | null {
  if (release !== null) return release.isAsync && !awaits ? null : `${release.isAsync ? "await " : ""}${name}${nullable ? "?" : ""}.${release.name}()`;
  const link = nullable ? "?." : "";
  if (kind === "async" && awaits) return `await ${name}${link}[Symbol.asyncDispose]()`;
  return kind === "sync" || both ? `${name}${link}[Symbol.dispose]()` : null;
}
