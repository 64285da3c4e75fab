import type { AnalysisProtocol } from "../analysis/messages.js";
import type { ConfigProtocol } from "../config/messages.js";
import { supervise, type Supervised } from "../threads/supervisor.js";
import { bufferOf } from "./documents.js";
import { refresh } from "./publish.js";
import type { Session } from "./session.js";
import { tellConfigFailure, tellFailure, tellPhase } from "./status.js";

/** Milliseconds for what is slow once: a large project is read. */
const slow = 120_000;

/** The memory of the configuration worker, in MiB. */
const configMemory = 1024;

/** The session has the workers, and they tell it what happens to them: it is there when the first one starts. */
type Its = () => Session;

/** The worker that holds programs and runs rules. */
export function superviseAnalysis(file: string, its: Its): Supervised<AnalysisProtocol> {
  return supervise<AnalysisProtocol>({
    file,
    memory: () => its().settings.memory,
    budget: (phase) => (phase === "linting" ? its().settings.fileTimeBudget : slow),
    replay: () => everythingFor(its()),
    onLog: logTo(its),
    onPhase(phase, fileName) {
      tellPhase(its(), phase, fileName);
    },
    onReplaced(because, isFailure) {
      its().connection.console[isFailure ? "error" : "info"](`A new worker has taken over: ${because}.`);
      if (isFailure) tellFailure(its(), because, false);
      refresh(its());
    },
    onGivenUp(because) {
      its().connection.console.error(because);
      tellFailure(its(), because, true);
    },
  });
}

/** The worker that loads the workspace's ESLint configuration. What it has said about files is forgotten with it. */
export function superviseConfigs(file: string, its: Its): Supervised<ConfigProtocol> {
  return supervise<ConfigProtocol>({
    file,
    memory: () => configMemory,
    budget: () => its().settings.fileTimeBudget * 3,
    replay: () => [],
    onLog: logTo(its),
    onPhase: () => undefined,
    onReplaced(because, isFailure) {
      its().workspaceAnswers.clear();
      if (isFailure) {
        its().connection.console.error(`The ESLint configuration could not be loaded, a new worker has taken over: ${because}.`);
        tellConfigFailure(its(), because, false);
      }
      refresh(its());
    },
    onGivenUp(because) {
      its().connection.console.error(`The ESLint configuration could not be loaded: ${because}.`);
      tellConfigFailure(its(), because, true);
      its().workspaceAnswers.clear();
      refresh(its());
    },
  });
}

/** What a new analysis worker does not know yet. */
function everythingFor(session: Session): readonly AnalysisProtocol["news"][] {
  const { documents, settings: { memory, preferences } } = session;
  return [
    { is: "memory", memory },
    { is: "preferences", preferences },
    ...documents.all().map((document) => ({ is: "open" as const, buffer: bufferOf(session, document) })),
  ];
}

function logTo(its: Its): (level: "error" | "info" | "warn", text: string) => void {
  return (level, text) => {
    its().connection.console[level](text);
  };
}
