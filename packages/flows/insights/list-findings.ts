import type { Finding } from "@regulars/core/insights/finding";
import { rankFindings } from "@regulars/core/insights/rank";
import { type Subject, customerIdOf, itemIdsOf, itemNameOf } from "@regulars/core/insights/subject";
import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { Users } from "@regulars/core/customers/list-scope";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { viewOfDay } from "@regulars/core/snapshots/as-of";
import { forYouRefusal } from "@regulars/core/tenants/edition";
import type { NightlyRecord, NightlyStore } from "@regulars/core/nightly/nightly-store";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { CustomerId, Day } from "@regulars/core/platform/values";
import { FindingsOfDay } from "./findings-of-day.ts";
import { CustomersSetAside } from "./customers-set-aside.ts";
import { measuresFor } from "./measures.ts";
import { type FindingList, type ListInput, customersOf, isFound, isWanted } from "./list-input.ts";
import { readStored } from "./read-stored.ts";

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
  const users: Users = new Map((await store.users()).map((user) => [user.userId, user]));
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
    return ok({ asOf, findings: sorted(findings, catalog), customersSetAside: setAside.count(), customers: new Map() });
  }
  const isOfOwners = filter.customerId === undefined && filter.address === undefined;
  // Before the record: a later nightly run forgets changes only after it has replaced the record.
  const changed = isOfOwners ? await store.callList.changed() : undefined;
  const own = filter.repId === undefined ? input.reps && [...input.reps, undefined] : [filter.repId];
  await store.readAhead({
    asOf: lastCompletedDay(now, tenant.timeZone),
    owners: isOfOwners ? own : [],
    reps: isOfOwners,
  });
  const withFindings = isOfOwners ? await store.repsWithFindings() : undefined;
  const nightly = await store.lastNightly();
  if (nightly === undefined)
    return refuse(
      "no-nightly-run",
      `no nightly run has run for tenant ${tenant.tenantId} yet: run "regulars night --tenant ${tenant.tenantId}", or ask for a day with --as-of`,
    );
  const { findings, customers } = await readStored(input, { nightly, changed, withFindings, users, setAside });
  return ok({
    asOf: nightly.asOf,
    customers,
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
  users: Users,
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
