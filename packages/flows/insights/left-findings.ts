import type { Customer } from "@regulars/core/customers/customer";
import type { Finding } from "@regulars/core/insights/finding";
import type { ListOwner } from "@regulars/core/insights/finding-lists";
import type { StoredFinding } from "@regulars/core/insights/stored-finding";
import type { CustomerId, Day } from "@regulars/core/platform/values";
import type { AsOf } from "@regulars/core/snapshots/as-of";
import type { OnUnreadable } from "@regulars/core/snapshots/unreadable-customer";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import { type Listing, isProfileChanged, listsOf } from "./listed-findings.ts";
import { wholeFindings } from "./whole-findings.ts";

/** With more customers to ask than this, the findings of all are read. */
const MOST_ASKED = 10;

/** Findings of the last nightly run, as it has left them. */
export interface LeftFindings {
  /** As they are shown, with the day of the run that first found them. */
  readonly listed: readonly { readonly finding: Finding; readonly foundOn: Day; readonly customer: Customer }[];
  /** Those that may have been decided on, moved or told otherwise since. */
  readonly stored: readonly StoredFinding[];
}

/**
 * The findings under owners from their lists, which what happens later does not change, except for customers whose own
 * record has changed or on whose finding somebody has decided. `undefined` where all are to be read.
 */
export async function leftFindings(
  listing: Omit<Listing, "kinds">,
  {
    owners,
    at,
    onUnreadable,
  }: { readonly owners: readonly ListOwner[]; readonly at: AsOf; readonly onUnreadable: OnUnreadable },
): Promise<LeftFindings | undefined> {
  const { store, changed } = listing;
  const lists = await listsOf(listing, owners, at);
  if (lists === undefined) return undefined;
  const asked = new Set<CustomerId>(lists.flatMap(({ toJudge }) => toJudge));
  for (const [customerId, markers] of changed) if (isProfileChanged(markers)) asked.add(customerId);
  if (asked.size > MOST_ASKED) return undefined;
  const listed = lists
    .flatMap(({ customers }) => customers)
    .filter(({ customer }) => !asked.has(customer.customerId))
    .flatMap(({ customer, findings }) => findings.map((one) => ({ ...one, customer })));
  const stored = await mapConcurrent([...asked], async (customerId) => {
    const snapshot = await store.snapshotOf(customerId, at, onUnreadable);
    return snapshot === undefined ? [] : wholeFindings(store, snapshot);
  });
  return { listed, stored: stored.flat() };
}
