import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ownPath } from "./own-path.ts";

describe("a path to go back to", () => {
  it.each(["/", "/for-you/demo/anna?window=30&day=2026-08-10", "/plans/t/p/deals/d"])("keeps %s", (path) => {
    expect(ownPath(path)).toBe(path);
  });

  it.each([
    undefined,
    "",
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/a\\..\\b",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "javascript:alert(1)",
    `/${"x".repeat(2_000)}`,
  ])("is the start page for %j", (text) => {
    expect(ownPath(text)).toBe("/");
  });

  it("leads to no other site, whatever the text", () => {
    const hostile = fc.array(
      fc.constantFrom("/", "\\", "\t", "\n", "\r", " ", "@", ":", ".", "evil.example", "http", "%2f"),
    );
    fc.assert(
      fc.property(hostile, (parts) => {
        expect(new URL(ownPath(parts.join("")), "https://console.example").origin).toBe("https://console.example");
      }),
    );
  });
});
