import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Listening, listen } from "../http/listen.ts";
import { freePort } from "./ports.ts";
import { findRunningServer, recordRunningServer } from "./running-server.ts";

let folder: string;
let servers: Listening[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "regulars-running-"));
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function aServer(): Promise<string> {
  const server = await listen(0);
  servers.push(server);
  return `http://127.0.0.1:${server.port}`;
}

const note = (pid: number, url: string) => writeFile(join(folder, "start.json"), JSON.stringify({ pid, url }));

it("a running server is found until it takes its note back", async () => {
  const url = await aServer();
  const forget = await recordRunningServer(folder, url);
  expect(await findRunningServer(folder)).toBe(url);
  await forget();
  expect(await findRunningServer(folder)).toBeUndefined();
});

it("a second server on a folder is refused with the address of the first, whose note stays", async () => {
  const [first, second] = [await aServer(), await aServer()];
  await recordRunningServer(folder, first);
  await expect(recordRunningServer(folder, second)).rejects.toThrow(
    `the data folder ${folder} is in use, by Regulars at ${first}: open that, or stop it first, or name another folder with --data`,
  );
  expect(await findRunningServer(folder)).toBe(first);
});

it("of two servers that start at once on a folder, one is refused", async () => {
  const starting = await Promise.allSettled(
    [await aServer(), await aServer()].map((url) => recordRunningServer(folder, url)),
  );
  expect(starting.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

it("a note that a killed server left stops nobody", async () => {
  const url = await aServer();
  const gone = `http://127.0.0.1:${await freePort()}`;
  const notes: readonly (readonly [pid: number, url: string])[] = [
    // Its process has ended.
    [spawnSync(process.execPath, ["-e", ""]).pid, await aServer()],
    // Another process has its id, and nobody its port.
    [process.ppid, gone],
    // Another process has its id, and we have its port.
    [process.ppid, url],
  ];
  for (const [pid, left] of notes) {
    await note(pid, left);
    const forget = await recordRunningServer(folder, url);
    expect(await findRunningServer(folder)).toBe(url);
    await forget();
  }
});

it("a note that nobody can read is none", async () => {
  await writeFile(join(folder, "start.json"), '{"pid": 1, "url"');
  expect(await findRunningServer(folder)).toBeUndefined();
});
