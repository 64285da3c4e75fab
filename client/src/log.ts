import { EventEmitter, LogLevel, window, workspace, type LogOutputChannel } from "vscode";

import { together } from "./subscriptions.js";

/** The output channel of the extension and the server, with VS Code's own log levels. */
export function openLog(): LogOutputChannel {
  return window.createOutputChannel("Await Using", { log: true });
}

/**
 * Where the messages between editor and server are shown. The language client writes them only to a
 * channel whose level is Trace; here the setting `awaitUsing.trace.server` is enough.
 *
 * @param log shows them
 */
export function openTrace(log: LogOutputChannel): LogOutputChannel {
  const changed = new EventEmitter<LogLevel>();
  const isTraced = (): boolean => workspace.getConfiguration("awaitUsing").get<string>("trace.server", "off") !== "off";
  const level = (): LogLevel => (isTraced() ? LogLevel.Trace : log.logLevel);
  const subscriptions = together(
    changed,
    log.onDidChangeLogLevel(() => {
      changed.fire(level());
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("awaitUsing.trace.server")) changed.fire(level());
    }),
  );
  return {
    name: log.name,
    get logLevel() {
      return level();
    },
    onDidChangeLogLevel: changed.event,
    trace: (message) => {
      if (log.logLevel === LogLevel.Trace) log.trace(message);
      else log.info(message);
    },
    debug: (message) => {
      log.debug(message);
    },
    info: (message) => {
      log.info(message);
    },
    warn: (message) => {
      log.warn(message);
    },
    error: (message) => {
      log.error(message);
    },
    append: (text) => {
      log.append(text);
    },
    appendLine: (text) => {
      log.appendLine(text);
    },
    replace: (text) => {
      log.replace(text);
    },
    clear: () => {
      log.clear();
    },
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- The interface has the deprecated overload, too.
    show: () => {
      log.show(true);
    },
    hide: () => {
      log.hide();
    },
    dispose: () => {
      subscriptions.dispose();
    },
  };
}
