import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../platform/period.ts";
import { day } from "../platform/values.ts";
import { aReceivable } from "../testing.ts";
import { openMinor } from "../invoices/receivable.ts";
import { addUnpaidDays, noUnpaidDays, unpaidChance, unpaidChances } from "./unpaid-days.ts";

const DUE = "2026-01-01";

describe("the days on which invoices were overdue", () => {
  it("are counted as by looking at every day", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ late: fc.integer({ min: -20, max: 120 }), minor: fc.constantFrom(10_000, 5_000, -5_000) }),
          {
            maxLength: 3,
          },
        ),
        fc.integer({ min: 0, max: 150 }),
        (payments, watched) => {
          const paid = payments.map(({ late, minor }) => ({ on: addDays(day(DUE), late), minor }));
          const receivable = aReceivable({ dueOn: DUE, paid });
          const until = addDays(day(DUE), watched);
          // A payment that is taken back opens an invoice again: by then it has been paid once, and is left out.
          const paidOnce = (on: number): boolean =>
            Array.from({ length: on + 21 }, (_, i) => i - 20).some(
              (d) => openMinor(receivable, addDays(day(DUE), d)) <= 0 && addDays(day(DUE), d) <= until,
            );
          const days = Array.from({ length: 60 }, (_, i) => i + 1).filter(
            (age) => !paidOnce(age - 1) && age - 1 + 30 <= watched,
          );
          const unpaid = days.filter((age) => !paidOnce(age - 1 + 30));
          const counted = (ages: readonly number[]) => [
            ages.filter((age) => age <= 30).length,
            ages.filter((age) => age > 30).length,
          ];
          const { days1to30, days31to60 } = addUnpaidDays(noUnpaidDays, [receivable], until);
          expect([days1to30.known, days31to60.known]).toEqual(counted(days));
          expect([days1to30.unpaid, days31to60.unpaid]).toEqual(counted(unpaid));
        },
      ),
      { seed: 13 },
    );
  });
});

describe("the chance of not being paid in 30 days", () => {
  it("is one half where nothing is known, and certain after 60 days", () => {
    const chances = unpaidChances(noUnpaidDays);
    expect([1, 30, 31, 60, 61, 400].map((days) => unpaidChance(chances, days))).toEqual([0.5, 0.5, 0.5, 0.5, 1, 1]);
  });

  it("is the tenant's own where much is known, and drawn to its rate of all ages where little is", () => {
    const chances = unpaidChances({
      days1to30: { known: 30_000, unpaid: 3_000 },
      days31to60: { known: 30, unpaid: 30 },
    });
    // Pooled 3,060 of 30,090 days; 20 invoices of 30 days at that rate are added to each age.
    expect(chances.days1to30).toBeCloseTo((3_000 + (600 * 3_060) / 30_090) / 30_600, 12);
    expect(chances.days31to60).toBeCloseTo((30 + (600 * 3_060) / 30_090) / 630, 12);
  });
});
