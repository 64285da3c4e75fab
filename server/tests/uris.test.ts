import { describe, expect, it } from "vitest";

import { fileNameOf, uriOf } from "../src/protocol/uris.js";

describe("a file of Windows", () => {
  it.each(["file:///C:/Work/a.ts", "file:///c:/Work/a.ts", "file:///C%3A/Work/a.ts", "file:///c%3A/Work/a.ts", "file:///c%3a/Work/a.ts"])("is one file: %s", (uri) => {
    expect(fileNameOf(uri, null, []).replaceAll("\\", "/")).toBe("c:/Work/a.ts");
    expect(uriOf("c:/Work/a.ts")).toBe("file:///c%3A/Work/a.ts");
  });

  it("on another drive, or on a server, is another one", () => {
    expect(fileNameOf("file:///D:/Work/a.ts", null, []).replaceAll("\\", "/")).toBe("d:/Work/a.ts");
    expect(fileNameOf("file://server/c%24/Work/a.ts", null, []).replaceAll("\\", "/")).toMatch(/^\/{1,2}server\/c\$\/Work\/a\.ts$/u);
  });
});

describe("a name", () => {
  it.each(["a b", "ä", "100%", "#1", "a?b", "[id]", "a:b", "50%25"])("with characters that URIs encode comes back: %s", (name) => {
    expect(fileNameOf(uriOf(`/work/${name}/a.ts`), null, [])).toBe(`/work/${name}/a.ts`);
  });
});
