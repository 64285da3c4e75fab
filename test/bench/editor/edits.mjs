// @ts-check
import { createInterface } from "node:readline";

/**
 * Answers each text that comes as a line of JSON with how many findings it has.
 *
 * @param {(text: string) => Promise<number>} answer
 */
export function answerEdits(answer) {
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    void answer(JSON.parse(line)).then((found) => console.log(JSON.stringify({ found })));
  });
}

/**
 * A text with one digit in the body of a function at its end, as if it were being typed.
 *
 * @param {string} text @param {number} round
 */
export function edited(text, round) {
  return `${text}\nexport function typedIn(): number {\n  return ${String(round % 10)};\n}\n`;
}
