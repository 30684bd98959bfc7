import { live } from "./live.ts";
import { type Arrival, predict } from "./predict.ts";
import { aYear } from "./year.ts";

interface LedgerPlan {
  readonly reps: number;
  readonly days: number;
  readonly seed: number;
  readonly onDay?: (day: number) => void;
}

/** How what arrived differs from what the second reading predicts. */
interface LedgerReport {
  readonly arrivals: number;
  readonly messages: number;
  readonly kills: number;
  readonly repeated: number;
  /** Predicted, and not arrived at that minute. */
  readonly missing: readonly Arrival[];
  /** Arrived, and not predicted: against a preference, or at another minute. */
  readonly unexpected: readonly Arrival[];
  readonly unmarked: readonly string[];
}

/** Lives a year with kills, throttling and changes of preferences, and compares each arrival with the prediction. */
export async function checkLedger({ reps, days, seed, onDay }: LedgerPlan): Promise<LedgerReport> {
  const year = aYear(reps, days, seed);
  const predicted = year.reps.flatMap((rep) => predict(rep, year));
  const { arrivals, ...lived } = await live(year, onDay);
  return {
    ...lived,
    arrivals: arrivals.length,
    missing: without(predicted, arrivals),
    unexpected: without(arrivals, predicted),
  };
}

/** Those of a list that another one does not have, each as often as it is more often there. */
function without(list: readonly Arrival[], other: readonly Arrival[]): readonly Arrival[] {
  const left = new Map<Arrival, number>();
  for (const one of other) left.set(one, (left.get(one) ?? 0) + 1);
  return list
    .filter((one) => {
      const times = left.get(one) ?? 0;
      left.set(one, times - 1);
      return times <= 0;
    })
    .toSorted();
}
