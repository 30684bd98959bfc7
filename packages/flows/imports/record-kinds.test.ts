import { TEST_NOW } from "@regulars/core/testing";
import { ownFormat } from "@regulars/core/imports/formats/formats";
import type { IngestKind } from "@regulars/core/imports/ingest-schemas";
import { type ExternalId, customerIdSchema, day, externalIdSchema, itemIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore, all } from "../../../test/fixtures/tenant.ts";
import { ingestBatch } from "./ingest-batch.ts";
import { memoryGrouper } from "./memory-grouper.ts";
import { importRecords } from "./import-records.ts";

type Cells = Readonly<Record<string, string>>;

const ACME = customerIdSchema.parse("acme");
const BAKER = customerIdSchema.parse("baker");

describe("records other than orders and invoices", () => {
  let testTenant: TestTenant;
  const ingest = async (kind: IngestKind, ...items: readonly unknown[]) =>
    (await ingestBatch({ now: TEST_NOW, tenant: testTenant.tenant, kind, items, imports: testTenant.store.imports }))
      .results;
  const run = async (kind: IngestKind, rows: readonly Cells[], absentColumns: readonly string[] = []) => {
    const rejects: string[] = [];
    const report = await importRecords({
      now: TEST_NOW,
      tenant: testTenant.tenant,
      format: ownFormat(kind),
      records: recordsOf(rows),
      grouper: memoryGrouper(),
      imports: testTenant.store.imports,
      absentColumns,
      onReject: ({ line, reason }) => rejects.push(`${line}: ${reason}`),
    });
    return { ...report, rejects };
  };
  async function* recordsOf(rows: readonly Cells[]) {
    for (const [i, record] of rows.entries()) yield await Promise.resolve({ line: i + 2, record });
  }
  const activitiesOf = async (customerId: typeof ACME, from?: string, to?: string) =>
    (
      await all(
        testTenant.store.records.activitiesOf(customerId, {
          ...(from === undefined ? {} : { from: day(from) }),
          ...(to === undefined ? {} : { to: day(to) }),
        }),
      )
    ).map(({ activityId }) => activityId);
  const anActivity = (given: Cells = {}): Cells => ({
    activityId: "A-1",
    type: "call",
    customerId: "acme",
    occurredAt: "2026-01-05",
    ...given,
  });
  beforeEach(async () => {
    testTenant = aTenantStore();
    const itemIds = ["A", "B", "gun", "bullet", "oil"].map((id) => itemIdSchema.parse(id));
    await testTenant.store.imports.saveItems(itemIds.map((itemId) => ({ itemId })));
  });

  it.each([
    ["activities", anActivity()],
    ["sales", { saleId: "S-1", customerId: "acme", saleDate: "2026-01-05", amount: "10" }],
    ["requests", { requestId: "T-1", customerId: "acme", createdAt: "2026-01-05" }],
    ["projects", { projectId: "P-1", customerId: "acme", name: "Bar" }],
    ["links", { itemId: "A", linkedItemId: "B", ratio: "2" }],
    ["leads", { externalId: "x1", email: "o@x.ua" }],
  ] as const)(
    "of kind %s are the same by file and by batch: what a file brought, a batch finds unchanged",
    async (kind, row) => {
      expect(await run(kind, [row])).toMatchObject({ created: 1, rejects: [] });
      expect(await testTenant.writesOf(() => run(kind, [row]))).toBe(0);
      expect((await ingest(kind, row)).map(({ outcome }) => outcome)).toEqual(["unchanged"]);
    },
  );

  it("move when their day or their customer changes, and are stored once", async () => {
    await run("activities", [anActivity(), anActivity({ activityId: "A-2", occurredAt: "2026-01-04" })]);
    expect(await activitiesOf(ACME)).toEqual(["A-2", "A-1"]);
    expect(await run("activities", [anActivity({ occurredAt: "2026-01-03" })])).toMatchObject({ changed: 1 });
    expect(await activitiesOf(ACME)).toEqual(["A-1", "A-2"]);
    await run("activities", [anActivity({ customerId: "baker" })]);
    expect([await activitiesOf(ACME), await activitiesOf(BAKER)]).toEqual([["A-2"], ["A-1"]]);
  });

  it("are read by days, both ends included", async () => {
    const days = ["2026-01-03", "2026-01-04", "2026-01-05", "2026-01-06"];
    await run(
      "activities",
      days.map((occurredAt, i) => anActivity({ activityId: `A-${i}`, occurredAt })),
    );
    expect(await activitiesOf(ACME, "2026-01-04", "2026-01-05")).toEqual(["A-1", "A-2"]);
    expect(await activitiesOf(ACME, "2026-01-05")).toEqual(["A-2", "A-3"]);
    expect(await activitiesOf(ACME, undefined, "2026-01-03")).toEqual(["A-0"]);
  });

  it("written by two at once are stored once", async () => {
    const other = testTenant.another();
    const items = Array.from({ length: 40 }, (_, i) => anActivity({ activityId: `A-${i}` }));
    const results = await Promise.all(
      [testTenant, other].map(({ store, tenant }) =>
        ingestBatch({ now: TEST_NOW, tenant, kind: "activities", items, imports: store.imports }),
      ),
    );
    const outcomes = results.flatMap((report) => report.results.map(({ outcome }) => outcome));
    expect(outcomes.filter((outcome) => outcome === "created").length).toBe(40);
    expect(outcomes.filter((outcome) => outcome === "unchanged").length).toBe(40);
    expect((await activitiesOf(ACME)).length).toBe(40);
  });

  it("that are activities without a customer belong to their person's customer, whichever is imported first", async () => {
    await run("persons", [{ personId: "p-1", customerId: "baker" }]);
    const rows = ["p-1", "p-2"].map((personId, i) => anActivity({ activityId: `A-${i}`, customerId: "", personId }));
    expect(await run("activities", rows)).toMatchObject({ created: 2, rejects: [] });
    expect(await activitiesOf(BAKER)).toEqual(["A-0"]);
    await run("persons", [{ personId: "p-2", customerId: "baker" }]);
    expect(await activitiesOf(BAKER)).toEqual(["A-0", "A-1"]);
    expect(await run("activities", rows)).toMatchObject({ created: 0, changed: 0, unchanged: 2 });
    expect((await ingest("activities", { ...anActivity(), customerId: undefined }))[0]?.errors).toMatchObject([
      { path: "customerId", code: "no-customer" },
    ]);
  });

  it("that are sales, requests and projects are read at their customer", async () => {
    await ingest("sales", {
      saleId: "S-1",
      customerId: "acme",
      saleDate: "2026-01-05",
      amount: { minor: 5, currency: "JPY" },
    });
    await ingest("requests", { requestId: "T-1", customerId: "acme", createdAt: "2026-01-05", closedAt: "2026-01-06" });
    await ingest("projects", { projectId: "P-1", customerId: "acme" });
    const { salesOf, requestsOf, projectsOf } = testTenant.store.records;
    expect(await all(salesOf(ACME))).toEqual([
      { saleId: "S-1", customerId: "acme", status: "open", saleOn: "2026-01-05", amountMinor: 5, currency: "JPY" },
    ]);
    expect(await all(requestsOf(ACME))).toEqual([
      {
        requestId: "T-1",
        customerId: "acme",
        createdAt: "2026-01-05T00:00:00.000Z",
        createdOn: "2026-01-05",
        closedAt: "2026-01-06T00:00:00.000Z",
        closedOn: "2026-01-06",
      },
    ]);
    expect(await all(projectsOf(ACME))).toEqual([{ projectId: "P-1", customerId: "acme" }]);
    expect(await all(projectsOf(BAKER))).toEqual([]);
  });

  it("that are requests are replaced whole, projects keep fields that an item does not have", async () => {
    await ingest("requests", { requestId: "T-1", customerId: "acme", createdAt: "2026-01-05", closedAt: "2026-01-06" });
    await ingest("requests", { requestId: "T-1", customerId: "acme", createdAt: "2026-01-05" });
    expect((await all(testTenant.store.records.requestsOf(ACME)))[0]).not.toHaveProperty("closedAt");
    await ingest("projects", { projectId: "P-1", customerId: "acme", name: "Bar", status: "ongoing" });
    await ingest("projects", { projectId: "P-1", customerId: "baker", status: null });
    expect(await all(testTenant.store.records.projectsOf(BAKER))).toEqual([
      { projectId: "P-1", customerId: "baker", name: "Bar" },
    ]);
    expect(await all(testTenant.store.records.projectsOf(ACME))).toEqual([]);
  });

  it("that are links belong to both items, each direction its own, also when a file names one item often", async () => {
    const rows = [
      { itemId: "gun", linkedItemId: "bullet", linkedRatio: "24" },
      { itemId: "gun", linkedItemId: "oil" },
      { itemId: "bullet", linkedItemId: "gun", ratio: "24" },
      { itemId: "gun", linkedItemId: "" },
    ];
    expect(await run("links", rows)).toMatchObject({ created: 3, rejects: ["5: linkedItemId is missing"] });
    expect((await testTenant.store.records.links()).map((link) => Object.values(link).join(" "))).toEqual([
      "bullet gun 24 1",
      "gun bullet 1 24",
      "gun oil 1 1",
    ]);
    expect((await ingest("links", { itemId: "gun", linkedItemId: "oil", ratio: 1.5 }))[0]).toMatchObject({
      id: "gun#oil",
      errors: [{ path: "ratio", message: "is not a whole number from 1 to 1000 (given 1.5)" }],
    });
  });

  it("that are links are rejected with the value and what is allowed, and the others are saved", async () => {
    const rows = [
      { itemId: "gun", linkedItemId: "bullet", linkedRatio: "24" },
      { itemId: "gun", linkedItemId: "gun" },
      { itemId: "gun", linkedItemId: "oil", ratio: "0" },
      { itemId: "gun", linkedItemId: "oil", ratio: "-1" },
      { itemId: "gun", linkedItemId: "oil", ratio: "1.5" },
      { itemId: "gun", linkedItemId: "oil", linkedRatio: "1001" },
      { itemId: "gun", linkedItemId: "oil", lagDays: "-1" },
      { itemId: "gun", linkedItemId: "oil", lagDays: "93" },
      { itemId: "bullet", linkedItemId: "gun", ratio: "12" },
      { itemId: "gun", linkedItemId: "powder" },
      { itemId: "A", linkedItemId: "B" },
    ];
    const { created, rejects } = await run("links", rows);
    expect(created).toBe(2);
    expect(rejects.toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))).toEqual([
      "3: linkedItemId is the item itself, gun",
      '4: ratio "0" is not a whole number from 1 to 1000',
      '5: ratio "-1" is not a whole number from 1 to 1000',
      '6: ratio "1.5" is not a whole number from 1 to 1000',
      '7: linkedRatio "1001" is not a whole number from 1 to 1000',
      '8: lagDays "-1" is not a whole number of days from 0 to 365',
      '9: lagDays "93" is longer than the 3 months that are compared: 0 to 92 are allowed',
      '10: ratio "12:1" from bullet to gun contradicts 1:24 from gun to bullet: 24:1 or a multiple of it is allowed',
      '11: linkedItemId "powder" is no item that was imported or ordered: import it first',
    ]);
    expect(await ingest("links", { itemId: "bullet", linkedItemId: "gun" })).toMatchObject([
      { outcome: "rejected", errors: [{ path: "ratio", code: "contradicts" }] },
    ]);
  });

  it("that are links change in both directions together, and each by itself only as the other one allows", async () => {
    const both = (linkedRatio: number) => [
      { itemId: "gun", linkedItemId: "bullet", ratio: 1, linkedRatio },
      { itemId: "bullet", linkedItemId: "gun", ratio: linkedRatio, linkedRatio: 1 },
    ];
    const outcomes = async (...links: readonly object[]) =>
      (await ingest("links", ...links)).map(({ outcome }) => outcome);
    expect(await outcomes(...both(24))).toEqual(["created", "created"]);
    expect(await outcomes(...both(24))).toEqual(["unchanged", "unchanged"]);
    expect(await outcomes(...both(12).toReversed())).toEqual(["changed", "changed"]);
    expect(await outcomes(...both(24).slice(0, 1))).toEqual(["rejected"]);
    expect(await outcomes({ itemId: "bullet", linkedItemId: "gun", ratio: 24, linkedRatio: 2 })).toEqual(["changed"]);
  });

  it("that are links of a pair never contradict each other, however many are saved at once", async () => {
    const contradicting = [
      { itemId: "gun", linkedItemId: "bullet", linkedRatio: 24 },
      { itemId: "bullet", linkedItemId: "gun", linkedRatio: 24 },
    ];
    for (let round = 0; round < 5; round += 1) {
      testTenant = testTenant.another();
      const { tenant } = testTenant;
      await Promise.all(
        contradicting.map((item) => {
          const { imports } = testTenant.another().store;
          return ingestBatch({ now: TEST_NOW, tenant, kind: "links", items: [item], imports });
        }),
      );
      const links = await testTenant.store.records.links();
      expect(links).toHaveLength(1);
      for (const link of links)
        await testTenant.operations.delete(testTenant.keys.link(link.itemId, link.linkedItemId));
    }
  });

  it("that are leads are found by their external id, and listed page by page", async () => {
    await ingest("leads", ...Array.from({ length: 5 }, (_, i) => ({ externalId: `x${i}`, name: `Lead ${i}` })));
    const { findLead, leads } = testTenant.store.records;
    expect(await findLead(externalIdSchema.parse("x3"))).toEqual({ externalId: "x3", name: "Lead 3" });
    expect(await findLead(externalIdSchema.parse("x9"))).toBeUndefined();
    const pages: string[][] = [];
    let after: ExternalId | undefined;
    do {
      const page = await leads(2, after);
      pages.push(page.leads.map(({ externalId }) => externalId));
      after = page.next;
    } while (after !== undefined);
    expect(pages).toEqual([["x0", "x1"], ["x2", "x3"], ["x4"]]);
  });

  it("that are leads keep fields that an item does not have, an amount with its currency", async () => {
    const lead = async () => testTenant.store.records.findLead(externalIdSchema.parse("x1"));
    await ingest("leads", { externalId: "x1", name: "Olena", amount: "199", currency: "UAH" });
    await ingest("leads", { externalId: "x1", phone: "+380" });
    expect(await lead()).toEqual({
      externalId: "x1",
      name: "Olena",
      phone: "+380",
      amountMinor: 19_900,
      currency: "UAH",
    });
    await ingest("leads", { externalId: "x1", amount: "5" });
    expect(await lead()).toMatchObject({ amountMinor: 500, currency: "EUR" });
    await run(
      "leads",
      [{ externalId: "x1", name: "Olena K." }],
      ["email", "phone", "customerId", "title", "amount", "currency"],
    );
    expect(await lead()).toMatchObject({ name: "Olena K.", phone: "+380", amountMinor: 500 });
    await ingest("leads", { externalId: "x1", amount: null });
    expect(await lead()).toEqual({ externalId: "x1", name: "Olena K.", phone: "+380" });
  });
});
