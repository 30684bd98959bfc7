import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FindingAddress, findingId, parseFindingId } from "../insights/finding.ts";
import {
  asciiOfText,
  decodeId,
  decodeItemId,
  encodeId,
  encodeItemId,
  idOfKey,
  idOfSegment,
  idTextSchema,
  keyOfId,
  segmentOfId,
  textOfAscii,
} from "./id-text.ts";
import { customerIdSchema, itemIdSchema } from "./values.ts";

/** Ids as systems of the trade write them, and such as break separators, escapes, paths and formulas. */
const HOSTILE: readonly string[] = [
  "INV/2026/0007",
  "#1001",
  "H&M",
  'PIPE 1/2"',
  "Кава 1кг",
  "anna@example.com",
  "%2F",
  "%252F",
  "..",
  ".",
  "~",
  "~h",
  "~002e",
  "~~002e~002e",
  "$",
  "*",
  "a:b",
  "a|b",
  "a#b#c",
  "=1+1",
  "<b>",
  "it's",
  "\\..\\",
  "?a=b&c",
  "咖啡",
  "قهوة",
  "👩‍🍳",
  "constructor",
  "__proto__",
  "-",
  "x".repeat(128),
  "#".repeat(128),
];

const anyId = fc
  .oneof(
    fc.constantFrom(...HOSTILE),
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc
      .array(fc.constantFrom("~", "#", "|", "$", "*", ":", "/", ".", "%", "2", "f", "h", " ", "а"))
      .map((all) => all.join("")),
  )
  .map((text) => idTextSchema.safeParse(text))
  .filter((parsed) => parsed.success)
  .map((parsed) => parsed.data ?? "");

describe("IM02: an id is any printable text of up to 128 characters", () => {
  it.each(HOSTILE)("takes %j as it stands", (id) => {
    expect(idTextSchema.parse(id)).toBe(id);
  });

  it("IM02: drops blanks around it, and takes two spellings that look the same for one", () => {
    expect(idTextSchema.parse("  Acme ")).toBe("Acme");
    expect(idTextSchema.parse("\u00A0A\u00A0B\u00A0")).toBe("A B");
    expect(idTextSchema.parse("Cafe\u0301")).toBe("Café");
  });

  it.each([
    ["", "is not an id: it is empty"],
    ["   ", "is not an id: it is empty"],
    ["a\nb", "is not an id: it has the character U+000A, which cannot be printed"],
    ["a\u001B[31mb", "is not an id: it has the character U+001B, which cannot be printed"],
    ["a\u200Bb", "is not an id: it has the character U+200B, which cannot be printed"],
    ["\u202Eab", "is not an id: it has the character U+202E, which cannot be printed"],
    ["a\u2028b", "is not an id: it has the character U+2028, which cannot be printed"],
    ["a\uD800", "is not an id: it has the character U+D800, which cannot be printed"],
    ["\u200D", "is not an id: it has the character U+200D, which cannot be printed"],
    ["x".repeat(129), "is not an id: it has 129 characters, at most 128 can be"],
  ])("refuses %j with what is wrong", (text, message) => {
    expect(idTextSchema.safeParse(text).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });

  it("has one form, which reading it again does not change", () => {
    fc.assert(
      fc.property(anyId, (id) => {
        expect(idTextSchema.parse(id)).toBe(id);
      }),
    );
  });
});

describe("IM02: an id comes back from where it is written", () => {
  it("comes back from keys and stored lines, whose separators and signs it never has", () => {
    fc.assert(
      fc.property(anyId, (id) => {
        expect(keyOfId(id)).not.toMatch(/[#|$*]/);
        expect(idOfKey(keyOfId(id))).toBe(id);
      }),
    );
  });

  it("comes back from finding ids, single bytes and addresses", () => {
    fc.assert(
      fc.property(anyId, (id) => {
        expect(decodeId(encodeId(id))).toBe(id);
        expect(encodeId(id)).toMatch(/^[A-Za-z0-9._~-]+$/);
        expect(decodeItemId(encodeItemId(id))).toBe(id);
        expect(decodeItemId(encodeId(id))).toBe(id);
        expect(textOfAscii(asciiOfText(id))).toBe(id);
        const address = new URL(`http://localhost/v1/orders/${segmentOfId(id)}:cancel`);
        expect(address.pathname.split("/")).toHaveLength(4);
        const segment = decodeURIComponent(address.pathname.split("/")[3] ?? "").replace(/:cancel$/, "");
        expect(idOfSegment(segment)).toBe(id);
      }),
    );
  });

  it("tells any two subjects apart in ids of findings, and reads them again", () => {
    fc.assert(
      fc.property(
        anyId,
        fc.option(anyId, { nil: undefined }),
        anyId,
        fc.option(anyId, { nil: undefined }),
        (c, i, d, j) => {
          const addresses = [addressOf(c, i), addressOf(d, j)] as const;
          for (const one of addresses) expect(parseFindingId(findingId(one))).toEqual(one);
          const [a, b] = addresses.map((one) => findingId(one));
          expect(a === b).toBe(c === d && i === j);
        },
      ),
    );
  });

  it.each([
    ["INV-2001", "INV-2001", "INV-2001"],
    ["INV/2026/0007", "INV/2026/0007", "~INV~002f2026~002f0007"],
    ["#1001", "~h1001", "%231001"],
    ["H&M", "H&M", "H%26M"],
    ["Кава 1кг", "Кава 1кг", "%D0%9A%D0%B0%D0%B2%D0%B0%201%D0%BA%D0%B3"],
    ["..", "..", "~~002e~002e"],
    ["%2F", "%2F", "~~00252F"],
    ["$", "~d", "%24"],
  ])("writes %j as %j in keys and as %j in addresses", (id, key, segment) => {
    expect([keyOfId(id), segmentOfId(id)]).toEqual([key, segment]);
  });

  it("leaves the ids that could be stored before as they were in keys and ids of findings", () => {
    const former = fc.stringMatching(/^[A-Za-z0-9._/+-](?:[A-Za-z0-9 ._/+-]{0,62}[A-Za-z0-9._/+-])?$/);
    fc.assert(
      fc.property(former, (id) => {
        expect([idTextSchema.parse(id), keyOfId(id), encodeItemId(id), asciiOfText(id)]).toEqual([id, id, id, id]);
      }),
    );
  });
});

function addressOf(customer: string, item: string | undefined): FindingAddress {
  const customerId = customerIdSchema.parse(customer);
  const subject =
    item === undefined
      ? ({ type: "customer", id: customerId } as const)
      : ({ type: "item", id: itemIdSchema.parse(item), customerId } as const);
  return { kind: "lost-items", subject };
}
