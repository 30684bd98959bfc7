import { recipientOf } from "@regulars/core/access/recipient";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type RankedEntry, compareCards } from "@regulars/core/insights/rank";
import { type DigestParts, type Links, composeDigest, digestId } from "@regulars/core/notifications/compose";
import type { Customer } from "@regulars/core/customers/customer";
import { type User, isActive } from "@regulars/core/access/user";
import type { DigestToDo } from "@regulars/core/notifications/message";
import type { NewNotification } from "@regulars/core/notifications/notification";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { composeSales, lowestCustomers } from "@regulars/core/notifications/compose-sales";
import { type Users, scopeName, scopeOfUser, scopesOf } from "@regulars/core/customers/list-scope";
import { type SalesFigures, SalesAccumulator } from "@regulars/core/sales-figures/figures";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { CustomerId, Day, Instant, UserId } from "@regulars/core/platform/values";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import { digestLineFor } from "../notifications/message-line.ts";

/** The first entries of the list; a rep does not call more customers a day. */
const LINES = 10;

const NONE = new SalesAccumulator().figures();

/** The figures of the rep's own page: a manager's page is the team's. */
const figuresOf = (rep: User | undefined, { figures }: Publication): SalesFigures =>
  (rep === undefined ? undefined : figures.get(scopeName(scopeOfUser(rep)))) ?? NONE;

interface Noted {
  readonly entry: RankedEntry;
  readonly customer: Customer;
  readonly isNew: boolean;
}

interface RepList {
  readonly counts: Map<string, { count: number; newCount: number }>;
  top: Noted[];
}

/** The open follow-ups of a user for the digest after a nightly run's day; `undefined` when they have none. */
export type ToDoOf = (userId: UserId, asOf: Day) => Promise<DigestToDo | undefined>;

interface Publication {
  readonly catalog: InsightCatalog;
  readonly tenant: Tenant;
  readonly asOf: Day;
  readonly users: ReadonlyMap<UserId, User>;
  readonly store: Pick<NightlyStore, "personsOf" | "itemNames" | "profiles">;
  /** Of the nightly run, by scope name. */
  readonly figures: ReadonlyMap<string, SalesFigures>;
  readonly links: Links;
  readonly digestsDueAt: (rep: User) => Instant;
  readonly toDoOf?: ToDoOf | undefined;
  readonly isOnHold: boolean;
}

/**
 * Collects the contents of each rep's digest: the counts and the first entries of what the rep's own page lists, in its
 * order. Memory is bounded by reps, not findings.
 */
export class DigestCollector {
  readonly #users: Users;
  readonly #reps = new Map<UserId, RepList>();

  constructor(users: Users) {
    this.#users = users;
  }

  /** Adds an entry to act on to the list of every rep who has the customer on their page, or of who stands in for them; returns their number. */
  note(noted: Noted): number {
    const reps = scopesOf(noted.customer, this.#users).filter((scope) => scope.type === "rep");
    const recipients = reps.map(({ userId }) => recipientOf(userId, this.#users, noted.customer)?.userId);
    const known = new Set(recipients.filter((userId) => userId !== undefined));
    for (const userId of known) this.#add(userId, noted);
    return known.size;
  }

  #add(userId: UserId, noted: Noted): void {
    const list: RepList = this.#reps.get(userId) ?? { counts: new Map(), top: [] };
    this.#reps.set(userId, list);
    const { kind } = noted.entry.finding;
    const { count, newCount } = list.counts.get(kind) ?? { count: 0, newCount: 0 };
    list.counts.set(kind, { count: count + 1, newCount: newCount + Number(noted.isNew) });
    list.top.push(noted);
    list.top.sort((a, b) => Number(b.isNew) - Number(a.isNew) || compareCards(a.entry, b.entry));
    list.top.length = Math.min(list.top.length, LINES);
  }

  /** One e-mail for each rep with an address and contents, reps in id order. */
  async digests(publication: Publication): Promise<NewNotification[]> {
    const notifications: NewNotification[] = [];
    const names = await this.#names(publication);
    const toDo = await this.#toDo(publication);
    for (const repId of [...new Set([...this.#reps.keys(), ...toDo.keys()])].toSorted()) {
      const rep = publication.users.get(repId);
      if (rep === undefined) continue;
      const message = await this.#digestOf(rep, publication, names, toDo.get(repId));
      if (message === undefined) continue;
      notifications.push({
        id: digestId(repId, publication.asOf),
        dueAt: publication.digestsDueAt(rep),
        message,
        isOnHold: publication.isOnHold,
      });
    }
    return notifications;
  }

  /** Names of all reps' lowest performers, read at once. */
  async #names(publication: Publication): Promise<ReadonlyMap<CustomerId, string>> {
    const reps = [...this.#reps.keys()].map((repId) => publication.users.get(repId));
    const wanted = reps.flatMap((rep) => lowestCustomers(figuresOf(rep, publication)));
    const profiles = await publication.store.profiles([...new Set(wanted)]);
    return new Map([...profiles.values()].map(({ customerId, name }) => [customerId, name ?? customerId]));
  }

  /** The open follow-ups of all who can get an e-mail. */
  async #toDo({ toDoOf, users, asOf }: Publication): Promise<ReadonlyMap<UserId, DigestToDo>> {
    if (toDoOf === undefined) return new Map();
    const readers = [...users.values()].filter((user) => user.email !== undefined && isActive(user));
    const found = await mapConcurrent(readers, async ({ userId }) => [userId, await toDoOf(userId, asOf)] as const);
    return new Map(found.flatMap(([userId, toDo]) => (toDo === undefined ? [] : [[userId, toDo] as const])));
  }

  async #digestOf(
    rep: User,
    publication: Publication,
    names: ReadonlyMap<CustomerId, string>,
    toDo: DigestToDo | undefined,
  ) {
    if (rep.email === undefined) return undefined;
    const list = this.#reps.get(rep.userId) ?? { counts: new Map<string, never>(), top: [] };
    const lines = [];
    for (const { entry, customer, isNew } of list.top)
      lines.push(await digestLineFor(publication, entry, customer, { rep, isNew }));
    const parts: DigestParts = { counts: [...list.counts].map(([kind, counts]) => ({ kind, ...counts })), lines, toDo };
    const { catalog, tenant, asOf, links } = publication;
    const sales = composeSales(figuresOf(rep, publication), names, asOf, tenant);
    return composeDigest(catalog, tenant, rep, asOf, parts, links, sales);
  }
}
