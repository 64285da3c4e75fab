import type { DocumentSelector } from "vscode-languageclient/node";

export const languages = ["typescript", "typescriptreact", "javascript", "javascriptreact"] as const;

/** What the server is told about: files, and buffers that are no files yet. */
export const documentSelector = languages.flatMap((language) => ["file", "untitled"].map((scheme) => ({ language, scheme }))) satisfies DocumentSelector;
