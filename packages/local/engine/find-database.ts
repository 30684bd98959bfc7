import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../user-error.ts";
import { answersAt } from "./engine-process.ts";
import { type Engine, hasEngine, openEngine } from "./engine.ts";

/** Where the server of compose.yaml answers. */
export const COMPOSE_ENDPOINT = "http://127.0.0.1:4781";

/**
 * The database of a data folder: the server at `endpoint` if one is given; the embedded engine if the folder has its
 * data; the server of compose.yaml if it runs; else a new embedded engine.
 */
export async function findDatabase(
  folder: string,
  endpoint: string | undefined,
  platform?: string,
  composeEndpoint: string = COMPOSE_ENDPOINT,
): Promise<Engine> {
  if (endpoint !== undefined) return elsewhere(endpoint);
  if (existsSync(join(folder, "regulars.db")) && hasEngine(platform)) return openEngine(folder, platform);
  if (await answersAt(composeEndpoint)) return elsewhere(composeEndpoint);
  if (!hasEngine(platform))
    throw new UserError(
      `there is no embedded database for ${platform ?? `${process.platform}-${process.arch}`}. Start one with Docker, then run the command again: docker compose up -d`,
    );
  return openEngine(folder, platform);
}

/** A server that others start and stop. */
const elsewhere = (endpoint: string): Engine => ({
  endpoint,
  release: () => Promise.resolve(),
  keepRunning: () => undefined,
});
