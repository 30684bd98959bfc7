import { expect, it } from "vitest";
import { memoByKey } from "./memo.ts";

it("makes one for each key, also where nothing comes of it", () => {
  const asked: (string | undefined)[] = [];
  const made = memoByKey((key: string | undefined) => {
    asked.push(key);
    return key;
  });
  expect(["a", undefined, "b", "a", undefined].map(made)).toEqual(["a", undefined, "b", "a", undefined]);
  expect(asked).toEqual(["a", undefined, "b"]);
});
