import type { OnUnreadable } from "@regulars/core/snapshots/unreadable-customer";
import { type Finding, type FindingAddress, findingId } from "@regulars/core/insights/finding";
import { rankFindings } from "@regulars/core/insights/rank";
import { type Subject, customerIdOf, itemIdsOf, itemNameOf } from "@regulars/core/insights/subject";
import { reevaluate, publish, evaluationContextFor } from "@regulars/core/insights/evaluate";
import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { viewOfDay } from "@regulars/core/snapshots/as-of";
import type { Customer } from "@regulars/core/customers/customer";
import { forYouRefusal } from "@regulars/core/tenants/edition";
import type { NightlyRecord, NightlyStore } from "@regulars/core/nightly/nightly-store";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { CustomerId, Day, Instant, UserId } from "@regulars/core/platform/values";
import { FindingsOfDay } from "./findings-of-day.ts";
import { CustomersSetAside } from "./customers-set-aside.ts";
import { measuresFor } from "./measures.ts";
import { ofToday, storedCandidates } from "./stored-candidates.ts";

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
}

interface ListInput {
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
 * Findings in the one order of all lists (docs/reference/insights.md 8.3): to act on, to watch, to win back, set aside;
 * those folded under another follow it. A past day has what the rules find on that day; the last nightly run also has
 * findings of earlier runs that are held open.
 */
export async function listFindings(input: ListInput): Promise<Result<FindingList>> {
  const { tenant, store, catalog, filter, asOf, now } = input;
  const gated = forYouRefusal(tenant);
  if (gated !== undefined) return gated;
  if (filter.kind !== undefined && catalog.kindOf(filter.kind) === undefined)
    return refuse(
      "unknown-kind",
      `there is no insight "${filter.kind}": choose one of ${catalog.kinds.map(({ id }) => id).join(", ")}`,
    );
  const users = new Set((await store.users()).map((user) => user.userId));
  if (filter.repId !== undefined && !users.has(filter.repId))
    return refuse(
      "unknown-user",
      `tenant ${tenant.tenantId} has no user ${filter.repId}: import users first, or check the id`,
    );
  const setAside = new CustomersSetAside(input.onUnreadable);
  if (asOf !== undefined) {
    const view = viewOfDay(asOf, tenant, now);
    if (!view.ok) return view;
    const findings = await evaluateAll(input, asOf, users, setAside);
    return ok({ asOf, findings: sorted(findings, catalog), customersSetAside: setAside.count() });
  }
  const nightly = await store.lastNightly();
  if (nightly === undefined)
    return refuse(
      "no-nightly-run",
      `no nightly run has run for tenant ${tenant.tenantId} yet: run "regulars night --tenant ${tenant.tenantId}", or ask for a day with --as-of`,
    );
  const findings = await readStored(input, nightly.asOf, users, setAside);
  return ok({
    asOf: nightly.asOf,
    findings: sorted(findings, catalog),
    customersSetAside: setAside.count(
      filter.customerId === undefined ? nightly : ofCustomer(nightly, filter.customerId),
    ),
  });
}

/** What a nightly run says of one customer. */
function ofCustomer({ setAside, ...record }: NightlyRecord, customerId: CustomerId): NightlyRecord {
  const first = (setAside?.first ?? []).filter((one) => one.customerId === customerId);
  return { ...record, setAside: { count: first.length, first } };
}

async function evaluateAll(
  { tenant, store, catalog, filter }: ListInput,
  asOf: Day,
  users: ReadonlySet<UserId>,
  setAside: CustomersSetAside,
): Promise<Finding[]> {
  const kinds = catalog.configure(tenant).filter(({ id }) => filter.kind === undefined || filter.kind === id);
  // What belongs to no customer has no past to be computed from.
  if (filter.address !== undefined && filter.customerId === undefined) return [];
  const at = { asOf };
  const ofDay = new FindingsOfDay({ kinds, users, measures: await measuresFor(store, asOf) }, at);
  const eachSnapshot = (visit: (snapshot: CustomerSnapshot) => void) =>
    Promise.all(
      store.shards.map(async (shard) => {
        const options = { repair: false, onUnreadable: setAside.add };
        for await (const snapshot of store.snapshots(shard, at, options))
          setAside.attempt(snapshot.customer.customerId, () => visit(snapshot));
      }),
    );
  if (filter.customerId === undefined)
    await eachSnapshot((snapshot) => {
      ofDay.count(snapshot);
      ofDay.evaluate(snapshot);
    });
  else {
    const snapshot = await store.snapshotOf(filter.customerId, at, setAside.add);
    if (snapshot !== undefined) setAside.attempt(filter.customerId, () => ofDay.evaluate(snapshot));
    if (ofDay.needsOthers()) await eachSnapshot((other) => ofDay.count(other));
  }
  return ofDay.findings().filter((finding) => isWanted(finding, filter) && isFound(finding, filter));
}

async function readStored(
  { tenant, store, catalog, filter, reps }: ListInput,
  asOf: Day,
  users: ReadonlySet<UserId>,
  setAside: CustomersSetAside,
): Promise<Finding[]> {
  const found = await storedCandidates({ store, wanted: filter, reps, users, asOf, onUnreadable: setAside.add });
  const profiles = await store.profiles(customersOf(found));
  const profileOf = (subject: Subject): Customer | undefined => {
    const customerId = customerIdOf(subject);
    return customerId === undefined ? undefined : profiles.get(customerId);
  };
  const stored = found
    .map((finding) => ofToday(finding, profileOf(finding.subject), users))
    .filter((finding) => isWanted(finding, filter));
  const measures = await measuresFor(store, asOf);
  const kinds = new Map(catalog.configure(tenant).map((kind) => [kind.id, kind]));
  return stored.flatMap((finding) => {
    const kind = kinds.get(finding.kind);
    if (kind === undefined) return [];
    const context = evaluationContextFor(profileOf(finding.subject), tenant, asOf, measures);
    const evaluate = () => publish(reevaluate(finding, kind, context));
    const customerId = customerIdOf(finding.subject);
    const evaluated = customerId === undefined ? evaluate() : setAside.attempt(customerId, evaluate);
    return evaluated !== undefined && isFound(evaluated, filter, finding.foundOn) ? [evaluated] : [];
  });
}

/**
 * Whether the rule found it, on the day or in an earlier nightly run. Items lost before the first nightly run are held
 * open all the same (docs/reference/insights.md 2.3, "Hold-open"): the For You page shows them, this list only on
 * request.
 */
const isFound = ({ ruleHeldUntil }: Finding, { withCarried }: FindingFilter, foundOn?: Day): boolean =>
  withCarried === true || ruleHeldUntil === undefined || (foundOn !== undefined && foundOn <= ruleHeldUntil);

const isWanted = (finding: Pick<Finding, "kind" | "subject" | "repId">, filter: FindingFilter): boolean =>
  (filter.kind === undefined || finding.kind === filter.kind) &&
  (filter.address === undefined || findingId(finding) === findingId(filter.address)) &&
  (filter.customerId === undefined || customerIdOf(finding.subject) === filter.customerId) &&
  (filter.repId === undefined || finding.repId === filter.repId);

function sorted(findings: readonly Finding[], catalog: InsightCatalog): Finding[] {
  const { ranked, toWatch, winBack, setAside } = rankFindings(findings, catalog);
  return [...ranked, ...toWatch, ...winBack, ...setAside].flatMap(({ finding, folded }) => [finding, ...folded]);
}

/** Names of a list's customers and of the items that its findings are about; empty without an item. */
export async function namesOf(
  store: Pick<NightlyStore, "profiles" | "itemNames">,
  findings: readonly Finding[],
): Promise<{ customer: (subject: Subject) => string; item: (subject: Subject) => string }> {
  const profiles = await store.profiles(customersOf(findings));
  const items = await store.itemNames([...new Set(findings.flatMap(({ subject }) => itemIdsOf(subject)))]);
  return {
    customer: (subject) => {
      const customerId = customerIdOf(subject);
      return customerId === undefined ? subject.id : (profiles.get(customerId)?.name ?? customerId);
    },
    item: (subject) => itemNameOf(subject, items) ?? "",
  };
}

/** The customers of the findings, each once. */
export const customersOf = (findings: readonly Pick<Finding, "subject">[]): readonly CustomerId[] => [
  ...new Set(findings.map(({ subject }) => customerIdOf(subject)).filter((customerId) => customerId !== undefined)),
];
