import { expect, it } from "vitest";
import { nightCommand } from "./tour.ts";

it("commands name the data folder unless it is the usual one", () => {
  expect(nightCommand(".regulars", "mine")).toBe("npx regulars night --tenant mine");
  expect(nightCommand("/tmp/a", "mine")).toBe("npx regulars night --tenant mine --data /tmp/a");
  expect(nightCommand("/tmp/it's mine", "mine")).toBe(`npx regulars night --tenant mine --data '/tmp/it'\\''s mine'`);
});
