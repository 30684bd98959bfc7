import type { ItemLink, LinkedPair } from "../catalog/item-link.ts";
import type { ItemError } from "../platform/field-error.ts";
import type { CompanionWrites, CompanionWritesOf } from "../platform/idempotency.ts";
import type { Result } from "../platform/result.ts";
import type { SaveOutcome } from "../platform/save-counts.ts";
import type { LinkDecision, SuggestionRun } from "./link-review.ts";
import type { LinkSuggestion } from "./suggest-links.ts";

/** A run of suggestions with what it found. */
export interface KeptSuggestions {
  readonly run: SuggestionRun;
  readonly suggestions: readonly LinkSuggestion[];
}

/** What is stored of a pair when somebody decides about it. */
export interface StoredPair {
  readonly decision: LinkDecision | undefined;
  /** In either direction. */
  readonly links: readonly ItemLink[];
}

/** Decides about a suggested pair; called again when another decision came first. The stored decision changes nothing. */
export type DecideLink = (
  pair: LinkedPair,
  decide: (stored: StoredPair) => Result<LinkDecision>,
  companionOf?: CompanionWritesOf<LinkDecision>,
) => Promise<Result<LinkDecision>>;

/** The links of a tenant, entered and suggested. */
export interface LinkStore {
  /** Every link, by item and linked item. */
  readonly list: () => Promise<readonly ItemLink[]>;
  readonly find: (pair: LinkedPair) => Promise<ItemLink | undefined>;
  /** Adds or replaces a link; a fault when it contradicts the other direction or an item is unknown. */
  readonly set: (
    link: ItemLink,
    companionOf?: CompanionWritesOf<SaveOutcome>,
  ) => Promise<{ readonly outcome: SaveOutcome } | { readonly fault: ItemError }>;
  /** Whether there was such a link. */
  readonly remove: (pair: LinkedPair, companion?: CompanionWrites) => Promise<boolean>;
  readonly suggestions: () => Promise<KeptSuggestions | undefined>;
  readonly keepSuggestions: (kept: KeptSuggestions, companion?: CompanionWrites) => Promise<void>;
  readonly decisions: () => Promise<readonly LinkDecision[]>;
  readonly decide: DecideLink;
}
