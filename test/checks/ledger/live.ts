import type { Notification } from "@regulars/core/notifications/notification";
import { type UserId, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { changePreferences, changeTenantPreferences } from "@regulars/flows/notifications/change-preferences";
import { decideDue } from "@regulars/flows/notifications/decide-due";
import { leaveToDigest } from "@regulars/flows/notifications/leave-to-digest";
import { liveFindings } from "@regulars/flows/notifications/live-findings";
import { preferencesOfAll } from "@regulars/flows/notifications/readers";
import { rescheduleWaiting } from "@regulars/flows/notifications/reschedule";
import { sendDue } from "@regulars/flows/notifications/send-due";
import { inDueOrder } from "@regulars/store/notifications/due-order";
import { anInsightTenant } from "../../fixtures/insight-tenant.ts";
import { links } from "../../fixtures/insight-nights.ts";
import { aTenantStore } from "../../fixtures/tenant.ts";
import { threeKinds } from "../../fixtures/three-kinds.ts";
import { outboxOf } from "../../fixtures/outbox-parts.ts";
import { DAY_MS, dayText } from "./own-clock.ts";
import type { Arrival } from "./predict.ts";
import { KilledError, watchedSender } from "./watched-sender.ts";
import type { Year } from "./year.ts";

/** What arrived in a year that was really lived: nightly runs, outbox and decisions are the product's. */
interface Lived {
  readonly arrivals: readonly Arrival[];
  /** Messages that arrived more than once. */
  readonly repeated: number;
  /** Those of them that the log does not mark. */
  readonly unmarked: readonly string[];
  readonly kills: number;
  readonly messages: number;
}

/** Lives a year in a new tenant. */
export async function live(year: Year, onDay: (day: number) => void = () => undefined): Promise<Lived> {
  const fixture = anInsightTenant({}, aTenantStore());
  const { store, tenant, operations, keys } = fixture.testTenant;
  let now = 0;
  const clock = (): number => now;
  const watched = watchedSender(year, clock);
  const { messageSender } = watched;
  const outbox = watched.endingWith(outboxOf(store.outbox));

  await store.imports.saveUsers(
    year.reps.map(({ userId }) => ({
      userId: userIdSchema.parse(userId),
      name: userId,
      email: `${userId}@example.com`,
      role: "rep" as const,
    })),
  );
  await fixture.customers(
    Object.fromEntries(year.reps.flatMap(({ userId, bills }) => bills.map((bill) => [bill.customerId, userId]))),
  );
  for (const { bills } of year.reps)
    for (const bill of bills) await fixture.invoice(bill.customerId, bill.invoiceId, dayText(bill.dueDay));

  const users = new Map((await store.nightly.users()).map((user) => [user.userId, user]));
  let preferences = await store.nightly.preferences();
  const sendAll = async (): Promise<void> => {
    const preferencesOf = preferencesOfAll(tenant, users, preferences);
    const asTheyAre = liveFindings({ tenant, catalog: threeKinds, store: store.nightly, users, now: toInstant(now) });
    const left = { tenant, catalog: threeKinds, store, users, preferencesOf, links, clock };
    for (;;) {
      try {
        await sendDue({
          outbox,
          messageSender,
          texts: () => undefined,
          clock,
          decide: (notification: Notification) =>
            decideDue(notification, { users, preferencesOf, live: asTheyAre, now }),
          onLeft: (lines, message) => leaveToDigest(lines, message, left),
        });
      } catch (error) {
        if (!(error instanceof KilledError)) throw error;
      }
      if (((await nextDue()) ?? Infinity) > now) return;
    }
  };
  const nextDue = async (): Promise<number | undefined> => {
    for await (const item of inDueOrder(operations, keys, { limit: 1 }))
      return Date.parse(String(item["g2s"]).slice(0, 24));
    return undefined;
  };

  const known = {
    user: (userId: UserId) => Promise.resolve(users.get(userId)),
    nightly: { users: () => Promise.resolve([...users.values()]) },
  };
  const bringForward = () => rescheduleWaiting({ tenant, store: { ...storesOf(store), ...known }, now });
  const events: readonly { readonly at: number; readonly happen: () => Promise<unknown> }[] = [
    ...Array.from({ length: year.days }, (_, by) => ({
      at: (year.firstDay + by + 1) * DAY_MS + 3 * 3_600_000,
      happen: async () => {
        onDay(by);
        await fixture.nightly(dayText(year.firstDay + by), { isScheduled: true });
      },
    })),
    ...year.reps.flatMap(({ bills }) =>
      bills.map(({ invoiceId, paidAt }) => ({
        at: paidAt,
        happen: () => fixture.payment(invoiceId, dayText(Math.floor(paidAt / DAY_MS))),
      })),
    ),
    ...year.reps.flatMap(({ userId: id, changes }) =>
      changes.map(({ at, patch }) => ({
        at,
        happen: async () => {
          const userId = userIdSchema.parse(id);
          const changed = await changePreferences({ store, userId, patch, by: `user:${id}`, now: toInstant(at) });
          if (!changed.ok) throw new Error(changed.message);
          await bringForward();
          preferences = await store.nightly.preferences();
        },
      })),
    ),
    ...year.tenantChanges.map(({ at, patch, compulsions }) => ({
      at,
      happen: async () => {
        await changeTenantPreferences({ store, patch, compulsions, by: "user:ada", now: toInstant(at) });
        await bringForward();
        preferences = await store.nightly.preferences();
      },
    })),
  ].toSorted((a, b) => a.at - b.at);

  for (let step = 0; ;) {
    const event = events[step];
    const at = Math.min(event?.at ?? Infinity, (await nextDue()) ?? Infinity);
    if (at === Infinity) break;
    now = at;
    if (event !== undefined && event.at === at) {
      step += 1;
      await event.happen();
    }
    await sendAll();
  }
  const log = new Map<string, Notification>();
  for await (const one of store.outbox.list()) log.set(one.id, one);
  const { arrivals, perKey } = watched;
  const repeated = [...perKey].filter(([, times]) => times > 1).map(([key]) => key);
  return {
    arrivals,
    repeated: repeated.length,
    unmarked: repeated.filter((key) => log.get(key)?.maybeDuplicate !== true),
    kills: watched.kills(),
    messages: log.size,
  };
}

const storesOf = ({ preferences, outbox }: ReturnType<typeof aTenantStore>["store"]) => ({ preferences, outbox });
