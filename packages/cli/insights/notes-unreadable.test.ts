import { describe, expect, it } from "vitest";
import { customersSetAsideText } from "./notes-unreadable.ts";

describe("G4: a list on the command line", () => {
  it.each([
    [0, []],
    [1, ['Without 1 customer whose data cannot be read: see "regulars doctor"']],
    [2, ['Without 2 customers whose data cannot be read: see "regulars doctor"']],
  ])("without %d customers says so", (count, lines) => {
    expect(customersSetAsideText(count)).toEqual(lines);
  });
});
