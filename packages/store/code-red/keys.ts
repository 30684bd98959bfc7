import { compareText } from "@regulars/core/platform/compare";
import { keyOfId } from "@regulars/core/platform/id-text";
import type { CustomerId, Instant, ItemId } from "@regulars/core/platform/values";
import type { FamilyFates, InFamily, Key } from "../engine/key.ts";

/** The sort keys of a customer's stamps begin with it. */
export const ignoresPrefix = (customerId: CustomerId): string => `${keyOfId(customerId)}#`;

/** The sort keys of the pages of a run of suggestions begin with it. */
export const suggestionPages = (stamp: string): string => `PAGE#${stamp}#`;

const callListPartition = (inFamily: InFamily, shard: number): string =>
  inFamily(`CALLS#${String(shard).padStart(2, "0")}`);

export const codeRedKeys = (inFamily: InFamily) => ({
  /** The comparisons that the last nightly run has left of a shard. */
  callList: (shard: number): string => callListPartition(inFamily, shard),
  callListPiece: (shard: number, piece: number): Key => ({
    pk: callListPartition(inFamily, shard),
    sk: String(piece).padStart(4, "0"),
  }),
  /** The stamps of ignored rows, by customer and instant. */
  ignores: (): string => inFamily("IGNORE"),
  /** `unique` distinguishes stamps of the same instant. */
  ignore: (customerId: CustomerId, at: Instant, unique: string): Key => ({
    pk: inFamily("IGNORE"),
    sk: `${ignoresPrefix(customerId)}${at}#${unique}`,
  }),
  /** The last run of suggested links: its head, and the pages that the head names. */
  suggestions: (): string => inFamily("LINKRUN"),
  suggestionRun: (): Key => ({ pk: inFamily("LINKRUN"), sk: "HEAD" }),
  suggestionPage: (stamp: string, page: number): Key => ({
    pk: inFamily("LINKRUN"),
    sk: `${suggestionPages(stamp)}${String(page).padStart(4, "0")}`,
  }),
  /** Decisions about suggested links, one for both directions of a pair. */
  linkDecisions: (): string => inFamily("LINKDEC"),
  linkDecision: (itemId: ItemId, linkedItemId: ItemId): Key => ({
    pk: inFamily("LINKDEC"),
    sk: [itemId, linkedItemId].toSorted(compareText).map(keyOfId).join("#"),
  }),
});

export const codeRedFates = {
  LINKDEC: "kept",
  LINKRUN: { kind: "suggested links", fate: "trimmed" },
} as const satisfies FamilyFates;
