import { appendFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { userSchema } from "@regulars/core/access/user";
import { ContentionError } from "@regulars/core/platform/contention-error";
import { rowAs } from "@regulars/core/platform/unreadable-row";
import { namingFolder } from "@regulars/local/engine/data-folder";
import { writingTo } from "@regulars/local/engine/writing-to";
import { describe, expect, it } from "vitest";
import { describeOutage } from "./outage.ts";

const thrownBy = (work: () => Promise<unknown>): Promise<unknown> =>
  work().then(
    () => undefined,
    (error: unknown) => error,
  );

describe.runIf(existsSync("/dev/full"))("a full disk", () => {
  it("E7: names the file that is being written, whichever way it is written", async () => {
    for (const write of [() => appendFile("/dev/full", "text"), () => writeFile("/dev/full", "text")])
      expect(describeOutage(await thrownBy(() => writingTo("/dev/full", write)))).toBe(
        "/dev/full: the disk is full: free some space and run the command again",
      );
  });
});

describe("a file that cannot be written", () => {
  it("is named with the reason, without a trace of the program", async () => {
    const says = async (path: string) =>
      describeOutage(await thrownBy(() => writingTo(path, () => writeFile(path, "text"))));
    const missing = join(tmpdir(), "no-such-folder", "chart.svg");
    expect(await says(missing)).toBe(`${missing}: there is no such file, or no such folder`);
    expect(await says(tmpdir())).toBe(`${tmpdir()}: it is a folder: name a file`);
  });
});

describe("a stored row that cannot be read", () => {
  it("G4: is named with the reason and what to do, without a trace of the program", async () => {
    const read = () => rowAs(userSchema, { pk: "T#acme#U", sk: "u-1", userId: "u-1", name: 7, role: "rep" });
    expect(describeOutage(await thrownBy(async () => read()))).toMatch(
      /^the stored row T#acme#U u-1 cannot be read \(name: [^\n]+\): put it back from a backup \(docs\/operations\.md\)$/,
    );
  });
});

describe("a database that cannot work now", () => {
  const named = (name: string): Error => Object.assign(new Error("said"), { name });

  it.each([
    [named("TimeoutError"), "the database stopped answering in the middle of the work"],
    [named("ProvisionedThroughputExceededException"), "the database is overloaded"],
    [named("InternalServerError"), "the database cannot work now"],
    [new ContentionError("said"), "the database is overloaded, or others kept writing the same"],
  ])("OP02: is told in one line, which says to run the command again: %s", (error, says) => {
    expect(describeOutage(error)).toBe(
      `${says}. What was saved is safe: run the same command again, and it does the rest`,
    );
  });
});

describe("a full disk under the database", () => {
  it("E7: names the data folder", () => {
    const said = new Error("commit failed (backend: database or disk is full) and rollback also failed");
    expect(describeOutage(namingFolder(said, ".regulars"))).toBe(
      ".regulars: the disk is full: free some space and run the command again",
    );
  });

  it.each([
    ["ENOSPC", "the disk is full: free some space"],
    ["EFBIG", "it would be larger than the system lets a file be: raise the limit (ulimit -f)"],
  ])("E7: names it where the system's error names no file: %s", (code, says) => {
    const said = Object.assign(new Error(`${code}: said, write`), { code });
    expect(describeOutage(namingFolder(said, ".regulars"))).toBe(`.regulars: ${says} and run the command again`);
  });

  it("leaves other errors of the database as they are", () => {
    const other = new Error("no such table");
    expect(namingFolder(other, ".regulars")).toBe(other);
    expect(describeOutage(other)).toBeUndefined();
  });
});
