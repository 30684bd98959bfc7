import type { LinkedPair } from "@regulars/core/catalog/item-link";
import { ratioText } from "@regulars/core/catalog/link-rules";
import {
  type LinkDecision,
  type ReviewedSuggestion,
  type SuggestionRun,
  hasDoubled,
  isPair,
  reviewed,
  suggestionOf,
} from "@regulars/core/code-red/link-review";
import type { KeptSuggestions, LinkStore, StoredPair } from "@regulars/core/code-red/link-store";
import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Instant, UserId } from "@regulars/core/platform/values";

interface DecideInput {
  readonly links: LinkStore;
  readonly pair: LinkedPair;
  readonly state: LinkDecision["state"];
  readonly by?: UserId | undefined;
  readonly now: Instant;
  readonly companionOf?: CompanionWritesOf<LinkDecision>;
}

/** The suggestions to review and those that were decided, with who decided and when. */
export async function reviewLinks(links: LinkStore): Promise<{
  readonly run: SuggestionRun | undefined;
  readonly suggestions: readonly ReviewedSuggestion[];
}> {
  const [kept, decisions, entered] = await Promise.all([links.suggestions(), links.decisions(), links.list()]);
  const suggestions = reviewed({ run: kept?.run, suggestions: kept?.suggestions ?? [], decisions, links: entered });
  return { run: kept?.run, suggestions };
}

/**
 * Accepts a suggestion, which makes the link, or rejects its pair. A pair that is linked already is refused: an entered
 * link is never replaced. The same decision twice is one.
 */
export async function decideLink({
  links,
  pair,
  state,
  by,
  now,
  companionOf,
}: DecideInput): Promise<Result<LinkDecision>> {
  if (pair.itemId === pair.linkedItemId) return notSuggested(pair);
  const kept = await links.suggestions();
  const made = { state, at: now, ...(by === undefined ? {} : { by }) };
  return links.decide(pair, (stored) => decisionOn(pair, made, stored, kept), companionOf);
}

type Made = Pick<LinkDecision, "state" | "at" | "by">;

function decisionOn(
  pair: LinkedPair,
  made: Made,
  { decision, links }: StoredPair,
  kept: KeptSuggestions | undefined,
): Result<LinkDecision> {
  const [linked] = links;
  const isAccepted = linked !== undefined && decision?.state === "accepted" && isPair(decision, pair);
  if (isAccepted && made.state === "accepted") return ok(decision);
  if (linked !== undefined)
    return refuse(
      "already-linked",
      `${linked.itemId} is linked with ${linked.linkedItemId} as ${ratioText(linked)}: remove that link first`,
    );
  const suggestion = suggestionOf(kept?.suggestions ?? [], pair);
  const isRejected = decision?.state === "rejected";
  const isBack =
    isRejected && suggestion !== undefined && kept !== undefined && hasDoubled(decision, suggestion, kept.run);
  if (isRejected && made.state === "rejected" && !isBack) return ok(decision);
  if (suggestion === undefined || kept === undefined) return remade(pair, made, decision);
  if (made.state === "accepted" && !isPair(suggestion, pair)) return notSuggested(pair);
  const { from, asOf } = kept.run;
  return ok({ ...suggestion, from, asOf, ...made });
}

/** A pair that the last run no longer suggests may still be accepted with the figures of its earlier decision. */
const remade = (pair: LinkedPair, made: Made, decision: LinkDecision | undefined): Result<LinkDecision> =>
  decision === undefined || !isPair(decision, pair) ? notSuggested(pair) : ok({ ...decision, ...made });

const notSuggested = ({ itemId, linkedItemId }: LinkedPair): Result<never> =>
  refuse("unknown-suggestion", `no link from ${itemId} to ${linkedItemId} is suggested: suggest links first`);
