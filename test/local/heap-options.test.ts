import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { heapOptionsOf } from "../../bin/heap-options.mjs";

describe("the heap of a command", () => {
  test("stays small in an import, and is left to V8 in other commands", () => {
    expect(heapOptionsOf(["import", "orders", "a.csv"], "24.21.0")).toContain("--max-semi-space-size=4");
    expect(heapOptionsOf(["--data", "d", "import", "orders", "a.csv"], "22.18.0")).toHaveLength(3);
    expect(heapOptionsOf(["night", "--tenant", "acme"], "24.21.0")).toHaveLength(3);
    expect(heapOptionsOf(["insights", "--tenant", "acme"], "24.21.0")).toEqual([]);
  });

  test("gets no option that a later Node may not know", () => {
    expect(heapOptionsOf(["import", "orders", "a.csv"], "26.0.0")).toEqual([]);
  });

  test("has only options that this Node knows", () => {
    const options = heapOptionsOf(["import"]);
    expect(execFileSync(process.execPath, [...options, "-p", "1 + 1"], { encoding: "utf8" })).toBe("2\n");
  });
});
