/** Which nodes acquire, bind, overwrite and discharge a resource, and what may throw meanwhile? */

import type { TSESTree } from "@typescript-eslint/utils";

import type { CallNode } from "../../syntax.js";

/** What the code does to the tracked resource, and where. */
export interface Tracked extends Course {
  /** What acquires the resource: a call. */
  readonly acquisition: TSESTree.Node;
  /** The declarator or assignment that binds the acquired resource. */
  readonly birth: TSESTree.Node;
  /** The acquisition may also give `null` or `undefined`. */
  readonly nullable: boolean;
  /** The resource is in the variable when the scope begins: an element of a loop. */
  readonly isBorn: boolean;
  /** Nodes whose evaluation discharges the resource. */
  readonly discharges: ReadonlySet<TSESTree.Node>;
  /** Nodes ahead of which the resource is discharged. */
  readonly dischargedAhead: ReadonlySet<TSESTree.Node>;
  /** Other assignments to the variable. */
  readonly overwrites: ReadonlySet<TSESTree.Node>;
  /** Whether an identifier names the variable or an alias. */
  readonly isTracked: (identifier: TSESTree.Identifier) => boolean;
}

/** What may turn code off its course, whatever is tracked. */
export interface Course {
  /** Whether a call ends its way: nothing comes after it. */
  readonly neverReturns: (call: TSESTree.CallExpression) => boolean;
  /** Whether a call is worth regarding as one that throws. */
  readonly mayThrow: (call: CallNode) => boolean;
  /** Whether what is awaited is worth regarding as a promise that fails. */
  readonly mayReject: (awaited: TSESTree.Expression) => boolean;
  /** Whether whoever iterates may stop at a `yield`. */
  readonly mayStopAt: (node: TSESTree.YieldExpression) => boolean;
  /** Whether a call is a release of something else, which is trusted not to throw. */
  readonly isRelease: (call: TSESTree.CallExpression) => boolean;
}
