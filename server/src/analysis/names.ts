import path from "node:path";

import ts from "typescript";

/** What two names of one file have in common where only case tells them apart: on Windows and macOS it does not count. */
export const keyOf: (fileName: string) => string = ts.sys.useCaseSensitiveFileNames ? (fileName) => fileName : (fileName) => fileName.toLowerCase();

/** Knows the files behind their names: a folder may be opened through a link, and packages of a workspace are linked. */
export interface Names {
  /** What all names of one file have in common, whether or not it exists yet. */
  identityOf(fileName: string): string;
  /** What all names of one folder have in common, where that may be a link itself. */
  folderOf(folder: string): string;
  /** Links may lead elsewhere now. */
  forget(): void;
}

/** @param realpath follows all links of a folder's name */
export function knownNames(realpath: (folder: string) => string = (folder) => path.normalize(ts.sys.realpath?.(folder) ?? folder)): Names {
  const folders = new Map<string, string>();
  const identities = new Map<string, string>();

  /** Folders that do not exist may lie in one that is linked. */
  const realFolder = (folder: string): string => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const above = path.dirname(folder);
    const real = ts.sys.directoryExists(folder) ? realpath(folder) : above === folder ? folder : path.join(realFolder(above), path.basename(folder));
    folders.set(folder, real);
    return real;
  };

  return {
    folderOf: (folder) => keyOf(realFolder(folder)),
    identityOf(fileName) {
      const known = identities.get(fileName);
      if (known !== undefined) return known;
      const identity = keyOf(path.join(realFolder(path.dirname(fileName)), path.basename(fileName)));
      identities.set(fileName, identity);
      return identity;
    },
    forget() {
      folders.clear();
      identities.clear();
    },
  };
}
