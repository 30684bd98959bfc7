import { Buffer } from "node:buffer";
import { refusesSpoiledBytes } from "../../../../test/fixtures/spoiled-bytes.ts";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CorruptChunkError } from "../../engine/bytes.ts";
import { HistoryArrays } from "./history-arrays.ts";
import { type ChunkDocument, decodeHistory, encodeHistory } from "./history-chunk.ts";

/** Every third item has no price; the others cost 1.00, 2.00, … */
const priceOf = (number: number): number | undefined => (number % 3 === 0 ? undefined : number * 100);

function decoded(bytes: Uint8Array, until?: number): ChunkDocument[] {
  const arrays = new HistoryArrays();
  decodeHistory(bytes, arrays, priceOf, until);
  const known = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? undefined : value);
  return Array.from({ length: arrays.count }, (_, d) => {
    const from = arrays.firstLine[d] ?? 0;
    const lines = Array.from({ length: (arrays.firstLine[d + 1] ?? 0) - from }, (__, l) => ({
      itemNumber: arrays.item[from + l] ?? -1,
      quantity: arrays.quantity[from + l] ?? Number.NaN,
      netMinor: known(arrays.netMinor[from + l]),
      costMinor: known(arrays.costMinor[from + l]),
    }));
    return { id: arrays.ids[d] ?? "", day: arrays.day[d] ?? -1, isCredit: arrays.isCredit[d] === 1, lines };
  });
}

const amount = fc.oneof(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 1 - 2 ** 52, max: 2 ** 52 - 1 }));
const quantity = fc.oneof(
  fc.integer({ min: -50, max: 50 }),
  fc.integer({ min: -1e9, max: 1e9 }),
  fc.integer({ min: -1e12, max: 1e12 }).map((millionths) => millionths / 1e6),
);
const aLine = (hasMoney: boolean) =>
  fc
    .record({
      itemNumber: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 200_000 })),
      quantity,
      netMinor: amount,
      isAtListPrice: fc.boolean(),
      costMinor: fc.option(amount, { nil: undefined }),
    })
    .map(({ isAtListPrice, netMinor, ...line }) => {
      const listed = (priceOf(line.itemNumber) ?? 0) * line.quantity;
      const net = isAtListPrice && Number.isSafeInteger(listed) ? listed : netMinor;
      return { ...line, netMinor: hasMoney ? net + 0 : undefined };
    });
const aDocument = fc
  .record({
    id: fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/),
    day: fc.nat({ max: 60_000 }),
    isCredit: fc.boolean(),
    hasMoney: fc.boolean(),
  })
  .chain(({ hasMoney, ...document }) =>
    fc.array(aLine(hasMoney), { maxLength: 20 }).map((lines): ChunkDocument => ({ ...document, lines })),
  );
const documents = fc.uniqueArray(aDocument, { selector: ({ id }) => id, maxLength: 12 });

/** Documents by day and id, lines by item number: the order in which a chunk keeps them. No zero is negative. */
const inOrder = (given: readonly ChunkDocument[]): ChunkDocument[] =>
  given
    .toSorted((a, b) => a.day - b.day || (a.id < b.id ? -1 : 1))
    .map((one) => ({
      ...one,
      lines: one.lines
        .toSorted((a, b) => a.itemNumber - b.itemNumber)
        .map((line) => ({ ...line, quantity: line.quantity + 0 })),
    }));

