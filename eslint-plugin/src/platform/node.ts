/** Which versions of Node is a file meant to run on? */

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { intersects, minVersion, validRange } from "semver";

import { bringsStacks } from "../libraries/node.js";

/** The versions of Node that code is meant to run on. */
export interface DeclaredNode {
  readonly range: string;
  /** Who says so, as messages name it. */
  readonly by: string;
  /** Whether the package names another one that brings what older versions lack. */
  readonly polyfilled: boolean;
}

/**
 * What a file's package declares: the rule's option, else `engines.node` of the
 * nearest package.json above the file. `null` where nothing, everything or no range
 * is declared there.
 *
 * @param option the rule's option `node`
 * @throws Error where the option is no range of versions
 */
export function declaredNode(fileName: string, option: string | undefined): DeclaredNode | null {
  if (option !== undefined && validRange(option) === null) throw new Error(`The option "node" must be a range of versions, for example ">=20"; it is ${JSON.stringify(option)}.`);
  const nearest = nearestPackage(path.dirname(fileName)) ?? {};
  const polyfilled = bringsPolyfill(nearest);
  if (option !== undefined) return { range: option, by: "the option `node`", polyfilled };
  const node = nearest.engines?.["node"];
  const range = typeof node === "string" ? validRange(node) : null;
  return range === null || range === "*" ? null : { range, by: "`engines.node` of package.json", polyfilled };
}

/** The lowest version of a range: `20.19.0`. */
export function lowest({ range }: DeclaredNode): string {
  return minVersion(range)?.version ?? "0.0.0";
}

/** Whether a range allows any version of another. */
export function allows({ range }: DeclaredNode, versions: string): boolean {
  return intersects(range, versions);
}

/** What a file's package declares, where that allows a Node without stacks and nothing it names brings them; else `null`. */
export function nodeWithoutStacks(fileName: string): DeclaredNode | null {
  const declared = declaredNode(fileName, undefined);
  return declared !== null && allows(declared, "<24") && !declared.polyfilled ? declared : null;
}

function bringsPolyfill({ dependencies, devDependencies, peerDependencies }: Package): boolean {
  return [dependencies, devDependencies, peerDependencies].some((group) => Object.keys(group ?? {}).some(bringsStacks));
}

type Group = Readonly<Record<string, unknown>>;

interface Package {
  readonly engines?: Group;
  readonly dependencies?: Group;
  readonly devDependencies?: Group;
  readonly peerDependencies?: Group;
}

function nearestPackage(folder: string): Package | null {
  const file = path.join(folder, "package.json");
  if (existsSync(file)) {
    try {
      const read: unknown = JSON.parse(readFileSync(file, "utf8"));
      return typeof read === "object" ? read : null;
    } catch {
      return null;
    }
  }
  const above = path.dirname(folder);
  return above === folder ? null : nearestPackage(above);
}
