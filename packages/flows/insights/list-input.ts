import type { Customer } from "@regulars/core/customers/customer";
import { type Finding, type FindingAddress, findingId } from "@regulars/core/insights/finding";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { customerIdOf } from "@regulars/core/insights/subject";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { CustomerId, Day, Instant, UserId } from "@regulars/core/platform/values";
import type { OnUnreadable } from "@regulars/core/snapshots/unreadable-customer";
import type { Tenant } from "@regulars/core/tenants/tenant";

export interface FindingFilter {
  readonly kind?: string | undefined;
  readonly repId?: UserId | undefined;
  readonly customerId?: CustomerId | undefined;
  /** Includes findings that are held open since an earlier day, although no nightly run found them by the rule. */
  readonly withCarried?: boolean | undefined;
  /** Only this finding. */
  readonly address?: FindingAddress | undefined;
}

export interface FindingList {
  readonly asOf: Day;
  readonly findings: readonly Finding[];
  /** How many customers the list is without, because their data cannot be read or evaluated. */
  readonly customersSetAside: number;
  /** The profiles of the customers with findings, as far as they were read. */
  readonly customers: ReadonlyMap<CustomerId, Customer>;
}

export interface ListInput {
  readonly catalog: InsightCatalog;
  readonly tenant: Tenant;
  readonly store: NightlyStore;
  readonly filter: FindingFilter;
  /** The users whose findings the caller sees, with those of nobody; default: everybody's. */
  readonly reps?: ReadonlySet<UserId> | undefined;
  /** A past day is computed from the histories, without writing; default: the findings of the last nightly run. */
  readonly asOf?: Day | undefined;
  readonly now: Instant;
  /** Told of customers whose data cannot be read or evaluated; the answer is without them. */
  readonly onUnreadable?: OnUnreadable | undefined;
}

/**
 * Whether the rule found it, on the day or in an earlier nightly run. Items lost before the first nightly run are held
 * open all the same (docs/reference/insights.md 2.3, "Hold-open"): the For You page shows them, this list only on
 * request.
 */
export const isFound = ({ ruleHeldUntil }: Finding, { withCarried }: FindingFilter, foundOn?: Day): boolean =>
  withCarried === true || ruleHeldUntil === undefined || (foundOn !== undefined && foundOn <= ruleHeldUntil);

export const isWanted = (finding: Pick<Finding, "kind" | "subject" | "repId">, filter: FindingFilter): boolean =>
  (filter.kind === undefined || finding.kind === filter.kind) &&
  (filter.address === undefined || findingId(finding) === findingId(filter.address)) &&
  (filter.customerId === undefined || customerIdOf(finding.subject) === filter.customerId) &&
  (filter.repId === undefined || finding.repId === filter.repId);

/** The customers of the findings, each once. */
export const customersOf = (findings: readonly Pick<Finding, "subject">[]): readonly CustomerId[] => [
  ...new Set(findings.map(({ subject }) => customerIdOf(subject)).filter((customerId) => customerId !== undefined)),
];
