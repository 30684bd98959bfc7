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
    "S(t+90)": z.number(),
    q: z.number(),
    q90: z.number(),
    shape: z.number(),
    yearNetMinor: z.number(),
    yearDays: z.number(),
  });

  /** q and q90 of the operands, as docs/reference/insights.md 2.2 writes it. */
  function byHand(given: z.output<typeof churnEvidence>) {
    const { kappa, n, s, G, pi, H, silentDays } = given;
    expect([given.A, given.B, given.pi]).toEqual([1 + kappa * n, (1.3 * G) / kappa + s, 0.3 / (2.3 + given.gapCount)]);
    const longer = (days: number) => incompleteBeta(given.B / (given.B + days), given.A, kappa);
    expect([given["S(t)"], given["S(t+H)"]]).toEqual([longer(silentDays), longer(silentDays + H)]);
    expect(given["S(t+90)"]).toBe(longer(silentDays + 90));
    expect(kappa).toBe(Math.sqrt(given.shape));
    const empty = (days: number) => (pi + (1 - pi) * longer(silentDays + days)) / (pi + (1 - pi) * longer(silentDays));
    return { q: empty(H), q90: empty(90) };
  }

  /** Three months of the year's value, as far as nothing comes in them. */
  const moneyByHand = ({ yearNetMinor, yearDays, q90 }: z.output<typeof churnEvidence>): number =>
    Math.max(0, Math.round(((3 * yearNetMinor) / Math.max(1, yearDays / (365 / 12))) * q90));

  it("AC01, BX03 silence, tenure, count, chance and money", () => {
    eachFinding(churnRisk, ({ assessment }, { closures = [] }, asOf) => {
      const given = churnEvidence.parse(assessment.evidence);
      const closed = closedDays(toDayNumber(given.lastOrderOn), toDayNumber(asOf), closures);
      expect(given.silentDays).toBe(daysBetween(given.lastOrderOn, asOf) - closed);
      expect(given.baselineDays).toBe(given.previousGapDays);
      expect(given.gapCount).toBe(given.orderCount - 1);
      expect({ q: given.q, q90: given.q90 }).toEqual(byHand(given));
      expect(assessment.atStakeMinor).toBe(moneyByHand(given));
      expect(checkValues(assessment.evidence)).toEqual({
        CH1: [addMonths(given.firstOrderOn, 3), asOf],
        CH2: [given.orderCount, 5],
        CH3: [given.silentDays, given.previousGapDays],
      });
    });
  });
});
