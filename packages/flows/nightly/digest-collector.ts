import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { FormerFinding, ResolvedFinding } from "@regulars/core/insights/stored-finding";
import { type DigestParts, type Links, composeDigest, digestId } from "@regulars/core/notifications/compose";
import type { Customer } from "@regulars/core/customers/customer";
import { type User, isActive } from "@regulars/core/access/user";
import { digestDaysOf } from "@regulars/core/notifications/digest-days";
import type { EffectivePreferences } from "@regulars/core/notifications/effective";
import type { Digest, DigestToDo } from "@regulars/core/notifications/message";
import { quietTime } from "@regulars/core/notifications/quiet-time";
import { route, routeDigest } from "@regulars/core/notifications/route";
import { wasTold } from "@regulars/core/notifications/told";
import { addDays } from "@regulars/core/platform/period";
import type { NewNotification } from "@regulars/core/notifications/notification";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { composeSales, lowestCustomers } from "@regulars/core/notifications/compose-sales";
import { type Users, scopeName, scopeOfUser } from "@regulars/core/customers/list-scope";
import { type SalesFigures, SalesAccumulator } from "@regulars/core/sales-figures/figures";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type CustomerId, type Day, type Instant, type UserId, toInstant } from "@regulars/core/platform/values";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import { digestLineFor } from "../notifications/message-line.ts";
import { type PreferencesOf, readersOf } from "../notifications/readers.ts";
import { type DigestEntry, DigestList, type DigestListState } from "./digest-list.ts";

/** The first entries of the list; a rep does not call more customers a day. */
const LINES = 10;

const NONE = new SalesAccumulator().figures();

/** The figures of the rep's own page: a manager's page is the team's. */
const figuresOf = (rep: User | undefined, { figures }: Publication): SalesFigures =>
  (rep === undefined ? undefined : figures.get(scopeName(scopeOfUser(rep)))) ?? NONE;

/** The open follow-ups of a user for the digest after a nightly run's day; `undefined` when they have none. */
export type ToDoOf = (user: User, asOf: Day, users: ReadonlyMap<UserId, User>) => Promise<DigestToDo | undefined>;

interface Publication {
  readonly catalog: InsightCatalog;
  readonly tenant: Tenant;
  readonly asOf: Day;
  readonly users: ReadonlyMap<UserId, User>;
  readonly store: Pick<NightlyStore, "personsOf" | "itemNames" | "profiles">;
  /** Of the nightly run, by scope name. */
  readonly figures: ReadonlyMap<string, SalesFigures>;
  readonly links: Links;
  readonly preferencesOf: PreferencesOf;
  /** Whether an alert of this nightly run tells somebody of a finding. */
  readonly isToldNow: (userId: UserId, findingId: string) => boolean;
  readonly now: Instant;
  /** Started by the clock: digests wait for their time. */
  readonly isScheduled: boolean;
  readonly toDoOf?: ToDoOf | undefined;
  readonly isOnHold: boolean;
}

/** The digest of one rep: what it says, for each of the days that it is queued for. */
interface Composed {
  readonly rep: User;
  readonly preferences: EffectivePreferences;
  readonly isCompulsory: boolean;
  readonly messageOf: (day: Day) => Digest | undefined;
}

/** The lists as they are kept for the part that continues. */
export type DigestState = readonly (readonly [userId: UserId, list: DigestListState])[];

/**
 * Collects the contents of each rep's digest: the counts and the first entries of what the rep's own page lists, in its
 * order, as far as their preferences have it there. Memory is bounded by reps, not findings.
 */
export class DigestCollector {
  readonly #users: Users;
  readonly #preferencesOf: PreferencesOf;
  readonly #now: number;
  readonly #most: number;
  readonly #reps = new Map<UserId, DigestList>();

  /** `budget`: the most alerts of a rep, whose entries are not in the digest. */
  constructor(
    users: Users,
    {
      preferencesOf,
      now,
      budget,
    }: { readonly preferencesOf: PreferencesOf; readonly now: Instant; readonly budget: number },
  ) {
    this.#users = users;
    this.#preferencesOf = preferencesOf;
    this.#now = Date.parse(now);
    this.#most = LINES + budget;
  }

