import { insightCatalog } from "../../insight-catalog.ts";
import { explain } from "@regulars/render/insights/explain";
import { formatsOf } from "@regulars/render/texts/formats";
import { describe, expect, it } from "vitest";
import { describeFindings } from "../../../../../test/fixtures/describe-findings.ts";
import { addDays } from "../../../platform/period.ts";
import { type ReceivableInput, aHistory, daysFrom } from "../../../testing.ts";
import { evaluateKind } from "../../testing.ts";
import { day } from "../../../platform/values.ts";
import { isSelected } from "../../finding.ts";
import { overduePayments } from "./index.ts";

describeFindings(overduePayments);

const on = (asOf: string, receivables: readonly ReceivableInput[], settings: unknown = {}) =>
  evaluateKind(overduePayments, aHistory({ asOf, receivables }), settings);

function assessedOn(asOf: string, receivables: readonly ReceivableInput[], settings: unknown = {}) {
  const [finding, ...more] = on(asOf, receivables, settings) ?? [];
  if (finding === undefined || more.length > 0) throw new Error(`no single overdue finding on ${asOf}`);
  return finding.assessment;
}

describe("the worked example of docs/reference/insights.md 2.1", () => {
  const example = [
    { invoiceId: "A", dueOn: "2026-11-22", totalMinor: 10_000 },
    { invoiceId: "B", dueOn: "2026-11-23", totalMinor: 8_000 },
    { invoiceId: "C", dueOn: "2026-10-01", totalMinor: 5_000, paid: [{ on: "2026-10-20", minor: 5_000 }] },
    { invoiceId: "D", dueOn: "2026-10-01", totalMinor: 3_000, type: "credit" },
  ] as const;

  it("is one invoice of 100.00, one day past due, with the credit memo apart", () => {
    const assessment = assessedOn("2026-11-22", example);
    expect(assessment).toMatchObject({ atStakeMinor: 5_000, currency: "EUR", since: "2026-11-22", state: "open" });
    expect(assessment.evidence).toMatchObject({
      rule: "overdue-payments/2",
      invoices: 1,
      openMinor: 10_000,
      daysPastDue: 1,
      oldestDueOn: "2026-11-22",
      unappliedCreditMinor: 3_000,
      documents: ["A"],
      overdue: [{ invoiceId: "A", dueOn: "2026-11-22", openMinor: 10_000 }],
    });
    expect(assessment.evidence.checks).toMatchObject([
      { id: "OV1", value: 10_000, op: ">", threshold: 0 },
      { id: "OV2", value: "2026-11-22", op: "<=", threshold: "2026-11-22" },
    ]);
  });

  it("has B one day later", () => {
    expect(assessedOn("2026-11-23", example).evidence).toMatchObject({
      invoices: 2,
      openMinor: 18_000,
      daysPastDue: 2,
    });
  });

  it("says why in numbers", () => {
    const formats = { ...formatsOf("en"), money: (units: number) => `€${units / 100}`, day: String, number: String };
    expect(
      explain(
        { kind: overduePayments.id, evidence: assessedOn("2026-11-22", example).evidence },
        "",
        insightCatalog([overduePayments]),
        formats,
      ),
    ).toBe("owes €100 on 1 invoice; the oldest was due 2026-11-22, 1 day ago");
    expect(
      explain(
        { kind: overduePayments.id, evidence: assessedOn("2026-11-23", example).evidence },
        "",
        insightCatalog([overduePayments]),
        formats,
      ),
    ).toBe("owes €180 on 2 invoices; the oldest was due 2026-11-22, 2 days ago");
  });
});

describe("an invoice", () => {
  it("is overdue once its due day has ended", () => {
    expect(on("2026-11-21", [{ dueOn: "2026-11-22" }])).toEqual([]);
    expect(on("2026-11-22", [{ dueOn: "2026-11-22" }])).toHaveLength(1);
  });

  it("stays overdue with what is left of it", () => {
    const paid = [{ on: "2026-11-01", minor: 9_999 }];
    expect(assessedOn("2026-11-22", [{ dueOn: "2026-10-01", paid }]).atStakeMinor).toBe(1);
    const rest = [...paid, { on: "2026-11-22", minor: 1 }];
    expect(assessedOn("2026-11-21", [{ dueOn: "2026-10-01", paid: rest }]).atStakeMinor).toBe(1);
    expect(on("2026-11-22", [{ dueOn: "2026-10-01", paid: rest }])).toEqual([]);
  });

  it("that was paid too much owes nothing", () => {
    expect(on("2026-11-22", [{ dueOn: "2026-10-01", paid: [{ on: "2026-11-01", minor: 10_001 }] }])).toEqual([]);
  });

  it("without a due date is not overdue, but named", () => {
    expect(on("2026-11-22", [{ invoicedOn: "2026-01-01" }])).toEqual([]);
    const { evidence } = assessedOn("2026-11-22", [{ invoicedOn: "2026-01-01" }, { dueOn: "2026-11-01" }]);
    expect(evidence).toMatchObject({ invoices: 1, invoicesWithoutDueDate: 1 });
  });

  it("has the tenant's days of grace", () => {
    const settings = { graceDays: 5 };
    expect(on("2026-11-26", [{ dueOn: "2026-11-22" }], settings)).toEqual([]);
    const assessment = assessedOn("2026-11-27", [{ dueOn: "2026-11-22" }], settings);
    expect(assessment).toMatchObject({ since: "2026-11-27", evidence: { daysPastDue: 6 } });
    expect(assessment.evidence.checks[1]).toMatchObject({ value: "2026-11-27", threshold: "2026-11-27" });
  });

  it("due on the last day there is never is, grace or not", () => {
    expect(on("2026-11-22", [{ dueOn: "9999-12-31", invoicedOn: "2026-01-01" }], { graceDays: 1 })).toEqual([]);
  });
});

