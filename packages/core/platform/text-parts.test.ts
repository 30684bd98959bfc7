import { describe, expect, it } from "vitest";
import { namesIn, parseText } from "./text-parts.ts";

describe("a text taken apart", () => {
  it("has words, variables with their fallback, and blocks", () => {
    expect(parseText("Hi <name|you>, {numb, plural, =0 {nothing} one {# day} other {# days}}.")).toEqual({
      parts: [
        { type: "words", text: "Hi " },
        { type: "variable", name: "name", fallback: "you", written: "<name|you>" },
        { type: "words", text: ", " },
        {
          type: "plural",
          name: "numb",
          branches: new Map([
            ["=0", [{ type: "words", text: "nothing" }]],
            [
              "one",
              [
                { type: "count", name: "numb" },
                { type: "words", text: " day" },
              ],
            ],
            [
              "other",
              [
                { type: "count", name: "numb" },
                { type: "words", text: " days" },
              ],
            ],
          ]),
        },
        { type: "words", text: "." },
      ],
    });
  });

  it("names the variables of blocks and of what is in them", () => {
    const { parts } = parseText("{what, select, more {<more> {numb, plural, other {#}}} other {}} <more>");
    expect(namesIn(parts)).toEqual(["what", "more", "numb"]);
  });

  it.each(["{ <name> }", "# 1", "{numb}", "{numb, date}", "a } b { c", '{"isActive":true}', "5 < 6 \\ {"])(
    "takes %j as ordinary signs",
    (text) => {
      const { parts, fault } = parseText(text);
      expect(fault).toBeUndefined();
      expect(parts.map((part) => (part.type === "words" ? part.text : "<name>")).join("")).toBe(text);
    },
  );

  it.each([
    ["{numb, plural, one {# day}}", '"{numb, plural," has no "other {…}"'],
    ["{numb, plural, other {# days}", '"{numb, plural," has no "}"'],
    ["{numb, plural, other {# days", '"other {" of "{numb, plural," has no "}"'],
    ["{numb, plural, }", '"{numb, plural," has no "other {…}"'],
    [
      "{aaaa, select, other {{bbbb, select, other {{cccc, select, other {{dddd, select, other {}}}}}}}}",
      'more than 3 blocks are one in another at "{dddd, select,"',
    ],
  ])("says what is wrong with %j, and keeps it as it is written", (text, fault) => {
    expect(parseText(text)).toEqual({ parts: [{ type: "words", text }], fault });
  });

  it("takes a hostile text apart in one go", () => {
    for (const hostile of ["{aaaa, plural, one {", "<aaaa|", "{", "<", "\\<", "{aaaa, plural, other {x}}"]) {
      const text = hostile.repeat(20_000);
      const written = parseText(text).parts.length;
      expect(written).toBeLessThanOrEqual(20_000);
    }
  });
});
