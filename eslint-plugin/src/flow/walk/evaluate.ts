import type { TSESTree } from "@typescript-eslint/utils";

import type { Code } from "../../code.js";
import { isNothing } from "../../ownership/values/destination.js";
import { isFunction } from "../../ownership/values/functions.js";
import { childrenOf } from "../../syntax.js";
import { factIn, known, literalTruth, presenceTest, repeatedConditions, subjectOf } from "./condition.js";
import type { Exit, Tracked } from "./tracked.js";
import { byPresence, distinct, keyOf, unborn, withFact, withoutFactsOn, withPhase, type Phase, type World } from "./world.js";

interface Jump {
  readonly by: "break" | "continue" | "return" | "throw";
  readonly label: string | null;
  readonly node: TSESTree.Node;
  readonly world: World;
}

type Jumps = Map<string, Jump>;

class TooComplex extends Error {}

const mostSteps = 20_000;
const mostWorlds = 64;

/**
 * The exits of a scope that leave the resource live, normal and exceptional
 * ones, found by walking all ways through the scope together with what their
 * conditions imply.
 *
 * @param scope the statements of the variable's scope
 * @returns `null` where the code is too complex to be sure
 */
export function liveExits(code: Code, scope: readonly TSESTree.Statement[], end: TSESTree.Node, tracked: Tracked): readonly Exit[] | null {
  return unlessTooComplex(() => walk(code, scope, end, tracked, () => undefined));
}

/**
 * In which phases the resource may be when each of some nodes is evaluated, over
 * all ways that lead there; nothing of nodes that are never reached.
 *
 * @returns `null` where the code is too complex to be sure
 */
export function phasesAt(code: Code, scope: readonly TSESTree.Statement[], end: TSESTree.Node, tracked: Tracked, nodes: ReadonlySet<TSESTree.Node>): ReadonlyMap<TSESTree.Node, ReadonlySet<Phase>> | null {
  const phases = new Map<TSESTree.Node, Set<Phase>>();
  const visit: Visit = (node, worlds) => {
    if (!nodes.has(node)) return;
    const known = phases.get(node) ?? new Set();
    phases.set(node, known);
    for (const { phase } of worlds) known.add(phase);
  };
  return unlessTooComplex(() => {
    walk(code, scope, end, tracked, visit);
    return phases;
  });
}

/** Is told the worlds in which each node is evaluated. */
type Visit = (node: TSESTree.Node, worlds: readonly World[]) => void;

function unlessTooComplex<Answer>(answer: () => Answer): Answer | null {
  try {
    return answer();
  } catch (error) {
    if (error instanceof TooComplex) return null;
    throw error;
  }
}

