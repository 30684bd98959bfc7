import { type RankedList, rankFindings } from "@regulars/core/insights/rank";
import type { Finding } from "@regulars/core/insights/finding";
import { type Users, scopeName, scopeOfUser, scopesOf } from "@regulars/core/customers/list-scope";
import type { User } from "@regulars/core/access/user";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { viewOfDay } from "@regulars/core/snapshots/as-of";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Instant } from "@regulars/core/platform/values";
import { measuresFor } from "./measures.ts";
import { eachListed } from "./listed-findings.ts";
import { eachWithFindings } from "./stored-findings.ts";

interface WorklistsInput {
  readonly tenant: Tenant;
  readonly store: NightlyStore;
  readonly catalog: InsightCatalog;
  readonly now: Instant;
}

/** The lists of all For You pages: everybody's, and each user's. */
export interface Worklists {
  readonly all: RankedList;
  readonly ofUser: (user: User) => RankedList;
}

/**
 * The list of every For You page after the last nightly run, from one reading of the customers, so that an overview
 * counts exactly what each page shows. `undefined` before the first nightly run.
 */
export async function readWorklists({ tenant, store, catalog, now }: WorklistsInput): Promise<Worklists | undefined> {
  // Before the record: a later nightly run forgets changes only after it has replaced the record.
  const changed = await store.callList.changed();
  const nightly = await store.lastNightly();
  const asOf = nightly?.asOf;
  const at = asOf === undefined ? undefined : viewOfDay(asOf, tenant, now);
  if (nightly === undefined || at?.ok !== true) return undefined;
  const users: Users = new Map((await store.users()).map((user) => [user.userId, user]));
  const byScope = new Map<string, Finding[]>();
  const kinds = catalog.configure(tenant);
  const measures = await measuresFor(store, at.value.asOf);
  const listing = { tenant, catalog, store, users, kinds, measures, nightly, changed };
  await eachListed(listing, {
    owners: [...((await store.repsWithFindings()) ?? users.keys()), undefined],
    at: at.value,
    evaluateAll: (evaluate) => eachWithFindings(store, [...users.keys(), undefined], at.value, evaluate),
    visit: (customer, findings) => {
      for (const scope of scopesOf(customer, users)) {
        const list = byScope.get(scopeName(scope)) ?? [];
        byScope.set(scopeName(scope), list);
        list.push(...findings);
      }
    },
  });
  const listOf = (name: string): RankedList => rankFindings(byScope.get(name) ?? [], catalog);
  return { all: listOf("all"), ofUser: (user) => listOf(scopeName(scopeOfUser(user))) };
}
