import * as fc from "fast-check";
import { expect, it } from "vitest";
import { forTerminal } from "./terminal-text.ts";
import { textTable } from "./text-table.ts";

it("E5: prints names that would colour the screen, move the cursor or turn the text as what they are", () => {
  expect(forTerminal("Acme\u001B[31m\u0007 \u009B2J\u202Eevil\r")).toBe(
    "Acme\\u001b[31m\\u0007 \\u009b2J\\u202eevil\\u000d",
  );
  expect(forTerminal("Кава\tCafé\n咖啡 👩‍🍳\n")).toBe("Кава\tCafé\n咖啡 👩‍🍳\n");
});

it("E5: prints nothing that a terminal obeys, whatever the text, and JSON that means the same", () => {
  const hostile = fc.string({
    unit: fc.oneof(fc.constantFrom("\u001B", "\u009B", "\r", "\u0000", "\u202E", "["), fc.string()),
  });
  fc.assert(
    fc.property(hostile, (text) => {
      expect(forTerminal(text)).not.toMatch(/[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/u);
      expect(JSON.parse(forTerminal(JSON.stringify(text)))).toBe(text);
    }),
  );
});

it("E5: clips a very long cell of a table, and keeps it on one line", () => {
  const [, row = ""] = textTable(["NAME", "N"], [[`a\nb${"x".repeat(500)}`, "1"]]).split("\n");
  expect(row).toBe(`a b${"x".repeat(196)}…  1`);
});
