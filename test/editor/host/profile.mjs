// @ts-check
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** @typedef {{ temp: string, server: string, user: string, extensions: string, [Symbol.dispose]: () => void }} Profile */

/**
 * The folders that an editor keeps its data in; temporary ones for those not named.
 *
 * @param {{ user?: string | undefined, extensions?: string | undefined }} [named]
 * @returns {Profile}
 */
export function makeProfile({ user, extensions } = {}) {
  const temp = mkdtempSync(path.join(tmpdir(), "editor-host-"));
  const server = path.join(temp, "server");
  const folders = { server, user: path.resolve(user ?? path.join(temp, "user")), extensions: path.resolve(extensions ?? path.join(temp, "extensions")) };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  return { temp, ...folders, [Symbol.dispose]: () => rmSync(temp, { recursive: true, force: true, maxRetries: 5 }) };
}
