/** Which declarations does a callee mean, as far as scopes and imports tell? */

import type ts from "typescript";

import { valuesIn } from "./declared.js";
import { isAlias, isClassLike, isFunction, isIdentifier, isNamespace, memberAccess, type Declaration } from "./tree.js";

/** SymbolFlags.Value and .Type, the same in TypeScript 4.8 to 6.0 */
export const valueMeaning = 111_551;
export const typeMeaning = 788_968;
/** SymbolFlags.Alias and .Module, the same in TypeScript 4.8 to 6.0 */
const alias = 2_097_152;
const moduleFlags = 1536;

/** What a name means at a place, or globally where no place is given; an import is not looked through. */
export function symbolNamed(name: string, meaning: number, checker: ts.TypeChecker, at?: ts.Node): ts.Symbol | undefined {
  const { resolveName } = checker as unknown as { readonly resolveName: (name: string, location: ts.Node | undefined, meaning: number, excludeGlobals: boolean) => ts.Symbol | undefined };
  return resolveName(name, at, meaning, false);
}

/**
 * What a callee means, as far as scopes, imports and namespaces tell without any
 * type: `open`, `fs.open`; of a variable, whatever its file gives to one of that
 * name. Empty of a name that is declared nowhere.
 *
 * @returns `null` where only types tell: a member of a value
 */
export function declarationsOf(callee: ts.Node, checker: ts.TypeChecker): readonly Declaration[] | null {
  const symbol = symbolOf(callee, checker);
  if (symbol === null) return isIdentifier(callee) ? [] : null;
  const declarations = ((symbol.declarations ?? []) as readonly Declaration[]).filter((each) => !isClassLike(each) && !isAlias(each) && !isNamespace(each));
  return declarations.flatMap((each) => (isSettled(each) ? [each] : valuesIn(each.getSourceFile(), symbol.name)));
}

function symbolOf(node: ts.Node, checker: ts.TypeChecker): ts.Symbol | null {
  if (isIdentifier(node)) return original(symbolNamed(node.text, valueMeaning, checker, node), checker);
  const { name, of } = memberAccess(node) ?? {};
  const holder = of === undefined ? null : symbolOf(of, checker);
  if (holder === null || name === undefined || (holder.flags & moduleFlags) === 0) return null;
  const member = checker.tryGetMemberInModuleExports(name, holder);
  return member === undefined ? null : original(member, checker);
}

function original(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.Symbol | null {
  if (symbol === undefined) return null;
  return (symbol.flags & alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

/** Whether a declaration tells by itself what is called: a function, a constant, what is annotated. */
function isSettled(declaration: Declaration): boolean {
  if (isFunction(declaration) || declaration.type !== undefined) return true;
  return declaration.initializer !== undefined && "declarations" in declaration.parent && !/^(?:let|var)\b/u.test(declaration.parent.getText());
}
