import type { User } from "@regulars/core/access/user";
import type { Customer } from "@regulars/core/customers/customer";
import type { Person } from "@regulars/core/customers/person";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type MonitorBooks, monitorBooks } from "@regulars/core/monitors/monitor-books";
import { isMonitored } from "@regulars/core/monitors/monitored-owners";
import type { StatusMonitor } from "@regulars/core/monitors/status-monitor";
import type { MonitorStore } from "@regulars/core/monitors/monitor-store";
import type { StatusStore } from "@regulars/core/monitors/status-store";
import { monitorSettingsOf } from "@regulars/core/monitors/tenant-settings";
import type { KnownOfNight } from "@regulars/core/nightly/night-watch";
import { type NightlyStore, watchedUntil } from "@regulars/core/nightly/nightly-store";
import type { Day, Instant, UserId } from "@regulars/core/platform/values";
import { AgendaBook } from "./agenda-book.ts";
import { kindsForCriteria } from "./criteria-context.ts";
import { statusesRefusal } from "@regulars/core/tenants/edition";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { FollowUpContext } from "./follow-up-context.ts";

/** What the evaluation of statuses needs of a tenant. */
export interface StatusStores {
  readonly monitors: MonitorStore;
  readonly statuses: StatusStore;
  readonly followUps: FollowUpContext["followUps"];
  readonly imports: FollowUpContext["imports"];
  readonly records: FollowUpContext["records"];
  readonly nightly: NightlyStore;
  readonly events: { readonly isWanted: () => Promise<boolean> };
}

export interface StatusContextInput {
  readonly tenant: Tenant;
  readonly catalog: Pick<InsightCatalog, "kinds">;
  readonly store: StatusStores;
  readonly now: Instant;
  readonly newId: () => string;
  /** What a nightly run has read already; it also need not know what was saved just now, which is settled at once. */
  readonly known?: KnownOfNight | undefined;
  /** Everybody is evaluated: the agendas are read with the monitors. */
  readonly isOfEverybody?: boolean;
}

/** An evaluation of a tenant's statuses: compiled monitors, users, and where results go. */
export interface StatusContext extends StatusContextInput {
  readonly books: MonitorBooks;
  /** The kinds that statuses may depend on. */
  readonly kinds: ReadonlySet<string>;
  readonly users: ReadonlyMap<UserId, User>;
  readonly isPublished: boolean;
  /** The last nightly run's day. */
  readonly lastNight: Day | undefined;
  /** The last day that nightly runs have evaluated statuses for. */
  readonly watchedOn: Day | undefined;
  readonly followUp: FollowUpContext;
  readonly agenda: AgendaBook;
}

/** Reads the monitors once; `undefined` when the tenant has none to evaluate, or no edition with them. */
export async function statusContext(input: StatusContextInput): Promise<StatusContext | undefined> {
  const { tenant, catalog, store, now, newId, known, isOfEverybody = false } = input;
  const isFresh = known === undefined;
  if (statusesRefusal(tenant) !== undefined) return undefined;
  const stored = isOfEverybody ? await store.monitors.monitorsAndAgendas(isFresh) : undefined;
  const books = booksWith(input, stored?.monitors ?? (await store.monitors.monitors(isFresh)));
  if (books === undefined) return undefined;
  const agenda = new AgendaBook(store.statuses, books);
  if (stored !== undefined) agenda.know(store.nightly.shards, stored.agendas);
  const { users, isEventWanted, lastNight, watchedOn } = known ?? (await knownOf(store));
  return {
    ...input,
    books,
    kinds: new Set(kindsForCriteria(catalog).map(({ id }) => id)),
    users,
    isPublished: isEventWanted,
    lastNight,
    watchedOn,
    agenda,
    followUp: {
      tenant,
      followUps: store.followUps,
      imports: store.imports,
      records: store.records,
      clock: () => Date.parse(now),
      newId,
    },
  };
}

interface BooksInput extends Pick<StatusContextInput, "tenant" | "catalog"> {
  readonly store: Pick<StatusStores, "monitors">;
}

/** The monitors to evaluate. */
function booksWith(
  { tenant, catalog }: Pick<BooksInput, "tenant" | "catalog">,
  monitors: readonly StatusMonitor[],
): MonitorBooks | undefined {
  const books = monitorBooks(monitors, monitorSettingsOf(tenant), kindsForCriteria(catalog), tenant);
  return books.monitors.size === 0 ? undefined : books;
}

/**
 * Whether the monitors or the settings are others than those that the last nightly run evaluated everybody with. The
 * change has settled everybody before, but the run may have written over it.
 */
export async function isOvertaken(
  input: BooksInput & { readonly store: { readonly nightly: Pick<NightlyStore, "lastNightly"> } },
): Promise<boolean> {
  if (statusesRefusal(input.tenant) !== undefined) return false;
  const books = booksWith(input, await input.store.monitors.monitors());
  return books !== undefined && books.stamp !== (await input.store.nightly.lastNightly())?.watchedWith;
}

/** What a nightly run would know already. */
async function knownOf({ nightly, events }: Pick<StatusStores, "nightly" | "events">): Promise<KnownOfNight> {
  const [users, isEventWanted, last] = await Promise.all([nightly.users(), events.isWanted(), nightly.lastNightly()]);
  return {
    users: new Map(users.map((user) => [user.userId, user])),
    isEventWanted,
    lastNight: last?.asOf,
    watchedOn: watchedUntil(last),
  };
}

/** The customer's persons, read only where persons are monitored. */
export async function personsFor(
  { books, store }: Pick<StatusContext, "books" | "store">,
  { customerId }: Customer,
): Promise<readonly Person[]> {
  return isMonitored(books, "person") ? store.nightly.personsOf(customerId) : [];
}
