import { appendFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
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

describe("a full disk under the database", () => {
  it("E7: names the data folder", () => {
    const said = new Error("commit failed (backend: database or disk is full) and rollback also failed");
    expect(describeOutage(namingFolder(said, ".regulars"))).toBe(
      ".regulars: the disk is full: free some space and run the command again",
    );
  });

  it("E7: names it where the system's error names no file", () => {
    const said = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    expect(describeOutage(namingFolder(said, ".regulars"))).toBe(
      ".regulars: the disk is full: free some space and run the command again",
    );
  });

  it("leaves other errors of the database as they are", () => {
    const other = new Error("no such table");
    expect(namingFolder(other, ".regulars")).toBe(other);
    expect(describeOutage(other)).toBeUndefined();
  });
});
