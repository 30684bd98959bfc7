import type { User } from "@regulars/core/access/user";
import type { Customer } from "@regulars/core/customers/customer";
import type { StatusTurn } from "@regulars/core/monitors/evaluate-customer";
import { placeOf } from "@regulars/core/monitors/follow-up";
import { isOf, ownerOf } from "@regulars/core/monitors/held-status";
import { type MonitoredCustomer, cardOf, ownersOf } from "@regulars/core/monitors/monitored-owners";
import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import { statusText } from "@regulars/core/monitors/status-template";
import type { Day, UserId } from "@regulars/core/platform/values";
import type { HeldStatus } from "@regulars/core/snapshots/status-values";
import { closeOnLeaving } from "./change-follow-up.ts";
import { makeFollowUp, plannedActivity } from "./make-follow-up.ts";
import type { StatusContext } from "./status-context.ts";

/**
 * Makes the follow-ups of statuses that were entered and still hold, if their monitors make them by themselves, and
 * closes those of statuses that were left. Each is done once, however often it is asked for.
 */
export async function followTurns(
  { books, followUp }: Pick<StatusContext, "books" | "followUp">,
  given: Omit<MonitoredCustomer, "before">,
  now: {
    readonly turns: readonly StatusTurn[];
    readonly held: readonly HeldStatus[];
    readonly userId: UserId | undefined;
    readonly asOf: Day;
  },
): Promise<void> {
  for (const { statusId, owner, type, on, since } of now.turns) {
    const monitor = books.monitors.get(statusId);
    if (type === "left") {
      await closeOnLeaving({ context: followUp, statusId, owner, since, leftOn: on });
      continue;
    }
    const wanted = monitor?.followUp;
    const holds = now.held.some((one) => one.statusId === statusId && one.since === since && isOf(one, owner));
    const whose = ownersOf(given, books).find((one) => isSame(one.owner, owner));
    if (wanted?.mode !== "automatic" || !holds || whose === undefined) continue;
    const card = cardOf(given, whose, {
      statusName: monitor?.name ?? statusId,
      since,
      asOf: now.asOf,
      silences: books.silences,
    });
    await makeFollowUp({
      context: followUp,
      cause: { type: "status", statusId, since },
      owner,
      type: wanted.type,
      text: statusText(wanted.textTemplate, card, "plain"),
      userId: now.userId,
      isAutomatic: true,
      quietDays: monitor?.quietDays,
      enteredOn: on,
      createdBy: "status",
    });
  }
}

/**
 * Gives the open tasks that statuses have made by themselves to who is responsible for the customer now, unless somebody
 * has changed them.
 */
export async function handOver(
  { books, followUp: context }: Pick<StatusContext, "books" | "followUp">,
  customer: Pick<Customer, "customerId">,
  held: readonly HeldStatus[],
  responsible: Pick<User, "userId"> | undefined,
): Promise<void> {
  if (responsible === undefined) return;
  const { userId } = responsible;
  for (const one of held) {
    const { statusId, since } = one;
    if (books.monitors.get(statusId)?.followUp?.mode !== "automatic") continue;
    const place = placeOf({ type: "status", statusId, since }, ownerOf(one, customer));
    const followUp = await context.followUps.find(place);
    if (followUp?.state !== "open" || !followUp.isAutomatic || followUp.touchedAt !== undefined) continue;
    if (followUp.userId === userId) continue;
    const given = { ...followUp, userId, version: followUp.version + 1 };
    // Whoever was first has changed it.
    if (await context.followUps.save(given)) await context.imports.saveActivities([plannedActivity(given)]);
  }
}

const isSame = (a: Owner, b: Owner): boolean => a.type === b.type && ownerIdOf(a) === ownerIdOf(b);