describe("a history chunk", () => {
  it("decodes any documents", () => {
    fc.assert(
      fc.property(documents, (given) => {
        expect(decoded(encodeHistory(given, priceOf))).toEqual(inOrder(given));
      }),
      { numRuns: 300 },
    );
  });

  it("has the same bytes whatever the order of the documents", () => {
    fc.assert(
      fc.property(documents, (given) => {
        expect(encodeHistory(given.toReversed(), priceOf)).toEqual(encodeHistory(given, priceOf));
      }),
      { numRuns: 50 },
    );
  });

  it("decodes the documents up to and including a day", () => {
    const on = (day: number): ChunkDocument => ({ id: `d${day}`, day, isCredit: false, lines: [] });
    const bytes = encodeHistory([on(5), on(6), on(7)], priceOf);
    expect(decoded(bytes, 6).map(({ day }) => day)).toEqual([5, 6]);
    expect(decoded(bytes, 4)).toEqual([]);
  });

  it("keeps the values of lines next to a line without a value", () => {
    const lines = [
      { itemNumber: 1, quantity: 2, netMinor: 200 },
      { itemNumber: 2, quantity: 1 },
    ];
    const bytes = encodeHistory([{ id: "a", day: 1, isCredit: false, lines }], priceOf);
    expect(decoded(bytes)[0]?.lines.map(({ netMinor }) => netMinor)).toEqual([200, undefined]);
  });

  it("refuses to pack a quantity with more than six decimals", () => {
    const pack = (exact: number) =>
      encodeHistory([{ id: "a", day: 1, isCredit: false, lines: [{ itemNumber: 1, quantity: exact }] }], priceOf);
    expect(decoded(pack(0.000_001))[0]?.lines[0]?.quantity).toBe(0.000_001);
    expect(() => pack(0.000_000_1)).toThrow("quantity 1e-7 has more than six decimals");
  });

  it("is decoded into the arrays of another customer as into new ones: no cost and no id is left of it", () => {
    const line = { itemNumber: 1, quantity: 2, netMinor: 150 };
    const one = (id: string, day: number, costMinor?: number): Uint8Array =>
      encodeHistory([{ id, day, isCredit: false, lines: [{ ...line, costMinor }, line] }], priceOf);
    const arrays = new HistoryArrays();
    decodeHistory(one("SO-1", 20_000, 90), arrays, priceOf);
    expect(arrays.ids).toEqual(["SO-1"]);
    arrays.clear();
    for (const [id, day] of [["SO-2", 20_001] as const, ["SO-31", 20_400] as const, ["Größe", 20_800] as const])
      decodeHistory(one(id, day), arrays, priceOf);
    expect(arrays.ids).toEqual(["SO-2", "SO-31", "Größe"]);
    expect([...arrays.costMinor.subarray(0, 6)]).toEqual(Array.from({ length: 6 }, () => Number.NaN));
  });

  it("is corrupt when it names an item number that none can have", () => {
    const lines = [{ itemNumber: 2 ** 31, quantity: 2, netMinor: 150 }];
    const bytes = encodeHistory([{ id: "a", day: 1, isCredit: false, lines }], priceOf);
    expect(() => decodeHistory(bytes, new HistoryArrays(), priceOf)).toThrow(
      new CorruptChunkError("the chunk names item number 2147483648, which no item has"),
    );
  });

  it("is not decoded if a list price is no longer known", () => {
    const lines = [{ itemNumber: 1, quantity: 2, netMinor: 200 }];
    const bytes = encodeHistory([{ id: "a", day: 1, isCredit: false, lines }], priceOf);
    expect(() => decodeHistory(bytes, new HistoryArrays(), () => undefined)).toThrow(
      new CorruptChunkError("the chunk names item number 1, which has no price"),
    );
  });
});

/** One of everything: list price, own price, fraction, return, credit, unknown cost, no money. */
const golden: readonly ChunkDocument[] = [
  {
    id: "SO-1001",
    day: 20_000,
    isCredit: false,
    lines: [
      { itemNumber: 1, quantity: 2, netMinor: 200 },
      { itemNumber: 2, quantity: 3, netMinor: 599, costMinor: 400 },
      { itemNumber: 2, quantity: -1, netMinor: -200, costMinor: -1 },
    ],
  },
  { id: "SO-1002", day: 20_007, isCredit: false, lines: [{ itemNumber: 300, quantity: 1.5 }] },
  { id: "CN-7", day: 20_007, isCredit: true, lines: [{ itemNumber: 1, quantity: -2, netMinor: -200 }] },
];

describe("the format", () => {
  const bytes = encodeHistory(golden, priceOf);

  it("is fixed, byte by byte", () => {
    expect(Buffer.from(bytes).toString("hex")).toBe(
      "01a09c01" + // version, 2024-10-04
        "d20107534f2d3130303105" + // three lines, costs, mixed signs; SO-1001; the first and the last at list price
        "010400" + // item 1: 2, cost unknown
        "0106ae09a106" + // item 2: 3 for 5.99, cost 4.00
        "000102" + // item 2: -1, cost -0.01
        "074904434e2d37010102" + // a week later, a credit of one line: CN-7, item 1, 2 back
        "006407534f2d31303032" + // the same day, one line, a fraction, values that may be unknown: SO-1002
        "00ac02e0c65b00" + // none at list price; item 300: 1.5, value unknown
        "bd3fef39",
    );
  });

  refusesSpoiledBytes(bytes, decoded);

  it("takes five bytes for no documents at all", () => {
    expect(encodeHistory([], priceOf)).toHaveLength(5);
    expect(decoded(encodeHistory([], priceOf))).toEqual([]);
  });

  it("takes at most five bytes per line for a year of weekly orders, with one line in ten not at list price", () => {
    const weekly = Array.from({ length: 52 }, (_, week): ChunkDocument => ({
      id: `SO-2026-${String(1000 + week * 37)}`,
      day: 20_454 + week * 7,
      isCredit: false,
      lines: Array.from({ length: 22 }, (__, l) => {
        const itemNumber = 3 * ((l * 53 + week * 11) % 900) + 1;
        const count = 1 + ((l * 7 + week) % 24);
        const listed = itemNumber * 100 * count;
        return { itemNumber, quantity: count, netMinor: l % 10 === 0 ? listed - 50 : listed };
      }),
    }));
    expect(encodeHistory(weekly, priceOf).length / (52 * 22)).toBeLessThanOrEqual(5);
  });
});
