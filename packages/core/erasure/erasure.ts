import * as z from "zod";
import { compareText } from "../platform/compare.ts";
import { idTextSchema } from "../platform/id-text.ts";

/** Who is erased: a customer with everybody and everything of theirs, or one person. */
export const erasureSubjectSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("customer"), id: idTextSchema }),
  z.strictObject({ type: z.literal("person"), id: idTextSchema }),
]);
export type ErasureSubject = Readonly<z.output<typeof erasureSubjectSchema>>;

/** What became of the items of one kind: removed whole, or kept without what they told. */
export const erasedOfKindSchema = z.object({ kind: z.string(), removed: z.int(), blanked: z.int() });
export type ErasedOfKind = Readonly<z.output<typeof erasedOfKindSchema>>;

/** What an erasure did, by kind of item, in the order of the kinds' names. */
export interface ErasureReport {
  readonly subject: ErasureSubject;
  readonly kinds: readonly ErasedOfKind[];
}

/**
 * What an erasure did that was perhaps cut off: what there was at its beginning, or more where others wrote meanwhile of
 * whom it is.
 */
export function erasedInAll(counted: readonly ErasedOfKind[], last: readonly ErasedOfKind[]): readonly ErasedOfKind[] {
  const all = new Map(counted.map((one) => [one.kind, one]));
  for (const { kind, removed, blanked } of last) {
    const before = all.get(kind) ?? { removed: 0, blanked: 0 };
    all.set(kind, { kind, removed: Math.max(before.removed, removed), blanked: Math.max(before.blanked, blanked) });
  }
  return [...all.values()].toSorted((a, b) => compareText(a.kind, b.kind));
}

/** Counts what is erased. */
export class ErasureCounts {
  readonly #kinds = new Map<string, { removed: number; blanked: number }>();

  add(kind: string, what: "removed" | "blanked", items = 1): void {
    const counts = this.#kinds.get(kind) ?? { removed: 0, blanked: 0 };
    counts[what] += items;
    this.#kinds.set(kind, counts);
  }

  kinds(): ErasedOfKind[] {
    return [...this.#kinds]
      .map(([kind, counts]) => ({ kind, ...counts }))
      .toSorted((a, b) => compareText(a.kind, b.kind));
  }
}
