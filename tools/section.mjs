// @ts-check
/**
 * Replaces what stands between two marker lines of a page: `<!-- begin NAME -->` and `<!-- end NAME -->`.
 *
 * @param {string} page
 * @param {{ readonly begin: string, readonly end: string }} markers
 * @param {string} content
 */
export function withSection(page, { begin, end }, content) {
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`the page has no ${begin} … ${end}`);
  return `${before}${begin}\n\n${content}\n\n${end}${after}`;
}
