import type { Run } from "./command.js";

export const showLog: Run = ({ log }) => {
  log.show(true);
  return Promise.resolve();
};
