import { describe, expect, it } from "vitest";
import { makeSalesPlan, newPlanSchema } from "../sales-plans/sales-plan.ts";
import { planIdSchema, statusIdSchema } from "../platform/ids.ts";
import { currencySchema, toInstant } from "../platform/values.ts";
import { leadPayloadSchema } from "./lead-payload.ts";
import { usableTerms } from "./usable-terms.ts";

const now = toInstant(Date.UTC(2026, 10, 23));
const made = makeSalesPlan(newPlanSchema.parse({ name: "Courses", averageAmount: "199.00" }), {
  planId: planIdSchema.parse("pln_courses"),
  statusIds: ["st_new", "st_talk", "st_won", "st_lost"].map((id) => statusIdSchema.parse(id)),
  createdAt: now,
  currency: currencySchema.parse("EUR"),
});
if (!made.ok) throw new Error(made.message);
const plan = made.value;

function termsOf(given: object) {
  const lead = leadPayloadSchema.parse({ person: { email: "ok@x.com" }, ...given });
  const usable = usableTerms(plan, { lead, notUsed: [] }, new Map(), now);
  if (!usable.ok) throw new Error(usable.message);
  const { terms, notUsed } = usable.value;
  return { ...terms, notUsed: notUsed.map(({ path, code }) => `${path} ${code}`) };
}

describe("a lead whose plan cannot use some of its fields", () => {
  it.each<[object, string[], object]>([
    [{ deal: { amount: "10.555" } }, ["deal.amount amount-not-exact"], { amountMinor: 19_900, currency: "EUR" }],
    [{ deal: { amount: "-1" } }, ["deal.amount amount-negative"], { amountMinor: 19_900 }],
    [{ deal: { currency: "JPY" } }, ["deal.currency amount-missing"], { currency: "EUR" }],
    [
      { deal: { amount: "1.5", currency: "JPY" } },
      ["deal.amount amount-not-exact", "deal.currency amount-missing"],
      { amountMinor: 19_900, currency: "EUR" },
    ],
    [
      { deal: { amount: { minor: 5, currency: "USD" }, currency: "EUR" } },
      ["deal.amount amount-other-currency"],
      { amountMinor: 19_900, currency: "EUR" },
    ],
    [{ deal: { statusId: "st_nowhere" } }, ["deal.statusId unknown-status"], { statusId: "st_new" }],
    [{ deal: { reasonId: "rsn_none" } }, ["deal.reasonId reason-not-allowed"], { statusId: "st_new" }],
    [{ assign: { managerId: "nobody" } }, ["assign.managerId not-a-member"], { statusId: "st_new" }],
  ])("D1: %j leaves out %j", (given, notUsed, terms) => {
    expect(termsOf(given)).toMatchObject({ notUsed, ...terms });
  });

  it("takes minor units in the currency that they name", () => {
    expect(termsOf({ deal: { amount: { minor: 1_900, currency: "JPY" } } })).toMatchObject({
      amountMinor: 1_900,
      currency: "JPY",
      notUsed: [],
    });
  });
});
