import { open } from "node:fs/promises";
import { Entry } from "./entry.jsx";

export function Reader({ path }: { readonly path: string }): JSX.Element {
  return (
    <button
      onClick={async () => {
        const file = await open(path); // ✗ require-using: file, FileHandle, open(), await using
        console.log(await file.readFile("utf8"));
      }}
    >
      Read {path}
    </button>
  );
}

export async function Page({ path }: { readonly path: string }): Promise<JSX.Element> {
  await using file = await open(path);
  return <Entry text={await file.readFile("utf8")} />;
}
