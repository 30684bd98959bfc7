import { expect, it } from "vitest";
import { changeLinks } from "./mutated-links.ts";

it("takes no changed link of a message, and every true one of the old and the new secret", () => {
  const { tried, taken, lost } = changeLinks(3_000, 1);
  expect(tried).toBeGreaterThanOrEqual(3_000);
  expect({ taken, lost }).toEqual({ taken: [], lost: [] });
});
