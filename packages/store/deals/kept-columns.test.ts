import { afterEach, expect, it, vi } from "vitest";
import type { Deal } from "@regulars/core/deals/deal";
import { contactIdSchema, dealIdSchema, planIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import { currencySchema, minor, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { countCalls } from "../../../test/bench/counted-calls.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";
import { openTenantStore } from "../tenant-store.ts";
import { dealItem } from "./deal-writes.ts";

const PLAN = planIdSchema.parse("pln_kept");
const NEW = statusIdSchema.parse("st_new");
const TALK = statusIdSchema.parse("st_talk");
const ANNA = userIdSchema.parse("anna");
const BOB = userIdSchema.parse("bob");
const PAGE = { limit: 21, isAscending: false };
const TWO_MINUTES_MS = 120_000;

const deal = (id: string, managerId = ANNA): Deal => ({
  dealId: dealIdSchema.parse(id),
  planId: PLAN,
  personId: contactIdSchema.parse(`per_${id}`),
  title: id,
  amountMinor: minor(100),
  currency: currencySchema.parse("EUR"),
  statusId: NEW,
  managerId,
  isExtra: false,
  version: 1,
  createdAt: toInstant(0),
  changedAt: toInstant(0),
});

const imported = ({ store }: TestTenant, deals: readonly Deal[]) =>
  store.sales.dealImports.save(
    deals.map((one) => ({ deal: one, newIdentities: [] })),
    { at: toInstant(0), actorId: "command", requestId: "req" },
  );

const changed = async ({ store }: TestTenant, before: Deal, fields: Partial<Deal>): Promise<Deal> => {
  const after = { ...before, ...fields, version: before.version + 1 };
  const log = { action: "updated", at: toInstant(0), actorId: "user:anna", requestId: `r${after.version}` } as const;
  expect(await store.sales.deals.save({ before, after, log })).toBe("saved");
  return after;
};

/** The titles of a column as a request that only reads sees them, and the calls of the database that it took. */
async function columnOf({ table, tenant }: TestTenant, statusId = NEW, managerId?: Deal["managerId"]) {
  await indexesCaughtUp();
  const { deals } = openTenantStore(table, tenant, { heads: { nameOf: () => undefined } }).sales;
  let titles: string[] = [];
  const calls = countCalls(table);
  const { count } = await calls.of(async () => {
    await deals.counts(PLAN);
    titles = (await deals.columnPage(PLAN, { statusId, managerId }, PAGE)).map(({ title }) => title);
  });
  calls.stop();
  return { titles: titles.toSorted(), count };
}

/** As `columnOf`, after the counters have been what they are for some minutes, and the column was read. */
async function settledColumnOf(...asked: Parameters<typeof columnOf>) {
  await columnOf(...asked);
  const now = performance.now();
  vi.spyOn(performance, "now").mockImplementation(() => now + TWO_MINUTES_MS / 2 + 1);
  await columnOf(...asked);
  return columnOf(...asked);
}

afterEach(() => vi.restoreAllMocks());

it("is read once while the counters of its plan, or of its manager, stay as they are", async () => {
  const testTenant = aTenantStore();
  await imported(testTenant, [deal("a"), deal("b", BOB)]);
  expect(await columnOf(testTenant)).toEqual({ titles: ["a", "b"], count: 2 });
  expect(await columnOf(testTenant)).toEqual({ titles: ["a", "b"], count: 2 });
  expect(await settledColumnOf(testTenant)).toEqual({ titles: ["a", "b"], count: 1 });
  expect(await settledColumnOf(testTenant, NEW, ANNA)).toEqual({ titles: ["a"], count: 1 });
  await changed(testTenant, deal("b", BOB), { title: "b2" });
  // Bob's deals are not Anna's.
  expect(await columnOf(testTenant, NEW, ANNA)).toEqual({ titles: ["a"], count: 1 });
  expect(await columnOf(testTenant)).toEqual({ titles: ["a", "b2"], count: 2 });
});

it("is read anew after any change of one of its deals, one that changes no number too", async () => {
  const testTenant = aTenantStore();
  await imported(testTenant, [deal("a"), deal("b")]);
  let [a, b] = [deal("a"), deal("b")];
  const seen = async (): Promise<unknown[]> => {
    const columns = [];
    for (const [statusId, managerId] of [[NEW], [TALK], [NEW, ANNA], [NEW, BOB]] as const)
      columns.push((await settledColumnOf(testTenant, statusId, managerId)).titles.join());
    return columns;
  };
  expect(await seen()).toEqual(["a,b", "", "a,b", ""]);
  a = await changed(testTenant, a, { title: "c" });
  expect(await seen()).toEqual(["b,c", "", "b,c", ""]);
  a = await changed(testTenant, a, { statusId: TALK });
  expect(await seen()).toEqual(["b", "c", "b", ""]);
  // Two deals change places: every number is as it was.
  b = await changed(testTenant, b, { statusId: TALK });
  a = await changed(testTenant, a, { statusId: NEW });
  expect(await seen()).toEqual(["c", "b", "c", ""]);
  a = await changed(testTenant, a, { managerId: BOB });
  expect(await seen()).toEqual(["c", "b", "", "c"]);
  await changed(testTenant, a, { removedAt: toInstant(1) });
  expect(await seen()).toEqual(["", "b", "", ""]);
});

it("is never kept by counters that do not count their changes, as older ones", async () => {
  const { operations, keys, ...testTenant } = aTenantStore();
  await operations.put(dealItem(keys, deal("a")));
  await operations.put({ ...keys.dealCount(PLAN, ANNA), [`n:${NEW}`]: 1 });
  expect(await settledColumnOf({ operations, keys, ...testTenant })).toEqual({ titles: ["a"], count: 2 });
});