  state(): DigestState {
    return [...this.#reps].map(([userId, list]) => [userId, list.state()]);
  }

  /** Adds what was collected of other customers. */
  join(state: DigestState): void {
    for (const [userId, list] of state) this.#listOf(userId).join(list);
  }

  /** Adds an entry of the list of every rep who has the customer on their page, or of who stands in for them. */
  note(noted: DigestEntry, former: ReadonlyMap<string, FormerFinding>): void {
    for (const userId of readersOf(noted.customer, this.#users)) {
      const preferences = this.#preferencesOf(userId);
      const decided = noted.findings.map((finding) => ({ finding, ...route(finding, preferences, this.#now) }));
      const wanted = decided.filter(({ send }) => send !== "nothing");
      if (wanted.length === 0) continue;
      const list = this.#listOf(userId);
      if (wanted.some(({ why }) => why.decidedBy === "compulsion")) list.isCompulsory = true;
      const untold = wanted.filter(({ finding }) => !wasTold(former.get(finding.id), finding, userId));
      list.add(
        noted,
        untold.map(({ finding }) => finding),
      );
    }
  }

  /** Adds findings that have ended, for those who ask for them. */
  noteCleared(customer: Customer, ended: readonly ResolvedFinding[]): void {
    const told = ended.filter(({ level }) => level !== "watch");
    if (told.length === 0) return;
    for (const userId of readersOf(customer, this.#users)) {
      if (!this.#preferencesOf(userId).digestOfCleared.value) continue;
      for (const one of told) this.#listOf(userId).addCleared(one, customer);
    }
  }

  #listOf(userId: UserId): DigestList {
    const list = this.#reps.get(userId) ?? new DigestList(this.#most);
    this.#reps.set(userId, list);
    return list;
  }

  /** One e-mail for each rep with an address and contents, and for each of its days; reps in id order. */
  async digests(publication: Publication): Promise<NewNotification[]> {
    const notifications: NewNotification[] = [];
    const names = await this.#names(publication);
    const toDo = await this.#toDo(publication);
    for (const repId of [...new Set([...this.#reps.keys(), ...toDo.keys()])].toSorted()) {
      const rep = publication.users.get(repId);
      if (rep === undefined) continue;
      const composed = await this.#digestOf(rep, publication, names, toDo.get(repId));
      if (composed !== undefined) notifications.push(...queuedDigests(composed, publication));
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
    const found = await mapConcurrent(readers, async (user) => [user.userId, await toDoOf(user, asOf, users)] as const);
    return new Map(found.flatMap(([userId, toDo]) => (toDo === undefined ? [] : [[userId, toDo] as const])));
  }

  async #digestOf(
    rep: User,
    publication: Publication,
    names: ReadonlyMap<CustomerId, string>,
    toDo: DigestToDo | undefined,
  ): Promise<Composed | undefined> {
    if (rep.email === undefined) return undefined;
    const { catalog, tenant, asOf, links, isToldNow, preferencesOf } = publication;
    const list = this.#listOf(rep.userId);
    const lines = [];
    for (const { entry, customer, isNew, findings } of list.entries(LINES, ({ id }) => isToldNow(rep.userId, id)))
      lines.push(await digestLineFor(publication, entry, customer, { rep, isNew, episode: findings[0]?.episode }));
    const counts = [...list.counts].map(([kind, count]) => ({ kind, ...count }));
    const parts: DigestParts = { counts, lines, toDo, told: list.told, cleared: list.cleared };
    const sales = composeSales(figuresOf(rep, publication), names, asOf, tenant);
    return {
      rep,
      preferences: preferencesOf(rep.userId),
      isCompulsory: list.isCompulsory,
      messageOf: (day: Day) => composeDigest(catalog, tenant, rep, asOf, { ...parts, day }, links, sales),
    };
  }
}

/** A digest for each of its days, due when the reader wants it. */
function queuedDigests(
  { rep, preferences, isCompulsory, messageOf }: Composed,
  { asOf, tenant, now, isScheduled, isOnHold }: Publication,
): NewNotification[] {
  // Whoever runs it by hand wants it now.
  const days = isScheduled ? digestDaysOf(asOf, preferences, tenant) : [addDays(asOf, 1)];
  return days.flatMap((day) => {
    const decision = routeDigest({ day, isCompulsory }, preferences, Date.parse(now));
    const message = decision.send === "nothing" ? undefined : messageOf(day);
    if (message === undefined) return [];
    // What says nothing but what an alert says keeps quiet hours with it.
    const quiet = message.lines.length === 0 ? quietTime(preferences, Date.parse(now)) : undefined;
    const asked = quiet === undefined ? now : toInstant(quiet.until);
    const dueAt = isScheduled && decision.send === "hold" ? decision.until : isScheduled ? now : asked;
    const id = digestId(rep.userId, addDays(day, -1));
    return [{ id, dueAt, message, isOnHold, queuedAt: now, why: decision.why }];
  });
}
