import { type FindingAddress, findingId } from "@regulars/core/insights/finding";
import type { Day } from "@regulars/core/platform/values";
import { type FamilyFates, type Key, type InFamily, keyOfLongId } from "../engine/key.ts";

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
  /** A night in parts: its run, how far each part has come, and what the parts leave, in pieces. */
  nightRun: (): Key => ({ pk: inFamily("NIGHTRUN"), sk: "RUN" }),
  nightPart: (phase: string, shard: string): Key => ({ pk: inFamily("NIGHTRUN"), sk: `PART#${phase}#${shard}` }),
  nightPieces: (name: string): string => inFamily(`NIGHTRUN#${name}`),
  nightPiece: (name: string, stamp: string, piece: string): Key => ({
    pk: inFamily(`NIGHTRUN#${name}`),
    sk: `${stamp}#${piece}`,
  }),
  nightly: (): Key => ({ pk: inFamily("CONFIG"), sk: "NIGHT" }),
  /** The figures of each night. */
  nights: (): string => inFamily("NIGHTS"),
  night: (asOf: Day): Key => ({ pk: inFamily("NIGHTS"), sk: asOf }),
  resolvedFindings: (): string => inFamily("END"),
  resolvedFinding: (resolvedOn: Day, id: string): Key => ({
    pk: inFamily("END"),
    sk: `${resolvedOn}#${keyOfLongId(id)}`,
  }),
});

export const nightlyFates = {
  MEASURES: "kept",
  NIGHTS: "kept",
  FINDINGS: { kind: "findings", fate: "gone" },
  END: { kind: "ended findings", fate: "gone" },
  NIGHTRUN: { kind: "interrupted nightly run", fate: "made-anew" },
} as const satisfies FamilyFates;
