import type { User } from "@regulars/core/access/user";
import type { Customer } from "@regulars/core/customers/customer";
import type { StatusTurn } from "@regulars/core/monitors/evaluate-customer";
import { placeOf } from "@regulars/core/monitors/follow-up";
import { isOf, ownerFields, ownerOf } from "@regulars/core/monitors/held-status";
import { type MonitoredCustomer, cardOf, ownersOf } from "@regulars/core/monitors/monitored-owners";
import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import { statusText } from "@regulars/core/monitors/status-template";
import type { Day, UserId } from "@regulars/core/platform/values";
import type { HeldStatus, TurnToFollow } from "@regulars/core/snapshots/status-values";
import { closeOnLeaving, followUpToClose } from "./change-follow-up.ts";
import { makeFollowUp, plannedActivity } from "./make-follow-up.ts";
import type { StatusContext } from "./status-context.ts";

type Followed = Pick<StatusContext, "books" | "followUp">;

/**
 * Of turns those that have a follow-up to be made or closed: statuses that were entered and still hold, if their monitors
 * make follow-ups by themselves, and those that were left with an open one.
 */
export async function turnsToFollow(
  { books, followUp: context }: Followed,
  turns: readonly StatusTurn[],
  held: readonly HeldStatus[],
): Promise<TurnToFollow[]> {
  const found: TurnToFollow[] = [];
  for (const { owner, ...turn } of turns) {
    const { statusId, since } = turn;
    const isWanted =
      turn.type === "entered"
        ? books.monitors.get(statusId)?.followUp?.mode === "automatic" &&
          held.some((one) => one.statusId === statusId && one.since === since && isOf(one, owner))
        : (await followUpToClose(context, { statusId, owner, since })) !== undefined;
    if (isWanted) found.push({ ...turn, ...ownerFields(owner) });
  }
  return found;
}

/** Makes and closes the follow-ups of turns. Each is done once, however often it is asked for. */
export async function followTurns(
  { books, followUp }: Followed,
  given: Omit<MonitoredCustomer, "before">,
  now: {
    readonly turns: readonly TurnToFollow[];
    readonly userId: UserId | undefined;
    readonly asOf: Day;
  },
): Promise<void> {
  for (const { statusId, type, on, since, ...one } of now.turns) {
    const owner = ownerOf(one, given.snapshot.customer);
    const monitor = books.monitors.get(statusId);
    if (type === "left") {
      await closeOnLeaving({ context: followUp, statusId, owner, since, leftOn: on });
      continue;
    }
    const wanted = monitor?.followUp;
    const whose = ownersOf(given, books).find((at) => isSame(at.owner, owner));
    if (wanted?.mode !== "automatic" || whose === undefined) continue;
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
