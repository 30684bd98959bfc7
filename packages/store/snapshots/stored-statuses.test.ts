import { Buffer } from "node:buffer";
import { deflateRawSync } from "node:zlib";
import { settledIn, settledText } from "@regulars/core/monitors/settled-names";
import type { SettledName } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { seeded } from "@regulars/core/platform/random";
import { day } from "@regulars/core/platform/values";
import { type StatusValues, statusValuesSchema } from "@regulars/core/snapshots/status-values";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { attributesOf, statusesOf, unpackedStatuses } from "./stored-statuses.ts";

const valuesOf = (count: number): StatusValues => ({
  held: Array.from({ length: count }, (_, i) => ({
    statusId: monitorIdSchema.parse(`status${i}`),
    ownerType: "company",
    since: day("2026-11-01"),
    told: {
      name: "Neglected",
      description: "<name> has not been visited for a while: call <cont>",
      variables: {},
      level: "medium",
      order: [1, i],
    },
  })),
  settledOn: day("2026-11-22"),
  settled: Array.from({ length: count }, (_, i) => `status${i}`).join(" "),
  book: "b",
  basis: "c",
});
/** Two statuses, as the first version with these words packed them. */
const PACKED_BEFORE =
  "w5LjDQ11jYwQ+TsJKX8no+RviHMNFCC0Ia7sDlVGXK43NNQ1MMTM+n6p6TmpySWpKRhlgA1IhZ1CRmKxQl5+iUJSamqeQllmcWZJaopCWn6RQqJCeUZmTqqVQnJiTo6CDSj32aGVG/ijB1vkwHyMFCMwDaAIjQVpqQUA";

const stored = (values: StatusValues) =>
  Object.fromEntries(Object.entries({ ...attributesOf(values), r: 3 }).filter(([, value]) => value !== undefined));
const packedOf = (values: StatusValues): Uint8Array => z.instanceof(Uint8Array).parse(stored(values)["v"]);
const bytesOf = (values: StatusValues): number => packedOf(values).length;

describe("the stored statuses of a customer", () => {
  it("are read as they were written", () => {
    for (const count of [0, 1, 50]) {
      const values = valuesOf(count);
      expect(Object.keys(stored(values)).toSorted()).toEqual(["r", "v"]);
      expect(statusesOf(stored(values))).toEqual({ values, revision: 3 });
      expect(unpackedStatuses(stored(values))).toEqual({ ...values, r: 3 });
    }
    const withDay = { ...valuesOf(2), nextChangeOn: day("2026-12-01") };
    expect(statusesOf(stored(withDay))).toEqual({ values: withDay, revision: 3 });
    const [{ told: _told, ...held } = {}] = withDay.held;
    const following = statusValuesSchema.parse({
      ...withDay,
      toFollow: [{ ...held, type: "entered", on: day("2026-11-01") }],
    });
    expect(statusesOf(stored(following))).toEqual({ values: following, revision: 3 });
  });

  it("are read as earlier versions wrote them, packed in part or not at all", () => {
    const { held, settled: text, ...rest } = valuesOf(50);
    const settled = text.split(" ");
    expect(statusesOf({ held, settled, ...rest, r: 3 })).toEqual({ values: valuesOf(50), revision: 3 });
    const packed = deflateRawSync(JSON.stringify({ held, settled }));
    expect(statusesOf({ packed, ...rest, r: 3 })).toEqual({ values: valuesOf(50), revision: 3 });
    const before = { held, settled, ...rest, packed };
    expect(Object.keys(JSON.parse(JSON.stringify(attributesOf(unpackedStatuses(before)))) as object)).toEqual(["v"]);
  });

  it("name the monitors that were settled by number, in a few letters, and those without a number by id", () => {
    const named = (...settled: SettledName[]): StatusValues => ({ ...valuesOf(1), settled: settledText(settled) });
    const settledOf = (...settled: SettledName[]) =>
      settledIn(statusesOf(stored(named(...settled))).values?.settled ?? "");
    const fifty = Array.from({ length: 50 }, (_, i) => i + 1);
    const ids = fifty.map((i) => monitorIdSchema.parse(`sts_${(i * 0x9e3779b97f4a).toString(36)}`));
    for (const settled of [[], [1], [7], [1, 2, 3], [1, 3, 4, 9], [200], fifty]) {
      expect(settledOf(...settled)).toEqual(settled);
      const mixed = [monitorIdSchema.parse("1-50"), ...settled];
      expect(settledOf(...mixed)).toEqual(mixed);
    }
    expect(bytesOf(named(...fifty)) - bytesOf(named())).toBeLessThan(10);
    expect(bytesOf(named(...ids)) - bytesOf(named())).toBeGreaterThan(200);
  });

  it("are read by the words that they were packed with", () => {
    const v = Buffer.from(PACKED_BEFORE, "base64");
    expect(statusesOf({ v, r: 3 })).toEqual({ values: valuesOf(2), revision: 3 });
  });

  it("are read whole where they are more than most", () => {
    const values = valuesOf(1_000);
    const random = seeded(7);
    const unlike = values.held.map((one) => ({ ...one, ownerId: `person ${random()} ${random()} ${random()}` }));
    const given = { ...values, held: unlike };
    expect(JSON.stringify(unlike).length).toBeGreaterThan(200_000);
    expect(statusesOf(stored(given))).toEqual({ values: given, revision: 3 });
  });

  it("are refused where their bytes are damaged", () => {
    const bytes = packedOf(valuesOf(3));
    for (const cut of [0, 1, 20, bytes.length - 1])
      expect(() => statusesOf({ v: bytes.subarray(0, cut), r: 3 }), `${cut}`).toThrow(/unexpected (?:EOF|end)|JSON/i);
    expect(() => statusesOf({ v: deflateRawSync('{"held":[[{"statusId":"a"}]]}'), r: 3 })).toThrow("invalid");
    const told = { ...valuesOf(1).held[0]?.told, variables: "none" };
    const held = valuesOf(1).held.map((one) => ({ ...one, told }));
    expect(() => statusesOf({ ...valuesOf(1), held, r: 3 })).toThrow("variables");
  });

  it("take a tenth of their texts when there are many, and a sixth when there are few", () => {
    expect(bytesOf(valuesOf(50))).toBeLessThan(JSON.stringify(valuesOf(50)).length / 10);
    expect(bytesOf(valuesOf(4))).toBeLessThan(JSON.stringify(valuesOf(4)).length / 6);
  });
});
