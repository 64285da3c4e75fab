// @ts-check

/**
 * A text in which scopes have been forgotten: the same, with `const` for their keywords. Nothing moves, so that
 * lines and columns are those of the code as it is.
 *
 * @param {string} text
 * @param {readonly Pick<import("./sites.mjs").Site, "keyword">[]} sites
 */
export function forget(text, sites) {
  let forgotten = text;
  for (const { keyword: [start, end] } of sites) forgotten = forgotten.slice(0, start) + "const".padEnd(end - start) + forgotten.slice(end);
  return forgotten;
}
