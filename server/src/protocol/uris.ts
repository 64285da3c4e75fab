import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { URI } from "vscode-uri";

const extensions: Readonly<Record<string, string>> = { typescript: ".ts", typescriptreact: ".tsx", javascript: ".js", javascriptreact: ".jsx" };

/**
 * The name under which the analysis knows a document: where it lies, or, for one
 * that lies nowhere yet, where it would lie in the first folder.
 */
export function fileNameOf(uri: string, languageId: string | null, folders: readonly string[]): string {
  const parsed = URI.parse(uri);
  if (parsed.scheme === "file") return path.normalize(parsed.fsPath);
  const extension = languageId === null ? "" : (extensions[languageId] ?? "");
  const name = path.basename(parsed.path) || "untitled";
  return path.join(folders[0] ?? tmpdir(), name.endsWith(extension) ? name : name + extension);
}

export function uriOf(fileName: string): string {
  return URI.file(fileName).toString();
}

/** What all names of one file have in common: links are followed, and where case does not count it is the disk's. */
export function identityOf(fileName: string): string {
  try {
    return realpathSync.native(fileName);
  } catch {
    return fileName;
  }
}
