import { readFile, writeFile } from "node:fs/promises";

/** A secret of a data folder: made the first time it is asked for, by whoever comes first, and readable by its owner only. */
export async function storedSecret(path: string, make: () => Promise<string>): Promise<string> {
  const kept = await readFile(path, "utf8").catch(() => undefined);
  if (kept !== undefined && kept !== "") return kept;
  await writeFile(path, await make(), { flag: "wx", mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  return readFile(path, "utf8");
}
