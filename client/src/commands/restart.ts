import type { Run } from "./command.js";

export const restart: Run = async ({ lifetime, log }) => {
  log.info("Restart was asked for.");
  await lifetime.restart();
};
