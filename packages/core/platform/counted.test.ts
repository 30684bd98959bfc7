import { expect, it } from "vitest";
import { counted, nounFor } from "./counted.ts";

it("F5: a count comes with the noun that fits it", () => {
  expect([0, 1, 2, 1204].map((count) => counted(count, "deal"))).toEqual([
    "0 deals",
    "1 deal",
    "2 deals",
    "1,204 deals",
  ]);
  expect([1, 3].map((count) => counted(count, "entry", "entries"))).toEqual(["1 entry", "3 entries"]);
  expect([1, 2].map((count) => nounFor(count, "was", "were"))).toEqual(["was", "were"]);
});
