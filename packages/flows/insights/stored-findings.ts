import { type ConfiguredKind, type EvaluationContext, evaluationContextOf } from "@regulars/core/insights/define";
import { asUnwanted, isMarkedUnwanted } from "@regulars/core/insights/item-demand";
import { type Finding, findingId } from "@regulars/core/insights/finding";
import { customerIdOf } from "@regulars/core/insights/subject";
import { type EvaluatedFinding, evaluateCustomer, publish } from "@regulars/core/insights/evaluate";
import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import type { TenantMeasures } from "@regulars/core/insights/tenant-measures";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { OnUnreadable } from "@regulars/core/snapshots/unreadable-customer";
import type { AsOf } from "@regulars/core/snapshots/as-of";
import type { CustomerId, UserId } from "@regulars/core/platform/values";
import { mapConcurrent } from "../platform/map-concurrent.ts";

export interface Evaluating {
  readonly kinds: readonly ConfiguredKind[];
  readonly users: { readonly has: (userId: UserId) => boolean };
  readonly measures: TenantMeasures | undefined;
}

/** All findings of a customer on the day. */
export const evaluated = (
  { kinds, users, measures }: Evaluating,
  snapshot: CustomerSnapshot,
  { asOf }: AsOf,
): readonly EvaluatedFinding[] =>
  evaluateCustomer(snapshot, kinds, asOf, (userId) => users.has(userId), measures).findings;

export const contextOf = (
  { measures }: Pick<Evaluating, "measures">,
  { history }: Pick<CustomerSnapshot, "history">,
  { asOf }: Pick<AsOf, "asOf">,
): EvaluationContext => ({ ...evaluationContextOf(history), asOf, measures });

/** The stored findings that still hold, with current values; new ones are left to the next nightly run. */
export function stillThere(evaluating: Evaluating, snapshot: CustomerSnapshot, at: AsOf): Finding[] {
  const stored = new Map(snapshot.findings.map((one) => [findingId(one), one]));
  if (stored.size === 0) return [];
  const context = contextOf(evaluating, snapshot, at);
  return evaluated(evaluating, snapshot, at).flatMap((finding) => {
    const former = stored.get(finding.id);
    if (former === undefined) return [];
    // Only a reading of all customers can tell; the nightly run did.
    const isUnwanted = former.episode === finding.episode && isMarkedUnwanted(former.facts);
    return [publish(isUnwanted ? asUnwanted(finding, evaluating.kinds, context) : finding)];
  });
}

/**
 * Visits every customer that has a stored finding with one of these owners; `undefined` is no owner. Those with
 * unreadable data are skipped.
 */
export async function eachWithFindings(
  store: Pick<NightlyStore, "ofRep" | "snapshotOf">,
  owners: readonly (UserId | undefined)[],
  at: AsOf,
  visit: (snapshot: CustomerSnapshot) => void,
  onUnreadable: OnUnreadable = () => undefined,
): Promise<void> {
  const customers = new Set<CustomerId>();
  for (const owner of owners)
    for await (const { subject } of store.ofRep(owner, onUnreadable)) {
      const customerId = customerIdOf(subject);
      if (customerId !== undefined) customers.add(customerId);
    }
  await mapConcurrent([...customers], async (customerId) => {
    const snapshot = await store.snapshotOf(customerId, at, onUnreadable);
    if (snapshot !== undefined) visit(snapshot);
  });
}
