import path from "node:path";

import ts from "typescript";

/** The folder of the package that a folder belongs to; `null` where no `package.json` is above. */
export function packageAbove(folder: string): string | null {
  for (let at = folder; ; at = path.dirname(at)) {
    if (ts.sys.fileExists(path.join(at, "package.json"))) return at;
    if (at === path.dirname(at)) return null;
  }
}
