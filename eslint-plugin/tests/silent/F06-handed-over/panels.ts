// F06: parts of a whole that are assigned and handed on in one go, and what is launched or revealed.
interface Part extends Disposable {
  id: string;
  hide(): void;
}

declare function createPart(name: string): Part;

declare class Layout implements Disposable {
  add(part: Part): void;
  [Symbol.dispose](): void;
}

export class Shell implements Disposable {
  readonly #layout = new Layout();
  #header: Part;
  #footer: Part;

  constructor() {
    const header = (this.#header = createPart("header"));
    header.id = "shell-header";
    this.#layout.add(header);
    this.#layout.add((this.#footer = createPart("footer")));
  }

  collapse(): void {
    this.#header.hide();
    this.#footer.hide();
  }

  [Symbol.dispose](): void {
    this.#layout[Symbol.dispose]();
  }
}

declare class Dialog implements Disposable {
  constructor(title: string);
  launch(): Promise<string | null>;
  [Symbol.dispose](): void;
}

export async function ask(title: string): Promise<string> {
  const dialog = new Dialog(title);
  const answer = await dialog.launch();
  return answer ?? (await new Dialog(`${title}, please`).launch()) ?? "";
}

interface Manager {
  createNew(path: string): Part | undefined;
  openOrReveal(path: string): Part | undefined;
}

export function opener(manager: Manager): (path: string) => void {
  return (path) => {
    manager.openOrReveal(path);
  };
}
