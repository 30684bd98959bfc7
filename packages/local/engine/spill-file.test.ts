import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { spillFile } from "./spill-file.ts";

const MEGABYTE = 1024 * 1024;

describe("a stage on disk", () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), "regulars-stage-"));
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  /** Adds several rounds of records to each key, then reads everything back. */
  const passThrough = async (expectedBytes: number, keys: number, rounds: number, cell = "x") => {
    const grouper = await spillFile(parent, expectedBytes);
    for (let round = 0; round < rounds; round += 1)
      for (let key = 0; key < keys; key += 1)
        await grouper.add(`key-${key}`, { line: round * keys + key + 2, record: { key: `key-${key}`, cell } });
    const batches = [];
    for await (const groups of grouper.batches()) batches.push(groups);
    await grouper.dispose();
    return batches;
  };

  it.each([
    ["one bucket", 0, 1],
    ["many buckets", 200 * MEGABYTE, 40],
  ])("brings each key's records together in their order, with %s", async (_buckets, expectedBytes, least) => {
    const batches = await passThrough(expectedBytes, 300, 4);
    expect(batches.length).toBeGreaterThanOrEqual(least);
    const groups = batches.flat();
    expect(groups).toHaveLength(300);
    for (const group of groups) {
      const first = group[0]?.line ?? 0;
      expect(group.map(({ line }) => line)).toEqual([first, first + 300, first + 600, first + 900]);
      expect(new Set(group.map(({ record }) => record["key"])).size).toBe(1);
    }
  });

  it("does so when it was flushed in between", async () => {
    const groups = (await passThrough(8 * MEGABYTE, 3, 4, "x".repeat(MEGABYTE))).flat();
    expect(groups.map((group) => group.length)).toEqual([4, 4, 4]);
  });

  const cellsOf = async (cell: string) =>
    (await passThrough(0, 1, 2, cell)).flat(2).map(({ record }) => record["cell"]);

  it.each(['"quoted", \\ and\nnew\r\nlines', "bin\u0000ary", "Ærø 中文 👍"])("gives back the cell %j", async (cell) => {
    expect(await cellsOf(cell)).toEqual([cell, cell]);
  });

  // A line reader takes these for line ends.
  it("keeps Unicode line separators in a cell", async () => {
    expect(await cellsOf("\u2028 \u2029 \u0085")).toEqual(["\u2028 \u2029 \u0085", "\u2028 \u2029 \u0085"]);
  });

  it("hands out no more records at once of a larger file", async () => {
    const cell = "x".repeat(20);
    const most = async (keys: number): Promise<number> => {
      const batches = await passThrough(keys * 2 * cell.length, keys, 2, cell);
      expect(batches.flat()).toHaveLength(keys);
      return Math.max(...batches.map((groups) => groups.flat().length));
    };
    const [small, large] = [await most(10_000), await most(100_000)];
    expect(large).toBeLessThan(small * 1.5);
  });

  it("is empty when nothing was added", async () => {
    expect(await passThrough(100 * MEGABYTE, 0, 0)).toEqual([]);
  });

  it("leaves nothing behind", async () => {
    await passThrough(0, 3, 3);
    expect(await readdir(parent)).toEqual([]);
  });

  it("removes what dead processes left, and leaves the living alone", async () => {
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    for (const name of [`${dead}-abc`, `${process.pid}-abc`, "nobody"]) {
      await mkdir(join(parent, name));
      await writeFile(join(parent, name, "0.jsonl"), "[]");
    }
    const grouper = await spillFile(parent, 0);
    const names = await readdir(parent);
    await grouper.dispose();
    expect(names).toHaveLength(2);
    expect(names).toContain(`${process.pid}-abc`);
  });
});
