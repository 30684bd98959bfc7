import type { LinkStore } from "@regulars/core/code-red/link-store";
import { planComparisons } from "@regulars/core/code-red/plan";
import { Purchases } from "@regulars/core/code-red/purchases";
import { type LinkSuggestion, type SuggestionRequest, suggestLinks } from "@regulars/core/code-red/suggest-links";
import { codeRedSettingsOf } from "@regulars/core/code-red/tenant-settings";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import type { ItemError } from "@regulars/core/platform/field-error";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Day, type Instant, type UserId, toDayNumber } from "@regulars/core/platform/values";
import type { History } from "@regulars/core/snapshots/history";
import type { SetAsideCustomer } from "@regulars/core/snapshots/unreadable-customer";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { allOrFirstFault } from "../platform/all-or-first-fault.ts";
import { dayOf } from "./list-code-red.ts";

interface SuggestInput {
  readonly tenant: Tenant;
  readonly store: Pick<NightlyStore, "shards" | "lastNightly"> & {
    readonly snapshots: (
      ...given: Parameters<NightlyStore["snapshots"]>
    ) => AsyncIterable<{ readonly history: History }>;
  };
  readonly links: Pick<LinkStore, "keepSuggestions">;
  readonly request: SuggestionRequest;
  readonly asOf?: Day | undefined;
  readonly by?: UserId | undefined;
  readonly now: Instant;
  readonly companionOf?: CompanionWritesOf<FoundLinks>;
}

export interface FoundLinks {
  readonly asOf: Day;
  readonly orders: number;
  /** The most frequent first. */
  readonly suggestions: readonly LinkSuggestion[];
  /** Not offered, because they would be red for more than a third of those who buy the item. */
  readonly held: number;
  /** Customers whose orders cannot be read. */
  readonly setAside: readonly SetAsideCustomer[];
}

/** The most suggestions that are kept for review: the most frequent ones. */
const MOST_KEPT = 10_000;

/**
 * Suggests links from the orders since a day (docs/reference/code-red.md 7), and keeps them for review in place of those
 * before. What was decided about a pair stays.
 */
export async function suggestFromOrders(input: SuggestInput): Promise<Result<FoundLinks>> {
  const { tenant, store, links, request, by, now } = input;
  const day = await dayOf(input);
  if (!day.ok) return day;
  const asOf = day.value;
  if (request.from > asOf) return fromAfter(request.from, asOf);
  const settings = codeRedSettingsOf(tenant);
  const window = planComparisons(asOf, settings, tenant.closures).links;
  const purchases = new Purchases({ from: toDayNumber(request.from), to: toDayNumber(asOf) }, window);
  const setAside: SetAsideCustomer[] = [];
  const onUnreadable = (customer: SetAsideCustomer) => setAside.push(customer);
  await allOrFirstFault(
    store.shards.map(async (shard) => {
      for await (const { history } of store.snapshots(shard, { asOf }, { repair: false, onUnreadable }))
        purchases.add(history);
    }),
  );
  const baskets = purchases.baskets();
  const found = suggestLinks(baskets, request, purchases.quantities(), settings, (number) => purchases.nameOf(number));
  if (!found.ok) return found;
  const { offered, held } = found.value;
  const answer = { asOf, orders: baskets.count, suggestions: offered, held, setAside };
  await links.keepSuggestions(
    {
      run: { ...request, asOf, orders: baskets.count, held, at: now, ...(by === undefined ? {} : { by }) },
      suggestions: offered.slice(0, MOST_KEPT),
    },
    input.companionOf?.(answer),
  );
  return ok(answer);
}

function fromAfter(from: Day, asOf: Day): Result<never> & { readonly errors: readonly ItemError[] } {
  const message = `from "${from}" is after ${asOf}, the last day that is counted: an earlier day or that one is allowed`;
  return { ...refuse("from-after-day", message), errors: [{ path: "from", code: "from-after-day", message }] };
}
