import { type Agenda, agendaName } from "@regulars/core/monitors/agenda";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { customerIdSchema, day, dayNumber, toDayNumber } from "@regulars/core/platform/values";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_ENTRIES, agendaIn, packAgenda } from "./agendas.ts";
import { monitorsKeys } from "./keys.ts";

const SETTLED_ON = day("2026-11-22");
const anAgenda = (entries: Agenda["entries"]): Agenda => ({
  shard: 3,
  settledOn: SETTLED_ON,
  book: "k3x",
  settled: [monitorIdSchema.parse("neglected")],
  entries,
});
const key = monitorsKeys((family) => family).agenda(3);
const packed = (agenda: Agenda): Agenda => {
  const read = agendaIn({ ...key, ...packAgenda(agenda) });
  if (read === undefined) throw new Error("it cannot be read");
  return read;
};

describe("the agenda of a shard", () => {
  it("is the same when it is read again, for any customers, checks and days", () => {
    const entry = fc.record({
      id: fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/),
      check: fc.nat(),
      days: fc.nat(20_000),
      owners: fc.uniqueArray(fc.nat(0xffff_ffff), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: ({ id }) => id, maxLength: 40 }), (given) => {
        const entries = new Map(
          given.map(({ id, check, days, owners }) => [
            agendaName(customerIdSchema.parse(id)),
            {
              check,
              ...(days % 3 === 0 ? {} : { nextChangeOn: dayNumber(toDayNumber(SETTLED_ON) + days) }),
              ...(owners.length === 0 ? {} : { owners: new Set(owners) }),
            },
          ]),
        );
        const read = packed(anAgenda(entries));
        expect(read).toEqual({ ...anAgenda(entries), entries: expect.any(Map) });
        expect(new Map([...read.entries].toSorted(([a], [b]) => a - b))).toEqual(
          new Map([...entries].toSorted(([a], [b]) => a - b)),
        );
      }),
    );
  });

  it("is none when it cannot be read", () => {
    expect(agendaIn({ ...key, ...packAgenda(anAgenda(new Map())), settled: ["neglected"] })).toBeUndefined();
  });

  it("is read with no monitor settled, and with those of an earlier version", () => {
    for (const settled of [[], [1, 2, 5], [monitorIdSchema.parse("cool"), 3]])
      expect(packed({ ...anAgenda(new Map()), settled }).settled).toEqual(settled);
  });

  it("names customers apart, and packs no more of them than an item holds", () => {
    const ids = Array.from({ length: 50_000 }, (_, index) => customerIdSchema.parse(`C-${index}`));
    const names = ids.map(agendaName);
    expect(new Set(names).size).toBe(50_000);
    const { v } = packAgenda(anAgenda(new Map(names.map((name) => [name, { check: 1 }]))));
    expect(v).toHaveLength(MOST_ENTRIES * 12);
    const crowded = new Map(names.map((name) => [name, { check: 1, owners: new Set([1, 2, 3]) }]));
    const { v: ofEntries, o: ofOwners } = packAgenda(anAgenda(crowded));
    expect(ofEntries).toHaveLength(154_284);
    expect(ofOwners).toHaveLength(205_712);
  });
});
