import type { RuleText } from "../analysis/messages.js";
import type { Session } from "./session.js";
import { workspaceAnswer } from "./workspace-answer.js";

/** Our rules by the names under which a file's comments know them. */
export async function rulesById(session: Session, fileName: string, signal: AbortSignal): Promise<ReadonlyMap<string, RuleText>> {
  const [rules, answer] = await Promise.all([session.analysis.ask("rules", {}, null, signal), workspaceAnswer(session, fileName)]);
  const namespace = answer.is === "config" ? answer.config.namespace : "await-using";
  return new Map(rules.map((rule) => [`${namespace}/${rule.name}`, rule]));
}
