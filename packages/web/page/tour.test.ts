import { expect, it } from "vitest";
import { nightlyCommandLine } from "./tour.ts";

it("commands name the data folder unless it is the usual one", () => {
  expect(nightlyCommandLine(".regulars", "mine")).toBe("npx regulars night --tenant mine");
  expect(nightlyCommandLine("/tmp/a", "mine")).toBe("npx regulars night --tenant mine --data /tmp/a");
  expect(nightlyCommandLine("/tmp/it's mine", "mine")).toBe(
    `npx regulars night --tenant mine --data '/tmp/it'\\''s mine'`,
  );
});
