// @ts-check
// Figures as the reports show them.

/** A number as readers write it: 1,344,996. @param {number | undefined} number */
export function count(number = 0) {
  return number.toLocaleString("en-US");
}

/** @param {readonly number[]} numbers */
export function sum(numbers) {
  return numbers.reduce((total, each) => total + each, 0);
}

/** A table in Markdown. @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
export function table(head, rows) {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
