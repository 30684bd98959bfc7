import * as z from "zod";

/** A figure of work done, as the dashboard and the alarms know it. */
export interface Figure {
  readonly name: string;
  readonly unit: "Count" | "Milliseconds";
  readonly value: number;
}

const count = z.number().nonnegative();
const counted = (name: string, value: number): Figure => ({ name, unit: "Count", value });

/** The figures that are kept of each kind of report. */
const kept: Readonly<Record<string, (told: object) => readonly Figure[]>> = {
  tick: (told) => {
    const { nights, lateNights } = z.object({ nights: count, lateNights: count }).parse(told);
    return [counted("Ticks", 1), counted("StartedNights", nights), counted("LateNights", lateNights)];
  },
  night: (told) => {
    const { ms, findings, readRequestUnits, writeRequestUnits } = nightSchema.parse(told);
    return [
      counted("Nights", 1),
      { name: "NightMs", unit: "Milliseconds", value: ms },
      counted("FreshFindings", findings.fresh),
      counted("ReadUnits", readRequestUnits),
      counted("WriteUnits", writeRequestUnits),
    ];
  },
  deliver: (told) => {
    const { sent, failed, maybeDuplicates } = deliverSchema.parse(told);
    return [
      counted("SentDeliveries", sent),
      counted("FailedDeliveries", failed),
      counted("MaybeDuplicates", maybeDuplicates),
    ];
  },
  rebuild: (told) => [counted("RebuiltCustomerYears", z.object({ customerYears: count }).parse(told).customerYears)],
  "job failed": () => [counted("FailedJobs", 1)],
};

const nightSchema = z.object({
  ms: count,
  findings: z.object({ fresh: count }),
  readRequestUnits: count,
  writeRequestUnits: count,
});

const deliverSchema = z.object({ sent: count, failed: count, maybeDuplicates: count });

/** What is kept of a report; nothing of one that no alarm and no chart asks for. */
export const figuresOf = (what: string, told: object): readonly Figure[] => kept[what]?.(told) ?? [];
