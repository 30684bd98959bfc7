import { dealFields } from "@regulars/core/deals/deal-fields";
import { ownDealFormat } from "@regulars/core/deals/deal-formats";
import type { RawRecord } from "@regulars/core/imports/file-format";
import { type PlanId, dealIdSchema, reasonIdSchema } from "@regulars/core/platform/ids";
import { importDeals } from "@regulars/flows/deals/import-deals";
import { ingestDeals } from "@regulars/flows/deals/ingest-deals";
import { expect, it } from "vitest";
import { type SalesPlanFixture, aSalesPlan } from "../fixtures/sales-plan.ts";
import { anna } from "./samples/values.ts";

const dealId = dealIdSchema.parse("D-1");
const reasonId = reasonIdSchema.parse("rsn_price");
const columns = Object.keys(dealFields);

/** A lost deal with every column. */
const row: RawRecord = {
  dealId,
  title: "Course A",
  externalId: "sub881",
  name: "Olena K.",
  email: "olena@example.com",
  phone: "+380501234567",
  amount: "199.00",
  currency: "USD",
  status: "Lost",
  managerId: anna,
  reasonId,
  clarification: "Too dear for a year",
  createdAt: "2026-10-02 09:30",
  closedAt: "2026-10-20 12:00",
};

const ways = {
  CSV: (fixture: SalesPlanFixture, planId: PlanId, record: RawRecord) =>
    importDeals({
      context: fixture.context,
      planId,
      format: ownDealFormat,
      records: (async function* () {
        yield await Promise.resolve({ line: 2, record });
      })(),
      users: [anna],
      onReject: () => undefined,
      actorId: "command",
    }),
  JSON: (fixture: SalesPlanFixture, planId: PlanId, record: RawRecord) =>
    ingestDeals({
      context: fixture.context,
      planId,
      items: [record],
      users: [anna],
      actorId: "command",
      requestId: "req-1",
    }),
} as const;

/** The deal and its person as a fresh tenant has stored them, without the ids that were made for them. */
async function storedAfter(way: keyof typeof ways, record: RawRecord) {
  const fixture = aSalesPlan();
  const { salesPlans, deals, contacts } = fixture.testTenant.store.sales;
  await salesPlans.saveReason({ reasonId, name: "Price", needsClarification: false, isArchived: false });
  const statuses = [
    { name: "New", kind: "intermediate" },
    { name: "Won", kind: "won" },
    { name: "Lost", kind: "lost", refusal: { isRequired: false, reasonIds: [reasonId] } },
  ];
  const { planId } = await fixture.plan("related>least", [anna], { statuses });
  expect(await ways[way](fixture, planId, record)).toMatchObject({ ok: true });
  const stored = await deals.deal(dealId);
  if (stored === undefined) return undefined;
  const { planId: _planId, personId, statusId: _statusId, ...deal } = stored;
  const { personId: _personId, createdAt: _createdAt, ...person } = (await contacts.person(personId)) ?? {};
  return { deal, person };
}

it("a deal has a sample with every column of its file", () => {
  expect(Object.keys(row)).toEqual(columns);
});

it("a deal is stored alike from CSV and from JSON, with all that it says", async () => {
  const fromFile = await storedAfter("CSV", row);
  expect(fromFile).toMatchObject({
    deal: {
      title: "Course A",
      amountMinor: 19_900,
      currency: "USD",
      managerId: anna,
      createdAt: "2026-10-02T09:30:00.000Z",
    },
    person: { externalId: "sub881", name: "Olena K.", email: "olena@example.com", phone: "+380501234567" },
  });
  expect(fromFile?.deal.closing).toMatchObject({ kind: "lost", reasonId, clarification: row["clarification"] });
  expect(await storedAfter("JSON", row)).toEqual(fromFile);
});

it.each(["CSV", "JSON"] as const)(
  "a deal is stored otherwise, or refused, when %s lacks any one column",
  async (way) => {
    const whole = await storedAfter(way, row);
    for (const column of columns) {
      const { [column]: _left, ...rest } = row;
      expect([column, await storedAfter(way, rest)]).not.toEqual([column, whole]);
    }
  },
);
