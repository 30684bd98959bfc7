import * as z from "zod";
import { type FigureName, figuresByEdition, measuredEditions } from "../../../infra/metrics.ts";

/** A metric of finished work, for the dashboard and the alarms. */
export interface Figure {
  readonly name: FigureName;
  readonly unit: "Count" | "Milliseconds";
  readonly value: number;
}

const count = z.number().nonnegative();
const counted = (name: FigureName, value: number): Figure => ({ name, unit: "Count", value });

/** The metrics of each kind of report. */
const kept: Readonly<Record<string, (given: object) => readonly Figure[]>> = {
  tick: (given) => {
    const { nightly, lateNightlyRuns, oldestDueMs } = z
      .object({ nightly: count, lateNightlyRuns: count, oldestDueMs: count })
      .parse(given);
    return [
      counted("StartedNightlyRuns", nightly),
      counted("LateNightlyRuns", lateNightlyRuns),
      { name: "OldestDueMs", unit: "Milliseconds", value: oldestDueMs },
    ];
  },
  nightly: (given) => {
    const { ms, findings, setAside, readRequestUnits, writeRequestUnits } = nightlySchema.parse(given);
    return [
      counted("NightlyRuns", 1),
      { name: "NightlyMs", unit: "Milliseconds", value: ms },
      counted("NewFindings", findings.added),
      counted("SetAsideCustomers", setAside?.count ?? 0),
      counted("ReadUnits", readRequestUnits),
      counted("WriteUnits", writeRequestUnits),
    ];
  },
  deliver: (given) => {
    const { sent, failed, maybeDuplicates } = deliverSchema.parse(given);
    return [
      counted("SentNotifications", sent),
      counted("FailedNotifications", failed),
      counted("MaybeDuplicates", maybeDuplicates),
    ];
  },
  request: (given) => {
    const { status, ms } = z.object({ status: count, ms: count }).parse(given);
    const refused = status >= 400 && status < 500 ? 1 : 0;
    return [
      counted("Requests", 1),
      counted("RefusedRequests", refused),
      { name: "RequestMs", unit: "Milliseconds", value: ms },
    ];
  },
  "job failed": () => [counted("FailedJobs", 1)],
  "out of time": () => [counted("TimedOutInvocations", 1)],
};

const nightlySchema = z.object({
  ms: count,
  findings: z.object({ added: count }),
  setAside: z.object({ count }).optional(),
  readRequestUnits: count,
  writeRequestUnits: count,
});

const deliverSchema = z.object({ sent: count, failed: count, maybeDuplicates: count });

/** The metrics of a report; none if no alarm and no chart uses it. */
export const figuresOf = (what: string, given: object): readonly Figure[] => kept[what]?.(given) ?? [];

const editionSchema = z.object({ edition: z.enum(measuredEditions).optional() });

/** The metrics of a report for the edition of its tenant; none of what is of no tenant. */
export function editionFiguresOf(what: string, given: object) {
  const { edition } = editionSchema.parse(given);
  const figures =
    edition === undefined ? [] : figuresOf(what, given).filter(({ name }) => figuresByEdition.includes(name));
  return { edition, figures };
}
