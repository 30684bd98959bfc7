import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAlive, withFolderLock } from "./folder-lock.ts";

/** The id of a process that has just ended. */
const deadPid = (): number => spawnSync(process.execPath, ["-e", ""]).pid;

describe("a folder's lock", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "regulars-lock-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("is held by one process at a time", async () => {
    let inside = 0;
    let most = 0;
    const work = () =>
      withFolderLock(folder, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await sleep(5);
        inside -= 1;
      });
    await Promise.all([work(), work(), work(), work()]);
    expect(most).toBe(1);
  });

  it("returns the result of the work, names its process meanwhile, and leaves no file", async () => {
    const file = join(folder, "lock");
    expect(await withFolderLock(folder, () => readFile(file, "utf8"))).toBe(String(process.pid));
    expect(existsSync(file)).toBe(false);
  });

  it("is released when the work fails", async () => {
    await expect(withFolderLock(folder, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await withFolderLock(folder, () => Promise.resolve("yes"))).toBe("yes");
  });

  it("is taken over from a process that died", async () => {
    await writeFile(join(folder, "lock"), String(deadPid()));
    expect(await withFolderLock(folder, () => Promise.resolve("mine"))).toBe("mine");
  });

  it("waits for a process that lives", async () => {
    await writeFile(join(folder, "lock"), String(process.pid));
    let isIn = false;
    const waiting = withFolderLock(folder, () => Promise.resolve((isIn = true)));
    await sleep(120);
    expect(isIn).toBe(false);
    await rm(join(folder, "lock"));
    expect(await waiting).toBe(true);
  });

  it("is held and given back where no file can grow, as on a full disk", () => {
    const script = `import { withFolderLock } from ${JSON.stringify(import.meta.resolve("./folder-lock.ts"))};
      process.stdout.write(await withFolderLock(process.argv[1], async () => "done"));`;
    const full = `trap "" XFSZ; ulimit -f 0; exec "$0" --input-type=module -e "$1" "$2"`;
    const { stdout } = spawnSync("/bin/sh", ["-c", full, process.execPath, script, folder], { encoding: "utf8" });
    expect([stdout, existsSync(join(folder, "lock"))]).toEqual(["done", false]);
  });

  it("creates its folder", async () => {
    const inner = join(folder, "a", "b");
    await withFolderLock(inner, () => Promise.resolve());
    expect(existsSync(inner)).toBe(true);
  });
});

describe("a process", () => {
  it("lives or does not", () => {
    expect([isAlive(process.pid), isAlive(1), isAlive(deadPid()), isAlive(Number.NaN)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
