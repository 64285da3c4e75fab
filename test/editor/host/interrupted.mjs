// @ts-check

/**
 * Resolves when this process is asked to end. It does not end by itself any more, however often it is asked: a terminal
 * and a parent often pass the same signal on.
 *
 * @returns {Promise<string>}
 */
export function interrupted() {
  return new Promise((resolve) => {
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => resolve(`ended by ${signal}`));
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && resolve("nobody waits for the result any more"), 1000).unref();
  });
}
