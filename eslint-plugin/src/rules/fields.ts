import type { TSESTree } from "@typescript-eslint/utils";

import type { OwnedField } from "../ownership/classes/fields.js";
import { article } from "./leak.js";
import type { Site } from "./related-sites.js";
import { siteAt } from "./sites.js";

/** The words that every message about a field is made of. */
export function wordsOfField({ acquisition, name }: OwnedField): { readonly field: string; readonly type: string; readonly call: string } {
  return { field: name, type: article(acquisition.resource.name), call: acquisition.text };
}

/** The name of a class in a message. */
export function classText({ id }: TSESTree.ClassDeclaration): string {
  return id === null ? "This class" : `\`${id.name}\``;
}

/** Where a field's resource is acquired, and where it is disposed only to be replaced. */
export function fieldSites({ acquisition, name, uses }: OwnedField): readonly Site[] {
  return [
    siteAt(acquisition.call, `\`${name}\` is acquired here`),
    ...uses.filter(({ how }) => how === "disposed").map(({ at }) => siteAt(at, "This disposes only what is replaced")),
  ];
}
