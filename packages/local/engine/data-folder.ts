import { mkdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { UserError } from "../user-error.ts";
import { systemReason } from "./system-reasons.ts";

/** Makes the data folder with what it has besides the database. */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(join(folder, "mail"), { recursive: true });
    await mkdir(join(folder, "slack"), { recursive: true });
  } catch (error) {
    throw new UserError(`cannot use ${folder} as the data folder: ${await whyNot(folder, error)}`);
  }
}

/** Often the folder, or one that it would lie in, is a file. */
async function whyNot(folder: string, error: unknown): Promise<string> {
  const whole = resolve(folder);
  for (let place = whole; place !== dirname(place); place = dirname(place)) {
    const found = await stat(place).catch(() => undefined);
    if (found !== undefined && !found.isDirectory())
      return `${place === whole ? "it" : place} is a file, not a folder. Name a folder with --data`;
  }
  return systemReason(error) ?? (error instanceof Error ? error.message : String(error));
}

/** What the embedded database says when its disk is full. */
const FULL = /database or disk is full/;

/** An error of the disk, as it is or as the embedded database tells it, with the folder where it names no file. */
export function namingFolder(error: unknown, folder: string): unknown {
  if (!(error instanceof Error)) return error;
  if (FULL.test(error.message))
    return Object.assign(new Error("the disk is full", { cause: error }), { code: "ENOSPC", path: folder });
  const isNameless = systemReason(error) !== undefined && !("path" in error);
  return isNameless ? Object.assign(error, { path: folder }) : error;
}
