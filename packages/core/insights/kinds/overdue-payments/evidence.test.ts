import { describe, expect, it } from "vitest";
import * as z from "zod";
import { checkValues, eachFinding } from "../../../../../test/fixtures/each-finding.ts";
import { daysBetween } from "../../../platform/period.ts";
import { aHistory } from "../../../testing.ts";
import { daySchema } from "../../../platform/values.ts";
import { overduePayments } from "./index.ts";

/** Evidence recomputed from its own operands, as a reader would do it by hand (docs/reference/insights.md G15). */
describe("evidence by hand", () => {
  const overdueEvidence = z.object({
    invoices: z.number(),
    openMinor: z.number(),
    daysPastDue: z.number(),
    oldestDueOn: daySchema,
    ageingMinor: z.record(z.string(), z.number()),
    overdue: z.array(z.object({ invoiceId: z.string(), dueOn: daySchema, openMinor: z.number() })),
  });

  it("every invoice, its remainder and the sums", () => {
    eachFinding(overduePayments, ({ assessment }, fixture, asOf) => {
      const given = overdueEvidence.parse(assessment.evidence);
      const open = aHistory({ ...fixture, asOf }).receivables.flatMap(
        ({ invoiceId, dueOn, type, totalMinor, payments }) => {
          const openMinor = payments.reduce((left, payment) => left - payment.amountMinor, Number(totalMinor));
          return type === "invoice" && dueOn !== undefined && dueOn <= asOf && openMinor > 0
            ? [{ invoiceId, dueOn, openMinor }]
            : [];
        },
      );
      const total = open.reduce((sum, invoice) => sum + invoice.openMinor, 0);
      const oldest = open.map((invoice) => invoice.dueOn).toSorted()[0] ?? asOf;
      expect(given.overdue).toHaveLength(open.length);
      expect(given.overdue).toEqual(expect.arrayContaining(open));
      expect(given).toMatchObject({ invoices: open.length, openMinor: total, oldestDueOn: oldest });
      expect(given.daysPastDue).toBe(daysBetween(oldest, asOf) + 1);
      expect(Object.values(given.ageingMinor).reduce((sum, amount) => sum + amount, 0)).toBe(total);
      // Nothing is known of the tenant's payments: one half up to 60 days, all of what is older.
      const old = open
        .filter(({ dueOn }) => daysBetween(dueOn, asOf) + 1 > 60)
        .reduce((sum, invoice) => sum + invoice.openMinor, 0);
      expect(assessment.atStakeMinor).toBe(Math.round(old + (total - old) / 2));
      expect(checkValues(assessment.evidence)["OV2"]).toEqual([oldest, asOf]);
    });
  });
});