function walk(code: Code, scope: readonly TSESTree.Statement[], end: TSESTree.Node, tracked: Tracked, visit: Visit): readonly Exit[] {
  const exits: Exit[] = [];
  let steps = 0;

  const repeated = repeatedConditions(code, scope);
  const jumps: Jumps = new Map();
  for (const world of sequence(scope, tracked.isBorn ? written(tracked.birth, withPhase(unborn, "acquired"), true) : [unborn], jumps)) {
    if (world.phase === "live") exits.push({ by: "end", node: end, risk: world.risk });
  }
  for (const { by, node, world } of jumps.values()) {
    if (world.phase === "live") exits.push({ by, node, risk: world.risk });
  }
  return exits;

  function sequence(statements: readonly TSESTree.Node[], worlds: readonly World[], out: Jumps): readonly World[] {
    let now = worlds;
    for (const each of statements) now = now.length === 0 ? now : run(each, now, out);
    return now;
  }

  function jump(out: Jumps, by: Jump["by"], node: TSESTree.Node, world: World, label: string | null = null): void {
    const key = `${by}|${label ?? ""}|${by === "throw" ? "" : String(node.range[0])}|${keyOf(world)}`;
    if (!out.has(key)) out.set(key, { by, label, node, world });
  }

  function mayThrow(node: TSESTree.Node, worlds: readonly World[], strong: boolean, out: Jumps): void {
    for (const world of worlds) {
      jump(out, "throw", node, world.phase === "live" && world.risk === null ? { ...world, risk: { node, strong } } : world);
    }
  }

  /** Runs a statement or expression; the result is the worlds in which it completes normally. */
  function run(node: TSESTree.Node, before: readonly World[], out: Jumps): readonly World[] {
    steps += 1;
    if (steps > mostSteps || before.length > mostWorlds) throw new TooComplex();
    visit(node, before);
    const after = distinct(evaluate(node, tracked.dischargedAhead.has(node) ? before.map(discharge) : before, out));
    return effect(node, after);
  }

  function discharge(world: World): World {
    return world.phase === "live" ? withPhase(world, "discharged") : world;
  }

  function effect(node: TSESTree.Node, worlds: readonly World[]): readonly World[] {
    if (node === tracked.acquisition) return worlds.map(acquire);
    const isBirth = node === tracked.birth;
    if (isBirth || tracked.overwrites.has(node)) return worlds.flatMap((world) => written(node, world, isBirth));
    return tracked.discharges.has(node) ? worlds.map(discharge) : worlds;
  }

  function acquire(world: World): World {
    if (world.phase === "live") exits.push({ by: "overwrite", node: tracked.birth, risk: world.risk });
    return withPhase(world, "acquired");
  }

  function written(node: TSESTree.Node, world: World, isBirth: boolean): readonly World[] {
    if (world.phase === "acquired") return [withPhase(world, "live"), ...(tracked.nullable ? [withPhase(world, "absent")] : [])];
    const isHeld = world.phase === "live" || world.phase === "discharged";
    if (isHeld && fillsIn(node)) return [world];
    if (world.phase === "live") exits.push({ by: "overwrite", node, risk: world.risk });
    const isEmptied = isBirth || (node.type === "AssignmentExpression" && isNothing(node.right));
    return [withPhase(world, isEmptied ? "absent" : "discharged")];
  }

  function evaluate(node: TSESTree.Node, before: readonly World[], out: Jumps): readonly World[] {
    if (isFunction(node)) return before;
    switch (node.type) {
      case "AwaitExpression": {
        const { argument } = node;
        const after = run(argument, before, out);
        if (!isTrusted(argument) && tracked.mayReject(argument)) mayThrow(argument.type === "CallExpression" ? argument : node, after, true, out);
        return after;
      }
      case "BlockStatement":
      case "StaticBlock":
        return sequence(node.body, before, out);
      case "BreakStatement":
      case "ContinueStatement":
        for (const world of before) jump(out, node.type === "BreakStatement" ? "break" : "continue", node, world, node.label?.name ?? null);
        return [];
      case "CallExpression":
      case "NewExpression":
        return invoke(node, before, out);
      case "ConditionalExpression": {
        const { yes, no } = split(node.test, before, out);
        return [...run(node.consequent, yes, out), ...run(node.alternate, no, out)];
      }
      case "AssignmentExpression": {
        const isShort = /^(?:\?\?|\|\||&&)=$/u.test(node.operator);
        const filling = fillsIn(node) && node.left.type === "Identifier" && tracked.isTracked(node.left);
        const { there, missing } = byPresence(before);
        const after = sequence([...(node.left.type === "Identifier" ? [] : [node.left]), node.right], filling ? missing : before, out);
        const assigned = node.left.type === "Identifier" ? assign(node.left.name, isShort ? null : node.right, after) : after;
        return isShort ? [...(filling ? there : before), ...assigned] : assigned;
      }
      case "ClassDeclaration":
      case "ClassExpression":
        return before;
      case "DoWhileStatement":
        return loop(node, before, out, { test: node.test, update: null, body: node.body, first: "body" });
      case "ForInStatement":
      case "ForOfStatement": {
        const after = run(node.right, before, out);
        if (node.type === "ForOfStatement" && node.await) mayThrow(node.right, after, true, out);
        return loop(node, after, out, { test: null, update: null, body: node.body, first: "maybe" });
      }
      case "ForStatement":
        return loop(node, node.init === null ? before : run(node.init, before, out), out, { test: node.test, update: node.update, body: node.body, first: "test" });
      case "IfStatement": {
        const { yes, no } = split(node.test, before, out);
        return [...run(node.consequent, yes, out), ...(node.alternate === null ? no : run(node.alternate, no, out))];
      }
      case "LabeledStatement": {
        const own: Jumps = new Map();
        const after = [...run(node.body, before, own)];
        for (const each of own.values()) {
          if (each.by === "break" && each.label === node.label.name) after.push(each.world);
          else jump(out, each.by, each.node, each.world, each.label);
        }
        return after;
      }
      case "LogicalExpression": {
        const { yes, no } = split(node.left, before, out);
        if (node.operator === "&&") return [...run(node.right, yes, out), ...no];
        return [...yes, ...run(node.right, no, out)];
      }
      case "ReturnStatement": {
        const after = node.argument === null ? before : run(node.argument, before, out);
        for (const world of effect(node, after)) jump(out, "return", node, world);
        return [];
      }
      case "SwitchStatement":
        return choose(node, before, out);
      case "ThrowStatement": {
        mayThrow(node, run(node.argument, before, out), true, out);
        return [];
      }
      case "TryStatement":
        return guard(node, before, out);
      case "UpdateExpression":
        return node.argument.type === "Identifier" ? assign(node.argument.name, null, before) : run(node.argument, before, out);
      case "VariableDeclarator": {
        const after = node.init === null ? before : run(node.init, before, out);
        return node.id.type === "Identifier" ? assign(node.id.name, node.init, after) : after;
      }
      case "WhileStatement":
        return loop(node, before, out, { test: node.test, update: null, body: node.body, first: "test" });
      case "YieldExpression":
        return node.argument === null ? before : run(node.argument, before, out);
      default:
        return sequence(childrenOf(code, node), before, out);
    }
  }

  /** Disposing is trusted not to throw; what it leaves behind is not this resource's leak. */
  function isTrusted(argument: TSESTree.Node): boolean {
    const call = argument.type === "ChainExpression" ? argument.expression : argument;
    return call.type === "CallExpression" && (tracked.discharges.has(call) || tracked.isRelease(call));
  }

  function invoke(node: TSESTree.CallExpression | TSESTree.NewExpression, before: readonly World[], out: Jumps): readonly World[] {
    const after = sequence([node.callee, ...node.arguments], before, out);
    if (tracked.discharges.has(node)) return after;
    if (node.type === "CallExpression") {
      if (tracked.isRelease(node)) return after;
      if (tracked.neverReturns(node)) return [];
    }
    if (tracked.mayThrow(node)) mayThrow(node, after, false, out);
    return after;
  }

  function assign(name: string, value: TSESTree.Node | null, worlds: readonly World[]): readonly World[] {
    const truth = value === null ? null : literalTruth(value);
    return worlds.map((world) => {
      const forgotten = withoutFactsOn(world, name);
      return truth === null || !repeated.has(name) ? forgotten : withFact(forgotten, name, truth);
    });
  }

  function split(test: TSESTree.Node, before: readonly World[], out: Jumps): { yes: readonly World[]; no: readonly World[] } {
    if (test.type === "UnaryExpression" && test.operator === "!") {
      const { yes, no } = split(test.argument, before, out);
      return { yes: no, no: yes };
    }
    if (test.type === "LogicalExpression" && test.operator !== "??") {
      const left = split(test.left, before, out);
      if (test.operator === "&&") {
        const right = split(test.right, left.yes, out);
        return { yes: right.yes, no: distinct([...left.no, ...right.no]) };
      }
      const right = split(test.right, left.no, out);
      return { yes: distinct([...left.yes, ...right.yes]), no: right.no };
    }
    const after = run(test, before, out);
    if (test.type === "Literal") return test.value ? { yes: after, no: [] } : { yes: [], no: after };
    const presence = presenceTest(test);
    if (presence !== null && tracked.isTracked(presence.of)) {
      const { there, missing } = byPresence(after);
      return presence.negated ? { yes: missing, no: there } : { yes: there, no: missing };
    }
    const fact = factIn(code, test);
    if (fact === null || !repeated.has(subjectOf(fact))) return { yes: after, no: after };
    const yes: World[] = [];
    const no: World[] = [];
    for (const world of after) {
      const answer = known(world.facts, fact.key);
      if (answer !== false) (fact.negated ? no : yes).push(withFact(world, fact.key, true));
      if (answer !== true) (fact.negated ? yes : no).push(withFact(world, fact.key, false));
    }
    return { yes, no };
  }

  function loop(
    node: TSESTree.Node,
    before: readonly World[],
    out: Jumps,
    { test, update, body, first }: { test: TSESTree.Node | null; update: TSESTree.Node | null; body: TSESTree.Node; first: "body" | "maybe" | "test" },
  ): readonly World[] {
    const labels = labelsOf(node);
    const after: World[] = [];
    const seen = new Map<string, World>();
    let entering: readonly World[] = before;
    let isFirst = true;
    while (entering.length > 0) {
      let inside = entering;
      if (!(isFirst && first === "body") && test !== null) {
        const { yes, no } = split(test, entering, out);
        after.push(...no);
        inside = yes;
      }
      if (first === "maybe") after.push(...entering);
      isFirst = false;
      const own: Jumps = new Map();
      const ends = [...run(body, inside, own)];
      for (const each of own.values()) {
        const mine = each.label === null || labels.includes(each.label);
        if (mine && each.by === "break") after.push(each.world);
        else if (mine && each.by === "continue") ends.push(each.world);
        else jump(out, each.by, each.node, each.world, each.label);
      }
      const next = update === null ? distinct(ends) : run(update, distinct(ends), out);
      entering = next.filter((world) => {
        const key = keyOf(world);
        if (seen.has(key)) return false;
        seen.set(key, world);
        return true;
      });
    }
    return distinct(after);
  }

  function choose(node: TSESTree.SwitchStatement, before: readonly World[], out: Jumps): readonly World[] {
    const own: Jumps = new Map();
    const asked = run(node.discriminant, before, out);
    const after: World[] = [];
    let falling: readonly World[] = [];
    for (const { consequent } of node.cases) falling = sequence(consequent, distinct([...asked, ...falling]), own);
    after.push(...falling);
    // Without a `default` the cases may well be all there are: only TypeScript knows, and silence is safe.
    if (node.cases.length < 2 && !node.cases.some(({ test }) => test === null)) after.push(...asked);
    for (const each of own.values()) {
      if (each.by === "break" && each.label === null) after.push(each.world);
      else jump(out, each.by, each.node, each.world, each.label);
    }
    return distinct(after);
  }

  function guard(node: TSESTree.TryStatement, before: readonly World[], out: Jumps): readonly World[] {
    const tried: Jumps = new Map();
    let after = run(node.block, before, tried);
    const pending: Jumps = new Map();
    const caught: World[] = [];
    for (const each of tried.values()) {
      if (each.by === "throw" && node.handler !== null) caught.push(each.world);
      else jump(pending, each.by, each.node, each.world, each.label);
    }
    if (node.handler !== null && caught.length > 0) after = distinct([...after, ...run(node.handler.body, distinct(caught), pending)]);
    if (node.finalizer === null) {
      for (const each of pending.values()) jump(out, each.by, each.node, each.world, each.label);
      return after;
    }
    for (const each of pending.values()) {
      for (const world of run(node.finalizer, [each.world], out)) jump(out, each.by, each.node, world, each.label);
    }
    return after.length === 0 ? after : run(node.finalizer, after, out);
  }
}

/** An assignment that leaves a value alone which is there. */
function fillsIn(node: TSESTree.Node): boolean {
  return node.type === "AssignmentExpression" && /^(?:\?\?|\|\|)=$/u.test(node.operator);
}

function labelsOf(node: TSESTree.Node): readonly string[] {
  const labels: string[] = [];
  for (let at = node.parent; at?.type === "LabeledStatement"; at = at.parent) labels.push(at.label.name);
  return labels;
}
