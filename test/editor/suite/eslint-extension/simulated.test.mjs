// @ts-check
import assert from "node:assert/strict";

import { announcedBy } from "../../../support/announced.mjs";
import { diagnosticsOf, openFile, waitFor } from "../../support/editor.mjs";

describe("the extension that stands in for ESLint's", () => {
  it("publishes the findings that a file announces", async () => {
    const { document } = await openFile("src", "worker.ts");
    const announced = announcedBy(document.getText()).map(({ line, rule }) => `${line} await-using/${rule}`);
    assert.notEqual(announced.length, 0);
    const found = await waitFor(() => {
      const diagnostics = diagnosticsOf(document.uri, "eslint");
      return diagnostics.length > 0 && diagnostics;
    }, "diagnostics of source eslint", 55);
    assert.deepEqual(found.map(({ code, range }) => `${range.start.line + 1} ${typeof code === "object" ? code.value : code}`), announced);
  });
});
