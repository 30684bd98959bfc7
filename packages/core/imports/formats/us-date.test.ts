import { describe, expect, it } from "vitest";
import { isoFromUsDate } from "./us-date.ts";

describe("dates with the month first", () => {
  it.each([
    ["7/3/2013", "2013-07-03"],
    ["12/1/2010 8:26", "2010-12-01 08:26"],
    ["12/1/2010 8:26:05", "2010-12-01 08:26:05"],
    ["12/01/10 08:26", "2010-12-01 08:26"],
    ["12/1/2010 8:26:05 AM", "2010-12-01 08:26:05"],
    ["12/1/2010 8:26 pm", "2010-12-01 20:26"],
    ["12/1/2010 12:00 AM", "2010-12-01 00:00"],
    ["12/1/2010 12:00 PM", "2010-12-01 12:00"],
  ])("reads %s", (text, iso) => {
    expect(isoFromUsDate(text)).toBe(iso);
  });

  it.each(["2010-12-01 08:26:00", "12/1/2010 13:00 PM", "12/1/2010 0:30 AM", "12/1/010", "12-1-2010", "soon", ""])(
    'leaves "%s" as it is',
    (text) => {
      expect(isoFromUsDate(text)).toBe(text);
    },
  );
});
