import { recipientOf } from "@regulars/core/access/recipient";
import { type User, isActive } from "@regulars/core/access/user";
import type { Visible } from "@regulars/core/boards/board-query";
import type { FollowUpStore } from "@regulars/core/monitors/follow-up-store";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { Outbox } from "@regulars/core/notifications/notification";
import { readerOf } from "@regulars/core/notifications/readers-language";
import type { OrderQueries } from "@regulars/core/orders/order-queries";
import type { NowThen } from "@regulars/core/platform/now-then";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { WhoKnowsStore } from "@regulars/core/who-knows/who-knows-store";
import { plansToRetry } from "../assignment/retry-for-user.ts";
import { whoGetsLeads } from "../assignment/who-gets-leads.ts";
import { type OpenDeals, openDealsOf } from "../assignment/open-deals-of.ts";
import { addressedToday } from "../notifications/addressed-today.ts";
import { digestDays } from "../notifications/next-digest.ts";
import { preferencesOfAll } from "../notifications/readers.ts";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import type { SalesContext } from "../sales-context.ts";

/** Things that would go to somebody else, or to nobody. */
export interface GoesTo {
  readonly to: User | undefined;
  readonly count: number;
}

/** What saving a user would change beside their own fields and rights. */
export interface UserEffects {
  /** How many customers they are the rep of. */
  readonly customers: number;
  /** Open deals, and follow-ups, that would have nobody who works on them; empty unless they leave. */
  readonly deals: OpenDeals;
  readonly followUps: number;
  /** Plans that would give them no more leads; those of them with nobody else; and those that try again what waits. */
  readonly leads: Readonly<Record<"ended" | "unassigned" | "tried", readonly SalesPlan[]>>;
  /** The customers whose news would go to somebody else, and the messages that wait and would. */
  readonly news: readonly GoesTo[];
  readonly messages: readonly GoesTo[];
  /** Whether they get digests, where there is something to tell. */
  readonly digest: NowThen<boolean>;
}

interface PreviewInput {
  readonly context: SalesContext;
  readonly store: {
    readonly nightly: Pick<NightlyStore, "users" | "profiles" | "preferences">;
    readonly outbox: Pick<Outbox, "waitingFor">;
    readonly whoKnows: Pick<WhoKnowsStore, "optOuts">;
    readonly followUps: Pick<FollowUpStore, "openOf">;
    readonly orderQueries: Pick<OrderQueries, "customersOf">;
  };
  /** The user as they would be saved. */
  readonly user: User;
  /** The deals of a plan that may be named and counted. */
  readonly visibleIn: (plan: SalesPlan) => Promise<Visible>;
}

/** As many waiting messages as saving looks at. */
const MOST_WAITING = 2_000;
const noDeals: OpenDeals = { count: 0, plans: [] };

type Users = ReadonlyMap<UserId, User>;

/**
 * What saving a user would change: for deals, leads, customers and messages, by the functions that decide it once it is
 * saved. Saves nothing.
 */
export async function previewUser(input: PreviewInput): Promise<UserEffects> {
  const { context, store, user, visibleIn } = input;
  const { userId } = user;
  const now = new Map((await store.nightly.users()).map((one) => [one.userId, one]));
  const users = { now, after: new Map([...now, [userId, user]]) };
  const plans = await context.store.salesPlans.plans();
  const leaves = isActive(now.get(userId) ?? user) && !isActive(user);
  return {
    customers: await countOf(store.orderQueries.customersOf(userId)),
    deals: leaves ? await openDealsOf({ context, plans, managerId: userId, visibleIn }) : noDeals,
    followUps: leaves ? (await store.followUps.openOf(userId)).length : 0,
    leads: await leadsOf(input, users, plans),
    news: await newsOf(input, users),
    messages: await messagesOf(input, users),
    digest: await digestOf(input, users),
  };
}

async function countOf(entries: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of entries) count += 1;
  return count;
}

async function leadsOf({ context, user }: PreviewInput, users: NowThen<Users>, plans: readonly SalesPlan[]) {
  const { tenant, store, effects } = context;
  const when = { now: toInstant(effects.clock()), zone: tenant.timeZone };
  const ended = plans.filter(
    (plan) =>
      !plan.isArchived &&
      whoGetsLeads(plan, users.now, when).includes(user.userId) &&
      !whoGetsLeads(plan, users.after, when).includes(user.userId),
  );
  const comesBack = !isActive(users.now.get(user.userId) ?? user);
  return {
    ended,
    unassigned: ended.filter((plan) => whoGetsLeads(plan, users.after, when).length === 0),
    tried: comesBack ? await plansToRetry(user, store) : [],
  };
}

/** The customers of the user, and of those who have left and whom a manager stands in for. */
async function newsOf({ store, user }: PreviewInput, users: NowThen<Users>): Promise<readonly GoesTo[]> {
  const left = [...users.after.values()].filter((one) => one.userId !== user.userId && !isActive(one));
  const moved: (User | undefined)[] = [];
  for (const { userId } of [user, ...left])
    for await (const customer of store.orderQueries.customersOf(userId)) {
      const after = recipientOf(userId, users.after, customer);
      if (recipientOf(userId, users.now, customer)?.userId !== after?.userId) moved.push(after);
    }
  return byReader(moved);
}

/** What waits and is meant for somebody else, or for nobody. */
async function messagesOf({ store }: PreviewInput, users: NowThen<Users>): Promise<readonly GoesTo[]> {
  const addressed = (when: Users) => addressedToday(() => Promise.resolve(when), store.nightly, store.whoKnows);
  const [now, after] = [addressed(users.now), addressed(users.after)];
  const waiting = (await store.outbox.waitingFor(undefined)).slice(0, MOST_WAITING);
  const moved = await mapConcurrent(waiting, async ({ message }) => {
    const [present, then] = [await now(message), await after(message)];
    const readerId = then.ok ? readerOf(then.value) : undefined;
    // What goes to a channel alone is sent without a reader.
    const isSame = (present.ok ? readerOf(present.value) : undefined) === readerId;
    return isSame || (then.ok && readerId === undefined) ? [] : [readerId && users.after.get(readerId)];
  });
  return byReader(moved.flat());
}

const byReader = (readers: readonly (User | undefined)[]): readonly GoesTo[] =>
  [...Map.groupBy(readers, (reader) => reader)].map(([to, { length: count }]) => ({ to, count }));

async function digestOf({ context, store, user }: PreviewInput, users: NowThen<Users>): Promise<NowThen<boolean>> {
  const { tenant, effects } = context;
  const stored = await store.nightly.preferences();
  const gets = (when: Users): boolean => {
    const reader = when.get(user.userId);
    const preferences = preferencesOfAll(tenant, when, stored)(user.userId);
    return (
      reader !== undefined && digestDays({ user: reader, preferences, isCompulsory: false }, effects.clock()).length > 0
    );
  };
  return { now: gets(users.now), after: gets(users.after) };
}
