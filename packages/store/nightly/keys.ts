import { type FindingAddress, findingId } from "@regulars/core/insights/finding";
import type { Day } from "@regulars/core/platform/values";
import { type Key, type InFamily, keyOfLongId } from "../engine/key.ts";

export const nightlyKeys = (inFamily: InFamily) => ({
  /** A finding or a dismissal whose subject belongs to no customer. */
  findingWithoutCustomer: (part: "finding" | "dismissal", { kind, subject }: FindingAddress): Key => ({
    pk: inFamily("FINDINGS"),
    sk: `${part === "finding" ? "F" : "A"}#${keyOfLongId(findingId({ kind, subject }))}`,
  }),
  measures: (): string => inFamily("MEASURES"),
  measuresOf: (month: string): Key => ({ pk: inFamily("MEASURES"), sk: month }),
  /** The users with findings. */
  findingReps: (): Key => ({ pk: inFamily("CONFIG"), sk: "FINDING_REPS" }),
  nightly: (): Key => ({ pk: inFamily("CONFIG"), sk: "NIGHT" }),
  resolvedFindings: (): string => inFamily("END"),
  resolvedFinding: (resolvedOn: Day, id: string): Key => ({
    pk: inFamily("END"),
    sk: `${resolvedOn}#${keyOfLongId(id)}`,
  }),
});
