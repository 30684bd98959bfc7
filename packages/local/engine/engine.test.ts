import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { createTable } from "@regulars/store/engine/create-table";
import { closeTable, openTable } from "@regulars/store/engine/table";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { table as spec } from "../../../infra/table.ts";
import { isEngine } from "./engine-process.ts";
import { openEngine } from "./engine.ts";
import { isAlive } from "./folder-lock.ts";

const WAIT = { timeout: 60_000 };

/** Another process that opens the folder's engine, prints its address, and releases it when its input ends. */
const SCRIPT = `
import { openEngine } from ${JSON.stringify(new URL("./engine.ts", import.meta.url).href)};
const engine = await openEngine(process.argv[1]);
process.stdout.write(engine.endpoint);
process.stdin.resume().on("end", async () => { await engine.release(); process.exit(0); });
`;

describe("the embedded engine", () => {
  let folder: string;
  const children: ChildProcess[] = [];
  const another = async () => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", SCRIPT, folder], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    children.push(child);
    const [endpoint] = await once(child.stdout, "data");
    return { child, endpoint: String(endpoint) };
  };
  const ended = async ({ child }: { readonly child: ChildProcess }, how: "released" | "killed") => {
    const exit = once(child, "exit");
    if (how === "killed") child.kill("SIGKILL");
    else child.stdin?.end();
    await exit;
  };
  const enginePid = async () => {
    const note: unknown = JSON.parse(await readFile(join(folder, "engine.json"), "utf8"));
    if (typeof note !== "object" || note === null || !("pid" in note)) throw new Error("engine.json has no pid");
    return Number(note.pid);
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "regulars-engine-"));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    const engine = await openEngine(folder);
    await engine.release();
    await rm(folder, { recursive: true, force: true });
  });

  it("keeps what was stored when it is stopped and started again", async () => {
    const first = await openEngine(folder);
    const table = openTable({ tableName: "kept", endpoint: first.endpoint });
    await createTable(table, spec);
    await createTable(table, spec);
    await table.documents.send(new PutCommand({ TableName: "kept", Item: { pk: "a", sk: "b", v: 7 } }));
    closeTable(table);
    await first.release();
    await first.release();
    expect([await answers(first.endpoint), existsSync(join(folder, "engine.json"))]).toEqual([false, false]);
    const second = await openEngine(folder);
    const again = openTable({ tableName: "kept", endpoint: second.endpoint });
    const reply = await again.documents.send(new GetCommand({ TableName: "kept", Key: { pk: "a", sk: "b" } }));
    closeTable(again);
    await second.release();
    expect(reply.Item).toEqual({ pk: "a", sk: "b", v: 7 });
  });

  it("is shared by processes, and the last one out stops it", async () => {
    const other = await another();
    const mine = await openEngine(folder);
    expect(mine.endpoint).toBe(other.endpoint);
    await ended(other, "released");
    expect(await answers(mine.endpoint)).toBe(true);
    await mine.release();
    expect(await answers(mine.endpoint)).toBe(false);
  });

  it("is started once by two processes at the same time", async () => {
    const [one, other] = await Promise.all([another(), another()]);
    expect(one.endpoint).toBe(other.endpoint);
    await Promise.all([ended(one, "released"), ended(other, "released")]);
    expect(await answers(one.endpoint)).toBe(false);
  });

  it("G6: ends with the last process that uses it, also when they are killed", async () => {
    const [one, other] = await Promise.all([another(), another()]);
    const pid = await enginePid();
    await ended(one, "killed");
    // Longer than the guard waits between two looks.
    await sleep(2_500);
    expect([isEngine(pid), await answers(other.endpoint)]).toEqual([true, true]);
    await ended(other, "killed");
    await vi.waitUntil(() => !isEngine(pid), WAIT);
    await vi.waitUntil(() => !existsSync(join(folder, "engine.json")) && !existsSync(join(folder, "lock")), WAIT);
  });

  it("G6: ends when its folder is deleted", async () => {
    await another();
    const pid = await enginePid();
    await rm(folder, { recursive: true });
    await vi.waitFor(() => expect(isEngine(pid)).toBe(false), WAIT);
  });

  it("left for a moment by a killed process is reused or started again, and stopped", async () => {
    await ended(await another(), "killed");
    const mine = await openEngine(folder);
    expect(await answers(mine.endpoint)).toBe(true);
    await mine.release();
    expect(await answers(mine.endpoint)).toBe(false);
  });

  it("is restarted when its state file is broken or its process is gone", async () => {
    for (const note of ["{", "{}", JSON.stringify({ pid: 2 ** 22 + 1, port: 1 })]) {
      await writeFile(join(folder, "engine.json"), note);
      const engine = await openEngine(folder);
      expect(await answers(engine.endpoint)).toBe(true);
      await engine.release();
    }
  });

  it("does not stop an unrelated process with an old engine's process id", async () => {
    const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    children.push(stranger);
    await writeFile(join(folder, "engine.json"), JSON.stringify({ pid: stranger.pid, port: 1 }));
    const engine = await openEngine(folder);
    await engine.release();
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
  });

  it("says what to do on an unsupported platform", async () => {
    await expect(openEngine(folder, "plan9-mips")).rejects.toThrow(
      "there is no embedded database for plan9-mips. Start one with Docker, then run the command again: docker compose up -d",
    );
  });
});

const answers = (endpoint: string): Promise<boolean> =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );
