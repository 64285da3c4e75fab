import { messageOf } from "../failure.js";
import type { Session } from "./session.js";

/** What a client refuses is told in the log: left unhandled, it would end the server. */
export function refusedBy({ connection }: Pick<Session, "connection">): (error: unknown) => void {
  return (error) => {
    connection.console.warn(`The editor has refused: ${messageOf(error)}`);
  };
}
