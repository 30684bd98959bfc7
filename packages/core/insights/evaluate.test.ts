import { describe, expect, it } from "vitest";
import type { Closure } from "../platform/closure.ts";
import type { CustomerSnapshot } from "./customer-snapshot.ts";
import { aHistory } from "../testing.ts";
import { measuresOfGap } from "./testing.ts";
import { type Day, customerIdSchema, day, userIdSchema } from "../platform/values.ts";
import { closuresOf, evaluateCustomer, reevaluate } from "./evaluate.ts";
import { threeKinds } from "../../../test/fixtures/three-kinds.ts";

const kinds = threeKinds.configure({});
const AS_OF = day("2026-09-25");
const RHYTHM = ["2026-06-01", "2026-06-15", "2026-07-01", "2026-07-14", "2026-08-03", "2026-08-10"];
const anyone = () => true;

/** Silent for 46 days, with two unpaid invoices. */
const aSnapshot = (repId?: string): CustomerSnapshot => ({
  customer: {
    customerId: customerIdSchema.parse("acme"),
    repId: repId === undefined ? undefined : userIdSchema.parse(repId),
  },
  history: aHistory({
    asOf: AS_OF,
    orderedOn: RHYTHM,
    receivables: [
      { invoiceId: "A", dueOn: "2026-08-01" },
      { invoiceId: "B", dueOn: "2026-09-25" },
    ],
  }),
  findings: [],
  dismissals: [],
  statuses: { values: undefined, revision: 0 },
  stamp: () => "",
  outPersons: new Set(),
  mayHaveSalesAhead: () => false,
  activities: () => [],
  records: () => ({ activities: [], sales: [], requests: [], projects: [] }),
});

describe("an evaluation", () => {
  it("has every kind's findings, and names the kinds that had enough history to say anything", () => {
    const { eligible, findings } = evaluateCustomer(aSnapshot("u-1"), kinds, AS_OF, anyone, undefined);
    expect(eligible).toEqual(["overdue-payments", "churn-risk"]);
    expect(findings.map(({ id, level, repId }) => [id, level, repId])).toEqual([
      ["overdue-payments:acme", "high", "u-1"],
      ["churn-risk:acme", "high", "u-1"],
    ]);
  });

  it("gives the findings of a rep who is not a user no rep", () => {
    const { findings } = evaluateCustomer(aSnapshot("u-9"), kinds, AS_OF, (userId) => userId !== "u-9", undefined);
    expect(findings.map(({ repId }) => repId)).toEqual([undefined, undefined]);
  });

  it("of a customer without a history has nothing", () => {
    const snapshot = { ...aSnapshot(), history: aHistory({ asOf: AS_OF }) };
    expect(evaluateCustomer(snapshot, kinds, AS_OF, anyone, undefined)).toEqual({ eligible: [], findings: [] });
  });

  it("counts a kind as eligible although it finds nothing", () => {
    const snapshot = { ...aSnapshot(), history: aHistory({ asOf: AS_OF, receivables: [{ dueOn: "2026-09-26" }] }) };
    expect(evaluateCustomer(snapshot, kinds, AS_OF, anyone, undefined)).toEqual({
      eligible: ["overdue-payments"],
      findings: [],
    });
  });
});

describe("a stored finding", () => {
  const measures = measuresOfGap(AS_OF, 20);
  const [, churn] = evaluateCustomer(aSnapshot("u-1"), kinds, AS_OF, anyone, measures).findings;
  const kind = kinds.find(({ id }) => id === "churn-risk");
  if (churn === undefined || kind === undefined) throw new Error("nothing was found");
  const { subject, repId, level, state, episode, facts } = churn;
  const stored = { kind: "churn-risk", subject, repId, level, state, episode, facts, foundOn: AS_OF };
  const settingOn = (asOf: Day, closures: readonly Closure[] = []) => ({
    asOf,
    currency: churn.currency,
    closures,
    measures,
  });

  it("is on the day it was found what it was", () => {
    expect(reevaluate(stored, kind, settingOn(AS_OF))).toEqual(churn);
  });

  it("has another day's level and evidence, worked out from its facts", () => {
    const before = reevaluate(stored, kind, settingOn(day("2026-09-24")));
    expect([before.level, before.evidence["silentDays"]]).toEqual(["medium", 45]);
    const closed = reevaluate(stored, kind, settingOn(AS_OF, [{ from: "09-01", to: "09-10" }]));
    expect([closed.level, closed.evidence["silentDays"]]).toEqual(["watch", 36]);
  });
});

describe("a customer's closures", () => {
  const tenant = { closures: [{ from: "12-24", to: "01-02" }] };

  it("are the tenant's and its own when it has both ends", () => {
    expect(closuresOf({ closedFrom: "07-01", closedTo: "07-31" }, tenant)).toEqual([
      { from: "12-24", to: "01-02" },
      { from: "07-01", to: "07-31" },
    ]);
  });

  it("are the tenant's alone without both ends, or without a customer", () => {
    expect(closuresOf({ closedFrom: "07-01" }, tenant)).toEqual(tenant.closures);
    expect(closuresOf({ closedTo: "07-31" }, tenant)).toEqual(tenant.closures);
    expect(closuresOf(undefined, tenant)).toEqual(tenant.closures);
  });
});
