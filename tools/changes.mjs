// @ts-check
/** The headings of a release in the changelog, in their order: those of Keep a Changelog. */
const kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

/** @typedef {{ readonly kind: string, readonly text: string }} Change */

/**
 * What a changeset says, for the changelog.
 *
 * @param {string} file its name, for the error
 * @param {string} changeset its text: packages between `---`, then `Kind: what a user notices`
 * @returns {Change}
 */
export function changeOf(file, changeset) {
  const { kind, text } = /^---\n.*?\n---\n\s*(?<kind>\w+): (?<text>.+)$/su.exec(changeset.replaceAll("\r\n", "\n"))?.groups ?? {};
  if (kind === undefined || text === undefined || !kinds.includes(kind)) throw new Error(`${file}: its text must begin with ${kinds.join(": or ")}:`);
  return { kind, text: text.trim() };
}

/**
 * The changelog with a release in front of the others.
 *
 * @param {string} changelog
 * @param {string} title version and date
 * @param {readonly Change[]} changes
 */
export function withRelease(changelog, title, changes) {
  const parts = kinds.flatMap((kind) => {
    const bullets = changes.filter((change) => change.kind === kind).map(({ text }) => `- ${text.replaceAll("\n", "\n  ")}\n`);
    return bullets.length === 0 ? [] : [`### ${kind}\n\n${bullets.join("")}\n`];
  });
  const at = /^## /mu.exec(changelog)?.index ?? changelog.length;
  return `${changelog.slice(0, at)}## ${title}\n\n${parts.join("")}${changelog.slice(at)}`;
}

/** The version of the newest release in a changelog. @param {string} changelog */
export function newestIn(changelog) {
  return /^## (?<version>\S+)/mu.exec(changelog)?.groups?.["version"] ?? null;
}
