import { describe, expect, it } from "vitest";
import { instantSchema } from "../platform/values.ts";
import { mayUndo } from "./undo.ts";

const at = instantSchema.parse("2026-11-16T09:00:00.000Z");
const after = (text: string) => instantSchema.parse(`2026-11-16T09:00:${text}Z`);

describe("an action on a finding", () => {
  it.each([
    ["00.000", true],
    ["10.000", true],
    ["10.001", false],
  ])("can be undone by its author for ten seconds: at :%s %s", (second, can) => {
    expect(mayUndo({ at, by: "user:anna" }, "user:anna", after(second))).toBe(can);
  });

  it("cannot be undone by anybody else", () => {
    expect(mayUndo({ at, by: "user:anna" }, "user:bo", after("01.000"))).toBe(false);
  });
});