describe("a customer", () => {
  it("without invoices is not eligible for this kind", () => {
    expect(on("2026-11-22", [])).toBeUndefined();
    expect(on("2026-11-22", [{ dueOn: "2026-10-01", type: "credit" }])).toBeUndefined();
  });

  it("with everything paid is found to owe nothing", () => {
    expect(on("2026-11-22", [{ dueOn: "2026-10-01", paid: [{ on: "2026-09-01", minor: 10_000 }] }])).toEqual([]);
  });
});

const dueDaysAgo = (daysPastDue: number, totalMinor: number) => ({
  invoiceId: `I-${daysPastDue}`,
  dueOn: addDays(day("2026-11-22"), 1 - daysPastDue),
  totalMinor,
});

describe("the ageing", () => {
  it("puts each invoice in its bucket, on the edges", () => {
    const receivables = [
      dueDaysAgo(1, 1),
      dueDaysAgo(30, 2),
      dueDaysAgo(31, 10),
      dueDaysAgo(60, 20),
      dueDaysAgo(61, 100),
      dueDaysAgo(90, 200),
      dueDaysAgo(91, 1_000),
    ];
    const { evidence } = assessedOn("2026-11-22", receivables);
    expect(evidence["ageingMinor"]).toEqual({ days1to30: 3, days31to60: 30, days61to90: 300, over90: 1_000 });
    expect(evidence).toMatchObject({
      openMinor: 1_333,
      daysPastDue: 91,
      documents: [91, 90, 61, 60, 31, 30, 1].map((d) => `I-${d}`),
    });
  });
});

describe("the level", () => {
  it("is high once the oldest invoice is more than 30 days past due", () => {
    expect(assessedOn("2026-11-22", [{ dueOn: "2026-10-24" }])).toMatchObject({
      level: "medium",
      evidence: { daysPastDue: 30 },
    });
    expect(assessedOn("2026-11-22", [{ dueOn: "2026-10-23" }])).toMatchObject({
      level: "high",
      evidence: { daysPastDue: 31, undisputedDaysPastDue: 31, levelRule: expect.stringContaining("30 days") },
    });
  });

  it("is at watch, and never sent, while everything is disputed", () => {
    const assessment = assessedOn("2026-11-22", [{ dueOn: "2026-01-01", disputed: true }]);
    expect(assessment).toMatchObject({
      level: "watch",
      state: "disputed",
      evidence: { disputedInvoices: 1, undisputedDaysPastDue: null },
    });
    expect(isSelected(assessment)).toBe(false);
  });

  it("is that of the oldest invoice nobody disputes", () => {
    const receivables = [
      { invoiceId: "A", dueOn: "2026-01-01", disputed: true },
      { invoiceId: "B", dueOn: "2026-11-20" },
    ];
    expect(assessedOn("2026-11-22", receivables)).toMatchObject({
      level: "medium",
      state: "open",
      atStakeMinor: 15_000,
    });
  });
});

describe("other currencies", () => {
  const receivables = [
    { invoiceId: "A", dueOn: "2026-11-01", currency: "USD" },
    { invoiceId: "B", dueOn: "2026-11-10" },
    { invoiceId: "C", dueOn: "2026-11-01", type: "credit", totalMinor: 400 },
    { invoiceId: "D", dueOn: "2026-11-01", type: "credit", totalMinor: 999, currency: "USD" },
  ] as const;

  it("are listed and counted, and never added to the base currency", () => {
    const assessment = assessedOn("2026-11-22", receivables);
    expect(assessment).toMatchObject({ atStakeMinor: 5_000, currency: "EUR" });
    expect(assessment.evidence).toMatchObject({
      invoices: 2,
      openMinor: 10_000,
      invoicesInOtherCurrencies: 1,
      unappliedCreditMinor: 400,
    });
  });
});

