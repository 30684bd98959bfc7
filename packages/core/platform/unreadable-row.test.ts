import { describe, expect, it } from "vitest";
import * as z from "zod";
import { UnreadableRowError, rowAs } from "./unreadable-row.ts";

const schema = z.object({ name: z.string(), at: z.object({ day: z.int() }) });
const row = { pk: "T#acme#USERS", sk: "u-1", name: "Ada", at: { day: 7 } };

describe("a stored row", () => {
  it("is what its schema reads of it", () => {
    expect(rowAs(schema, row)).toEqual({ name: "Ada", at: { day: 7 } });
  });

  it("is named with what is wrong with it when its schema does not read it", () => {
    const read = () => rowAs(schema, { ...row, name: 7, at: { day: "x" } });
    expect(read).toThrow(UnreadableRowError);
    expect(read).toThrow(
      /^the stored row T#acme#USERS u-1 cannot be read \(name: .*string.*; at\.day: .*number.*\): put it back from a backup/,
    );
    expect(() => rowAs(schema, "x")).toThrow("the stored row undefined undefined cannot be read (it: ");
  });

  it("of a schema that fails by itself fails as it did", () => {
    const failing = {
      parse: () => {
        throw new RangeError("cut off");
      },
    };
    expect(() => rowAs(failing, row)).toThrow(new RangeError("cut off"));
  });
});
