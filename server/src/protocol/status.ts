import type { Checked } from "../analysis/messages.js";
import type { ConfigSource } from "../config/messages.js";
import { suppressionsFile } from "../config/suppressions.js";
import { messageOf } from "../failure.js";
import type { Phase } from "../threads/questions.js";
import { statusMethod, type Status } from "./contract.js";
import type { Session } from "./session.js";

/** Tells how an open document was checked. */
export function tellStatus(session: Session, uri: string, { account, findings }: Checked): void {
  const { config, milliseconds, problem, rules, suppressed, tsconfig, typescript } = account;
  const { fileTimeBudget } = session.settings;
  const isSlow = milliseconds > fileTimeBudget / 2;
  const counted = `${String(findings.length)} ${findings.length === 1 ? "finding" : "findings"}${suppressed === 0 ? "" : `, ${String(suppressed)} more suppressed by ${suppressionsFile}`}${isSlow ? `, a slow check: ${seconds(milliseconds)} s` : ""}`;
  const advice = `After ${seconds(fileTimeBudget)} s the check of a file is given up (setting awaitUsing.fileTimeBudget). “Await Using: Show Rule Times” tells which rules took long.`;
  send(session, {
    state: problem === null ? "ready" : "degraded",
    severity: problem === null && !isSlow ? "information" : "warning",
    text: problem ?? (config.from === "nothing" ? `Nothing is checked here: ${config.because}.` : counted),
    details: [...(isSlow ? [advice] : []), configText(config), tsconfig === null ? "No tsconfig.json names this file: it is checked on its own." : `Types by ${tsconfig}`, `TypeScript ${typescript} (bundled)`],
    uri,
    config: configText(config),
    typescript,
    tsconfig,
    rules: [...rules],
  });
}

/** Tells why an open document could not be checked. */
export function tellProblem(session: Session, uri: string, error: unknown): void {
  const [because = ""] = messageOf(error).split("\n", 1);
  send(session, { state: "degraded", severity: "warning", text: `Not checked: ${because}. It is checked again when it changes; the log says more.`, details: [], uri });
}

/** With one digit after the point: a budget may be less than a second. */
function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1).replace(/\.0$/u, "");
}

function configText(config: ConfigSource): string {
  switch (config.from) {
    case "bundled":
      return `Bundled configuration “${config.name}”: ${config.because}.`;
    case "nothing":
      return `Not checked: ${config.because}.`;
    case "workspace":
      return `Configuration ${config.file}`;
  }
}

/** Tells what the analysis is at. */
export function tellPhase(session: Session, phase: Phase, fileName: string | null): void {
  if (phase === "idle") {
    send(session, { state: "ready", severity: "information", text: "", details: [] });
    return;
  }
  const doing = { config: "Loading the ESLint configuration", linting: "Checking", program: "Reading the project" }[phase];
  send(session, { state: "busy", severity: "information", text: fileName === null ? doing : `${doing}: ${fileName}`, details: [] });
}

/** Tells of a failure that the analysis recovers from by itself, or does not. */
export function tellFailure(session: Session, because: string, isFinal: boolean): void {
  send(session, {
    state: isFinal ? "stopped" : "degraded",
    severity: isFinal ? "error" : "warning",
    text: isFinal ? `The analysis has stopped: ${because}. Restart it by the command “Await Using: Restart”.` : `The analysis was restarted: ${because}.`,
    details: [],
  });
}

/** Tells that the workspace's ESLint does not get to its configuration; the analysis itself goes on. */
export function tellConfigFailure(session: Session, because: string, isFinal: boolean): void {
  const instead = " Until that file changes the bundled configuration is used; the command “Await Using: Restart” tries again.";
  send(session, { state: "degraded", severity: "warning", text: `The ESLint configuration could not be loaded: ${because}.${isFinal ? instead : ""}`, details: [] });
}

function send({ connection }: Session, status: Status): void {
  void connection.sendNotification(statusMethod, status);
}