const paidOn = (paid: string) => [
  { invoiceId: "A", dueOn: "2026-10-01", paid: [{ on: paid, minor: 10_000 }] },
  { invoiceId: "B", dueOn: "2026-11-01" },
];

describe("since", () => {
  it("is the due day of the only invoice, however much of it is paid later", () => {
    const receivables = [{ dueOn: "2026-10-01", paid: [{ on: "2026-11-01", minor: 1 }] }];
    for (const asOf of daysFrom("2026-10-01", 60)) expect(assessedOn(asOf, receivables).since).toBe("2026-10-01");
  });

  it("begins with an invoice paid since, when another one was overdue by then", () => {
    const receivables = [
      { invoiceId: "A", dueOn: "2026-10-01", paid: [{ on: "2026-11-02", minor: 10_000 }] },
      { invoiceId: "B", dueOn: "2026-11-01" },
    ];
    expect(assessedOn("2026-11-22", receivables)).toMatchObject({
      since: "2026-10-01",
      evidence: { oldestDueOn: "2026-11-01" },
    });
  });

  it("carries on when one is paid on the very day the next is overdue", () => {
    expect(assessedOn("2026-11-22", paidOn("2026-11-01")).since).toBe("2026-10-01");
    expect(assessedOn("2026-11-22", paidOn("2026-10-31")).since).toBe("2026-11-01");
  });

  it("is not before the invoice was written", () => {
    expect(assessedOn("2026-11-22", [{ dueOn: "2026-10-01", invoicedOn: "2026-10-15" }]).since).toBe("2026-10-15");
  });

  it("begins again when a payment is taken back", () => {
    const paid = [
      { on: "2026-10-10", minor: 10_000 },
      { on: "2026-10-20", minor: -10_000 },
    ];
    expect(assessedOn("2026-10-09", [{ dueOn: "2026-10-01", paid }]).since).toBe("2026-10-01");
    expect(on("2026-10-15", [{ dueOn: "2026-10-01", paid }])).toEqual([]);
    expect(assessedOn("2026-11-22", [{ dueOn: "2026-10-01", paid }]).since).toBe("2026-10-20");
  });
});

/** A history of 2026-11-22 that already contains the events of 2026-11-23. */
const live = (receivables: readonly ReceivableInput[]) => ({
  ...aHistory({ asOf: "2026-11-22" }),
  receivables: aHistory({ asOf: "2026-11-23", receivables }).receivables,
});

describe("payments of the live day", () => {
  it("clear", () => {
    const paid = [{ on: "2026-11-23", minor: 10_000 }];
    expect(evaluateKind(overduePayments, live([{ dueOn: "2026-11-01", paid }]))).toEqual([]);
  });

  it("do not raise when they are taken back", () => {
    const paid = [
      { on: "2026-11-10", minor: 10_000 },
      { on: "2026-11-23", minor: -10_000 },
    ];
    expect(evaluateKind(overduePayments, live([{ dueOn: "2026-11-01", paid }]))).toEqual([]);
  });
});

describe("the facts", () => {
  const receivables = [
    { invoiceId: "A", dueOn: "2026-10-01", paid: [{ on: "2026-10-05", minor: 2_500 }] },
    { invoiceId: "B", dueOn: "2026-10-08" },
    { invoiceId: "C", dueOn: "2027-06-01", invoicedOn: "2026-09-01" },
  ];

  it("stay the same from day to day until something happens or falls due", () => {
    const [first] = on("2026-10-08", receivables) ?? [];
    for (const asOf of daysFrom("2026-10-09", 200))
      expect(on(asOf, receivables)).toMatchObject([{ facts: first?.facts }]);
  });

  it("of an earlier nightly run give on a later day what a new run would find", () => {
    const [first] = on("2026-10-08", receivables) ?? [];
    const kind = overduePayments.configure({});
    for (const asOf of daysFrom("2026-10-09", 200)) {
      const history = aHistory({ asOf, receivables });
      const reread = kind.assess(first?.facts, { asOf, currency: history.currency, closures: [] });
      expect(reread).toEqual(assessedOn(asOf, receivables));
    }
  });
});

describe("the order of the list", () => {
  it("is by the greater chance of not being paid, then by age, where the money is the same", () => {
    const small = assessedOn("2026-11-22", [{ dueOn: "2026-01-01", totalMinor: 100 }]);
    const large = assessedOn("2026-11-22", [{ dueOn: "2026-11-20" }]);
    const older = assessedOn("2026-11-22", [{ dueOn: "2026-11-19" }]);
    expect([small.rank, large.rank, older.rank]).toEqual([
      [-1, -326],
      [-0.5, -3],
      [-0.5, -4],
    ]);
  });
});
