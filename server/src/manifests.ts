import path from "node:path";

const names = /^(?:package\.json|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock)$/u;

/** Whether a file says which packages are installed. */
export function isManifest(fileName: string): boolean {
  return names.test(path.basename(fileName));
}
