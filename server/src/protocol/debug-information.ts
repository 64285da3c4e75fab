import { createHash } from "node:crypto";

import { askPatiently } from "../threads/patience.js";
import type { Session } from "./session.js";

/** Milliseconds to wait for the analysis, whose state matters most when it hangs. */
const patience = 2_000;

/** `awaitUsing/debugInformation`: what a report of a defect needs, as Markdown. */
export async function onDebugInformation(session: Session): Promise<string> {
  const { documents, eslintExtensionActive, folders, results, settings, trusted, workspaceAnswers } = session;
  const analysis = await askPatiently(session.analysis, "debug", {}, null, AbortSignal.timeout(patience)).catch(() => ["no answer: the analysis is busy, or being restarted"]);
  const checked = documents.keys().map((uri) => {
    const document = documents.get(uri);
    const text = `version ${String(document?.version)}, text ${createHash("sha256").update(document?.getText() ?? "").digest("hex")}`;
    const result = results.get(uri);
    if (result === undefined) return `- ${uri}: ${text}; not checked`;
    const { account, findings } = result.checked;
    const times = account.rules.map(({ milliseconds, name }) => `${name} ${milliseconds.toFixed(1)} ms`).join(", ");
    return `- ${uri}: ${text}; ${String(findings.length)} findings; ${JSON.stringify(account.config)}; tsconfig ${account.tsconfig ?? "none"}; ${account.problem ?? "no problem"}; ${times}`;
  });
  return [
    "# Await Using: debug information",
    "",
    `Node ${process.version} on ${process.platform} ${process.arch}, process ${String(process.pid)}`,
    `Workspace ${trusted ? "trusted" : "not trusted"}; ESLint extension ${eslintExtensionActive ? "active" : "not active"}`,
    "",
    "## Folders",
    ...folders.map((folder) => `- ${folder}`),
    "",
    "## Analysis",
    ...analysis.map((line) => `- ${line}`),
    `- ESLint configuration known for ${String(workspaceAnswers.size)} files`,
    "",
    "## Open documents",
    ...checked,
    "",
    "## Settings",
    "```json",
    JSON.stringify(settings, null, 2),
    "```",
    "",
  ].join("\n");
}
