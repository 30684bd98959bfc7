import { describe, expect, it } from "vitest";
import { createRuntime } from "../runtime.ts";

describe("a log that cannot be written", () => {
  it("G2: fails nobody's work, and tells the number of lost lines when it can be written again", () => {
    const written: [string, object][] = [];
    let isFull = true;
    const write = (what: string, figures: object): void => {
      if (isFull) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
      written.push([what, figures]);
    };
    const { log } = createRuntime(
      { TABLE_NAME: "regulars", PUBLIC_URL: "http://127.0.0.1" },
      { log: { info: write, error: write } },
    );
    log.info("request", { status: 200 });
    log.info("request", { status: 201 });
    log.error("request failed", { reason: "x" });
    isFull = false;
    log.info("request", { status: 202 });
    log.info("request", { status: 203 });
    expect(written).toEqual([
      ["log lines lost", { lines: 2 }],
      ["request", { status: 202 }],
      ["request", { status: 203 }],
    ]);
  });
});
