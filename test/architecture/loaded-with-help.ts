import type { SourceFile } from "./source-file.ts";

/** Where every command begins. */
const ENTRIES = ["packages/cli/run-command.ts", "packages/cli/session.ts"];
/** What does the work of a command: it is loaded by the command that needs it. */
const ON_USE = /^packages\/(flows|store|render|notify|web)\//;
const LIBRARIES = new Set(["commander"]);

/** Imports that help, and so every command, waits for beside words and choices: from core, or of files without libraries. */
export function loadedWithHelp(
  files: readonly SourceFile[],
  targetOf: (file: SourceFile, specifier: string) => string | undefined,
): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const loaded = new Set(ENTRIES);
  const found: string[] = [];
  for (const path of loaded) {
    const file = byPath.get(path);
    if (file === undefined) continue;
    for (const { what, line, isTypeOnly, isOnUse } of file.imports) {
      if (isTypeOnly || isOnUse) continue;
      const target = targetOf(file, what);
      if (target === undefined ? isLibraryOf(path, what) : ON_USE.test(target))
        found.push(`${path}:${line} loads ${what} for every command: import it where a command runs`);
      else if (target !== undefined) loaded.add(target);
    }
  }
  return found;
}

const isLibraryOf = (path: string, what: string): boolean =>
  !what.startsWith("node:") && !LIBRARIES.has(what) && !path.startsWith("packages/core/");
