import { readFile, writeFile } from "node:fs/promises";

/**
 * A secret of a data folder: created on first use, also by concurrent processes only once, and readable only by its
 * owner.
 */
export async function storedSecret(path: string, make: () => Promise<string>): Promise<string> {
  const kept = await readFile(path, "utf8").catch(() => undefined);
  if (kept !== undefined && kept !== "") return kept;
  await writeFile(path, await make(), { flag: "wx", mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  return readFile(path, "utf8");
}
