import { kindScoreSchema } from "@regulars/core/backtests/report-schema";
import { describe, expect, it } from "vitest";
import { pageWordsOf } from "../texts/page-words.ts";
import { calibrationText } from "./report-tables.ts";

/** A kind's report as an earlier release stored it. */
const stored = {
  kind: "churn-risk",
  title: "Churn risk",
  says: "",
  eligibleCustomers: 1,
  truths: 0,
  rules: [],
  calibration: {
    bins: [],
    error: 0.1127,
    statedMinor: 22_137_429,
    lostMinor: 6_023_990,
    statedByLost: 3.675,
    notes: [],
    ended: { silences: 559, medium: 0.0823, high: 0.0572 },
  },
};
const english = await pageWordsOf("en");
const textOf = (report: object): string => {
  const { calibration } = kindScoreSchema.parse(report);
  return calibration === null ? "" : calibrationText(calibration, english);
};

describe("what was stated and what came true, in words", () => {
  it("AC01 says the levels, the money and its count with their intervals, and whose the money is", () => {
    const calibration = {
      ...stored.calibration,
      levels: [
        { level: "high", statements: 177, stated: 0.6839, cameTrue: { value: 0.5085, low: 0.2849, high: 0.6653 } },
        { level: "medium", statements: 0, stated: null, cameTrue: null },
        { level: "watch", statements: 1509, stated: 0.2358, cameTrue: { value: 0.1339, low: 0.0984, high: 0.1824 } },
      ],
      statedLosses: 107.4,
      losses: 58,
      largestThree: 0.3833,
      intervals: {
        error: { value: 0.1127, low: 0.0746, high: 0.1513 },
        statedByLost: { value: 3.6749, low: 1.8523, high: 23.0266 },
      },
    };
    expect(textOf({ ...stored, calibration })).toBe(
      "Stated chances are off by 11.3 % on average (7.5 % to 15.1 %). " +
        "Of the entries of the lists came true: of 177 at high 50.8 % (28.5 to 66.5), 68.4 % stated. " +
        "221,374 stated as at stake, 60,240 lost: 3.67 times (1.85 to 23.03). In number: 107 stated, 58 lost. " +
        "Three customers have 38.3 % of the money that was stated. " +
        "Of 559 silences that ended with an order, 8.2 % had reached medium and 5.7 % high.",
    );
  });

  it("BX21 leaves out what a report of an earlier release does not have", () => {
    expect(textOf(stored)).toBe(
      "Stated chances are off by 11.3 % on average. 221,374 stated as at stake, 60,240 lost: 3.67 times. " +
        "Of 559 silences that ended with an order, 8.2 % had reached medium and 5.7 % high.",
    );
  });
});
