/**
 * Class: async disposable with an async open
 *
 * A constructor cannot wait, so a static `open` acquires. When a later step of it fails, it closes what is open already; both errors survive. Disposing twice releases once.
 *
 * @prefix await-using-class, acm-class, async-disposable-class
 * @hole Session
 * @hole conn
 * @hole Conn
 * @hole host
 * @hole connect
 * @hole .close | .end | .disconnect
 */
import { type Conn, connect } from "./vocabulary.js";

// #region snippet
export class Session implements AsyncDisposable {
  readonly conn: Conn;
  #released: Promise<void> | undefined;

  private constructor(conn: Conn) {
    this.conn = conn;
  }

  static async open(host: string): Promise<Session> {
    const conn = await connect(host);
    try {
      await conn.send("hello");
    } catch (error) {
      await using _ = conn; // closes it, even if that fails too
      throw error;
    }
    return new Session(conn);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return (this.#released ??= this.conn.close());
  }
}
// #endregion
