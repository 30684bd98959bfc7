import type { LinkedPair } from "@regulars/core/catalog/item-link";
import { ratioText } from "@regulars/core/catalog/link-rules";
import { type LinkDecision, suggestionStates } from "@regulars/core/code-red/link-review";
import { ruleJson, suggestionJson } from "@regulars/core/code-red/link-json";
import {
  type LinkSuggestion,
  type SuggestionRequest,
  figuresOf,
  suggestionMetrics,
} from "@regulars/core/code-red/suggest-links";
import { counted } from "@regulars/core/platform/counted";
import { type ItemId, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { decideLink, reviewLinks } from "@regulars/flows/code-red/decide-link";
import { type FoundLinks, suggestFromOrders } from "@regulars/flows/code-red/suggest-links";
import type { OpenedTenant } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { dayArgument, checkedArgument, oneOf, wholeNumber } from "../arguments.ts";
import { refuseUnknownUsers } from "../customers/known-ids.ts";
import { type Session, printJson, usable } from "../session.ts";
import { textTable } from "../text-table.ts";

export interface SuggestOptions {
  readonly from?: string;
  readonly percent?: string;
  readonly metric?: string;
  readonly minJoint?: string;
  readonly literal?: boolean;
  readonly all?: boolean;
  readonly asOf?: string;
  readonly by?: string;
  readonly state?: string;
}

/** What a command on links works with. */
export interface AskedLinks {
  readonly opened: OpenedTenant;
  readonly session: Session;
  readonly now: number;
}

/** The request of `links suggest`, refused before anything is opened. */
export function requestOf({ from, percent, metric, minJoint, literal, all }: SuggestOptions): SuggestionRequest {
  if (from === undefined) throw new UserError("name the first day of the orders: --from YYYY-MM-DD");
  if (percent === undefined)
    throw new UserError("say from how many percent on a link is suggested: --percent 1 to 100");
  return {
    from: dayArgument("--from", from),
    percent: wholeNumber("--percent", percent, { least: 1, most: 100 }),
    metric: metric === undefined ? "confidence" : oneOf(suggestionMetrics, "--metric", metric),
    minJoint: minJoint === undefined ? undefined : wholeNumber("--min-joint", minJoint, { least: 1, most: 1_000_000 }),
    literal: literal === true,
    all: all === true,
  };
}

const userOf = (by: string | undefined) => (by === undefined ? undefined : checkedArgument(userIdSchema, "--by", by));

/** `links suggest`: what the orders since a day suggest, kept for review. */
export function suggest(request: SuggestionRequest, options: SuggestOptions) {
  const asOf = options.asOf === undefined ? undefined : dayArgument("--as-of", options.asOf);
  const by = userOf(options.by);
  return async ({ opened, session, now }: AskedLinks): Promise<void> => {
    const { tenant, store } = opened;
    await refuseUnknownUsers(opened, "--by", by);
    const found = usable(
      await suggestFromOrders({
        tenant,
        store: store.nightly,
        links: store.links,
        request,
        asOf,
        by,
        now: toInstant(now),
      }),
    );
    for (const { customerId, reason } of found.setAside) session.note(`${customerId} cannot be read: ${reason}\n`);
    if (session.json) printJson(session, { invoices: found.orders, rules: found.suggestions.map(ruleJson) });
    else session.print(describe(found, request, await itemTextOf(opened, found.suggestions)));
  };
}

function describe(
  { asOf, orders, suggestions, held }: FoundLinks,
  { from }: SuggestionRequest,
  shown: ItemText,
): string {
  const head = `${counted(suggestions.length, "link")} suggested by ${counted(orders, "order")} from ${from} to ${asOf}`;
  const rest =
    held === 0
      ? ""
      : `${counted(held, "other link")} would be red for more than a third of the customers who buy the item: --all shows them too\n`;
  return `${head}\n${suggestions.length === 0 ? "" : `${suggestionTable(suggestions, shown)}\n`}${rest}`;
}

const percentText = (share: number): string => `${Math.round(share * 1000) / 10} %`;

/** What an item is shown as: its id, by which commands know it, and its name where it has one. */
export type ItemText = (itemId: ItemId) => string;

/** The items of links as they are shown. */
export async function itemTextOf({ store }: OpenedTenant, pairs: readonly LinkedPair[]): Promise<ItemText> {
  const ids = pairs.flatMap(({ itemId, linkedItemId }) => [itemId, linkedItemId]);
  const names = await store.nightly.itemNames([...new Set(ids)]);
  return (itemId) => [itemId, names.get(itemId)].filter((part) => part !== undefined && part !== "").join(" ");
}

const cellsOf = (suggestion: LinkSuggestion, shown: ItemText): string[] => {
  const { support, confidence, lift } = figuresOf(suggestion);
  return [
    shown(suggestion.itemId),
    shown(suggestion.linkedItemId),
    ratioText(suggestion),
    String(suggestion.joint),
    percentText(support),
    percentText(confidence),
    lift.toFixed(2),
    `${suggestion.wouldBeRed} of ${suggestion.buyers}`,
  ];
};

const HEADS = ["ITEM", "LINKED ITEM", "RATIO", "JOINT", "SUPPORT", "CONFIDENCE", "LIFT", "WOULD BE RED FOR"];

const suggestionTable = (suggestions: readonly LinkSuggestion[], shown: ItemText): string =>
  textTable(
    HEADS,
    suggestions.map((one) => cellsOf(one, shown)),
  );

/** `links suggestions`: those to review, or those in another state. */
export function reviewList({ state = "suggested" }: SuggestOptions) {
  const wanted = oneOf(suggestionStates, "--state", state);
  return async ({ opened, session }: AskedLinks): Promise<void> => {
    const { run, suggestions } = await reviewLinks(opened.store.links);
    const shown = suggestions.filter((one) => one.state === wanted);
    if (session.json)
      printJson(session, {
        tenant: opened.tenant.tenantId,
        asOf: run?.asOf ?? null,
        suggestions: shown.map(suggestionJson),
      });
    else if (shown.length === 0) session.print(`no link is ${wanted}\n`);
    else {
      const itemText = await itemTextOf(opened, shown);
      const rows = shown.map((one) => [...cellsOf(one, itemText), one.by ?? "", one.at]);
      session.print(`${textTable([...HEADS, "BY", "AT"], rows)}\n`);
    }
  };
}

/** `links accept` and `links reject`. */
export function decide(pair: LinkedPair, state: LinkDecision["state"], options: SuggestOptions) {
  const by = userOf(options.by);
  return async ({ opened, session, now }: AskedLinks): Promise<void> => {
    await refuseUnknownUsers(opened, "--by", by);
    const decision = usable(await decideLink({ links: opened.store.links, pair, state, by, now: toInstant(now) }));
    if (session.json) printJson(session, suggestionJson(decision));
    else
      session.print(
        state === "accepted"
          ? `accepted: ${decision.itemId} with ${decision.linkedItemId} as ${ratioText(decision)}\n`
          : `rejected: ${decision.itemId} with ${decision.linkedItemId} comes back when its orders have doubled\n`,
      );
  };
}
