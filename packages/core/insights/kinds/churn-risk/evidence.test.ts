import { describe, expect, it } from "vitest";
import * as z from "zod";
import { checkValues, eachFinding } from "../../../../../test/fixtures/each-finding.ts";
import { closedDays } from "../../../platform/closure.ts";
import { incompleteBeta } from "../../../platform/incomplete-beta.ts";
import { addMonths, daysBetween } from "../../../platform/period.ts";
import { daySchema, toDayNumber } from "../../../platform/values.ts";
import { churnRisk } from "./index.ts";

/** Evidence recomputed from its own operands, as a reader would do it by hand (docs/reference/insights.md G15). */
describe("evidence by hand", () => {
  const churnEvidence = z.object({
    orderCount: z.number(),
    firstOrderOn: daySchema,
    lastOrderOn: daySchema,
    gapCount: z.number(),
    meanGapDays: z.number(),
    gapVariance: z.number(),
    previousGapDays: z.number(),
    baselineDays: z.number(),
    silentDays: z.number(),
    kappa: z.number(),
    n: z.number(),
    s: z.number(),
    G: z.number(),
    A: z.number(),
    B: z.number(),
    pi: z.number(),
    H: z.number(),
    "S(t)": z.number(),
    "S(t+H)": z.number(),
    q: z.number(),
  });

  /** q of the operands, as docs/reference/insights.md 2.2 writes it. */
  function byHand(given: z.output<typeof churnEvidence>): number {
    const { kappa, n, s, G, pi, H, silentDays } = given;
    expect([given.A, given.B, given.pi]).toEqual([1 + kappa * n, (1.3 * G) / kappa + s, 0.3 / (2.3 + given.gapCount)]);
    const longer = (days: number) => incompleteBeta(given.B / (given.B + days), given.A, kappa);
    expect([given["S(t)"], given["S(t+H)"]]).toEqual([longer(silentDays), longer(silentDays + H)]);
    return (pi + (1 - pi) * longer(silentDays + H)) / (pi + (1 - pi) * longer(silentDays));
  }

  it("silence, tenure, count and chance", () => {
    eachFinding(churnRisk, ({ assessment }, { closures = [] }, asOf) => {
      const given = churnEvidence.parse(assessment.evidence);
      const closed = closedDays(toDayNumber(given.lastOrderOn), toDayNumber(asOf), closures);
      expect(given.silentDays).toBe(daysBetween(given.lastOrderOn, asOf) - closed);
      expect(given.baselineDays).toBe(given.previousGapDays);
      expect(given.gapCount).toBe(given.orderCount - 1);
      expect(given.q).toBe(byHand(given));
      expect(checkValues(assessment.evidence)).toEqual({
        CH1: [addMonths(given.firstOrderOn, 3), asOf],
        CH2: [given.orderCount, 5],
        CH3: [given.silentDays, given.previousGapDays],
      });
    });
  });
});
