import type { Checked, Phase } from "../analysis/messages.js";
import type { ConfigSource } from "../config/config.js";
import { messageOf } from "../failure.js";
import { statusMethod, type Status } from "./contract.js";
import type { Session } from "./session.js";

/** Tells how an open document was checked. */
export function tellStatus(session: Session, uri: string, { account, findings }: Checked): void {
  const { config, problem, rules, tsconfig, typescript } = account;
  send(session, {
    state: problem === null ? "ready" : "degraded",
    severity: problem === null ? "information" : "warning",
    text: problem ?? (config.from === "nothing" ? `Nothing is checked here: ${config.because}.` : `${String(findings.length)} ${findings.length === 1 ? "finding" : "findings"}`),
    details: [configText(config), tsconfig === null ? "No tsconfig.json names this file: it is checked on its own." : `Types by ${tsconfig}`, `TypeScript ${typescript} (bundled)`],
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

function send({ connection }: Session, status: Status): void {
  void connection.sendNotification(statusMethod, status);
}
