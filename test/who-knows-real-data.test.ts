import { day, toInstant } from "@regulars/core/platform/values";
import { ownFormat } from "@regulars/core/imports/formats/formats";
import type { RawRecord } from "@regulars/core/imports/file-format";
import { importRecords } from "@regulars/flows/imports/import-records";
import { memoryGrouper } from "@regulars/flows/imports/memory-grouper";
import { askWhoKnows } from "@regulars/flows/who-knows/ask-who-knows";
import { findSomebody } from "@regulars/flows/who-knows/find-target";
import { describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore } from "./fixtures/tenant.ts";
import { valueOf } from "./fixtures/value-of.ts";
import { E_MAILS, hasRealData, realAnswers, realRows } from "./fixtures/real-data.ts";

/** Who knows whom on a year of a real company's e-mails with ten people, imported as its own file format. */

const isThere = hasRealData(import.meta.url);

const NOW = toInstant(Date.parse("2001-01-01T06:00:00Z"));
const AS_OF = day("2000-12-31");
const WEEK_MS = 7 * 86_400_000;

interface Expected {
  readonly asOf: string;
  readonly top5: Readonly<Record<string, readonly object[]>>;
}

const rows = (): RawRecord[] => realRows(E_MAILS);
const expected = (): Expected => realAnswers("who_knows_whom_2000-12-31.json");

async function importRows({ tenant, store }: TestTenant, records: readonly RawRecord[]) {
  async function* lines() {
    for (const [i, record] of records.entries()) yield await Promise.resolve({ line: i + 2, record });
  }
  const rejects: string[] = [];
  const { created, unchanged } = await importRecords({
    now: NOW,
    tenant,
    format: ownFormat("activities"),
    records: lines(),
    grouper: memoryGrouper(),
    imports: store.imports,
    absentColumns: [],
    onReject: ({ reason }) => rejects.push(reason),
  });
  expect(rejects).toEqual([]);
  return { created, unchanged };
}

async function topOf({ tenant, store }: TestTenant, personIds: readonly string[]) {
  const stores = { store: store.whoKnows, contacts: store.sales.contacts };
  const top: Record<string, object[]> = {};
  for (const personId of personIds) {
    const target = { type: "person", somebody: valueOf(await findSomebody(stores, personId)) } as const;
    const known = valueOf(await askWhoKnows({ tenant, store: store.whoKnows, target, asOf: AS_OF, now: NOW }));
    top[personId] = known.colleagues.map(({ userId, strength, label, lastOn }) => ({
      userId,
      strength,
      label,
      lastOn,
    }));
  }
  return top;
}

/** The same rows in an order without meaning, the same each time. */
const shuffled = (records: readonly RawRecord[]): RawRecord[] =>
  records
    .map((record, i) => ({ record, place: (i * 7919) % 2803 }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ record }) => record);

describe.skipIf(!isThere)("a year of e-mails", () => {
  it("RH13: gives the five colleagues of each person with strengths, labels and last days, and the file twice changes nothing", async () => {
    const testTenant = aTenantStore();
    const { top5 } = expected();
    expect(await importRows(testTenant, rows())).toEqual({ created: 2801, unchanged: 0 });
    expect(await topOf(testTenant, Object.keys(top5))).toEqual(top5);
    expect(await importRows(testTenant, rows())).toEqual({ created: 0, unchanged: 2801 });
    for (const shard of testTenant.store.shards) await testTenant.store.rebuild(shard);
    expect(await topOf(testTenant.another(), Object.keys(top5))).toEqual(top5);
  });

  it("RH13: gives the same when they come in any order and week by week, packed in between", async () => {
    const testTenant = aTenantStore();
    const { top5 } = expected();
    const weeks = Map.groupBy(shuffled(rows()), ({ occurredAt = "" }) => Math.floor(Date.parse(occurredAt) / WEEK_MS));
    for (const [nth, records] of [...weeks.values()].entries()) {
      await importRows(testTenant, records);
      if (nth % 20 === 19) for (const shard of testTenant.store.shards) await testTenant.store.rebuild(shard);
    }
    expect(weeks.size).toBeGreaterThan(50);
    expect(await topOf(testTenant, Object.keys(top5))).toEqual(top5);
  });
});
