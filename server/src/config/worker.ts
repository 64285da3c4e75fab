import { answerQuestions } from "../threads/answer.js";
import type { ConfigProtocol } from "./messages.js";
import { configFileFor, workspaceConfigs } from "./workspace-eslint.js";

const answerOf = workspaceConfigs();

answerQuestions<ConfigProtocol>(
  {
    fileFor: ({ fileName }) => configFileFor(fileName),
    configFor({ file, fileName }, enter) {
      // When it never ends, it is this configuration that is to be left alone, and not the file that asked for it.
      enter("config", file);
      return answerOf(fileName, file);
    },
  },
  () => undefined,
);
