/** The version of the server's manifest, which the bundle brings. */
declare const serverVersion: string;

export const version = serverVersion;
