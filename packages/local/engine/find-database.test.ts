import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, openEngine } from "./engine.ts";
import { COMPOSE_ENDPOINT, findDatabase } from "./find-database.ts";

const NOTHING = "http://127.0.0.1:9";

describe("the database of a data folder", () => {
  let folder: string;
  let served: Engine;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "regulars-database-"));
    served = await openEngine(join(folder, "served"));
  });
  afterAll(async () => {
    await served.release();
    await rm(folder, { recursive: true, force: true });
  });

  it("F10: is the server of compose.yaml where it runs, on any platform", async () => {
    for (const platform of ["sunos-sparc", "linux-x64"])
      expect((await findDatabase(join(folder, "new"), undefined, platform, served.endpoint)).endpoint).toBe(
        served.endpoint,
      );
  });

  it("F10: is the embedded one for a folder that has its data", async () => {
    const own = join(folder, "own");
    const first = await findDatabase(own, undefined, undefined, NOTHING);
    await first.release();
    const again = await findDatabase(own, undefined, undefined, served.endpoint);
    expect(again.endpoint).not.toBe(served.endpoint);
    await again.release();
  });

  it("F10: is one command away on a platform without an embedded one", async () => {
    await expect(findDatabase(join(folder, "new"), undefined, "sunos-sparc", NOTHING)).rejects.toMatchObject({
      name: "UserError",
      message:
        "there is no embedded database for sunos-sparc. Start one with Docker, then run the command again: docker compose up -d",
    });
  });

  it("F10: has the address that compose.yaml publishes", async () => {
    const compose = await readFile(new URL("../../../compose.yaml", import.meta.url), "utf8");
    expect(compose).toContain(`"${new URL(COMPOSE_ENDPOINT).host}:8000"`);
  });
});
