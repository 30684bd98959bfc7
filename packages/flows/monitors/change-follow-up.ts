import type { Activity } from "@regulars/core/customers/activity";
import { type FollowUp, type FollowUpChange, placeOf, readFollowUpId } from "@regulars/core/monitors/follow-up";
import type { Owner } from "@regulars/core/monitors/owner";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { ContentionError } from "@regulars/core/platform/contention-error";
import { cutText } from "@regulars/core/platform/cut-text";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Day } from "@regulars/core/platform/values";
import { type FollowUpContext, momentOf, noticedOn } from "./follow-up-context.ts";
import { activityOf, plannedActivity } from "./make-follow-up.ts";
import type { MonitorResult } from "./save-monitor.ts";
import { unknownUser } from "./unknown-user.ts";

const MAX_ROUNDS = 5;

interface ChangeInput {
  readonly context: FollowUpContext;
  readonly followUpId: string;
  readonly by: string;
  /** The day that it ends on. Default: today. */
  readonly endedOn?: Day | undefined;
}

type Refusal = "unknown-follow-up" | "follow-up-ended";

export const unknownFollowUp = (followUpId: string) =>
  refuse("unknown-follow-up", `there is no follow-up ${cutText(followUpId, 200)}`);

export async function findFollowUp(
  { followUps }: Pick<FollowUpContext, "followUps">,
  followUpId: string,
): Promise<FollowUp | undefined> {
  const place = readFollowUpId(followUpId);
  return place === undefined ? undefined : followUps.find(place);
}

/** Completes a follow-up: from now on it counts as an activity of its type, of today. Completing it twice is once. */
export async function completeFollowUp(input: ChangeInput): Promise<Result<FollowUp, Refusal>> {
  const { context } = input;
  const ended = await end(input, "done");
  if (ended.ok) await context.imports.saveActivities([doneActivity(ended.value)]);
  return ended;
}

const doneActivity = (followUp: FollowUp): Activity => ({
  ...activityOf(followUp),
  occurredAt: followUp.endedAt ?? followUp.createdAt,
  occurredOn: followUp.endedOn ?? followUp.createdOn,
  completed: true,
});

/** Drops a follow-up that nobody is to do: it was never an activity. */
export async function dropFollowUp(input: ChangeInput): Promise<Result<FollowUp, Refusal>> {
  const ended = await end(input, "closed");
  if (ended.ok) await input.context.records.remove("activities", ended.value.activityId);
  return ended;
}

/**
 * Gives a follow-up another text, due day or user; it then stays when its status is left. What was given before is not
 * written again, so that a request that was cut off before the activity's write can be sent again.
 */
export async function changeFollowUp(
  input: ChangeInput & { readonly change: FollowUpChange; readonly nightly: Pick<NightlyStore, "users"> },
): Promise<MonitorResult<FollowUp>> {
  const { context, change, nightly } = input;
  const unknown = await unknownUser(nightly, change.userId);
  if (unknown !== undefined) return unknown;
  const { at } = momentOf(context);
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const changed = await revise(input, (followUp) => {
    const stored = new Map<string, unknown>(Object.entries(followUp));
    const isGiven = followUp.touchedAt !== undefined && given.every(([name, value]) => stored.get(name) === value);
    return isGiven ? followUp : { ...followUp, ...Object.fromEntries(given), touchedAt: at };
  });
  if (changed.ok) await context.imports.saveActivities([plannedActivity(changed.value)]);
  return changed;
}

/** The follow-up of a status of an owner that closes when the status is left: nobody has changed or completed it. */
export async function followUpToClose(
  { followUps }: Pick<FollowUpContext, "followUps">,
  { statusId, owner, since }: { readonly statusId: string; readonly owner: Owner; readonly since: Day },
): Promise<FollowUp | undefined> {
  const followUp = await followUps.find(placeOf({ type: "status", statusId, since }, owner));
  return followUp?.touchedAt === undefined && followUp?.state !== "done" ? followUp : undefined;
}

/**
 * Closes the open follow-up of a status that its owner has left, unless somebody has changed it. Returns what was
 * closed.
 */
export async function closeOnLeaving({
  context,
  statusId,
  owner,
  since,
  leftOn,
}: {
  readonly context: FollowUpContext;
  readonly statusId: string;
  readonly owner: Owner;
  readonly since: Day;
  /** Default: today. */
  readonly leftOn?: Day | undefined;
}): Promise<FollowUp | undefined> {
  const followUp = await followUpToClose(context, { statusId, owner, since });
  if (followUp === undefined) return undefined;
  const noticed = leftOn === undefined ? undefined : noticedOn(context, leftOn);
  const endedOn = noticed !== undefined && noticed < followUp.createdOn ? followUp.createdOn : noticed;
  const dropped = await dropFollowUp({ context, followUpId: followUp.followUpId, by: "status", endedOn });
  return dropped.ok ? dropped.value : undefined;
}

/**
 * Ends an open follow-up; one that has ended so already stays as it is. The answer to the request is not kept with it:
 * its activity is written after it, and a request that was cut off between the two is sent again.
 */
async function end(input: ChangeInput, state: "done" | "closed"): Promise<Result<FollowUp, Refusal>> {
  const { at, on } = momentOf(input.context);
  const found = await findFollowUp(input.context, input.followUpId);
  if (found?.state === state) return ok(found);
  return revise(input, (followUp) => ({
    ...followUp,
    state,
    endedAt: at,
    endedOn: input.endedOn ?? on,
    endedBy: input.by,
  }));
}

async function revise(
  { context, followUpId }: ChangeInput,
  change: (followUp: FollowUp) => FollowUp,
): Promise<Result<FollowUp, Refusal>> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const found = await findFollowUp(context, followUpId);
    if (found === undefined) return unknownFollowUp(followUpId);
    if (found.state !== "open")
      return refuse("follow-up-ended", `follow-up ${followUpId} is ${found.state} since ${found.endedOn}`);
    const after = change(found);
    if (after === found) return ok(found);
    const changed = { ...after, version: found.version + 1 };
    if (await context.followUps.save(changed)) return ok(changed);
  }
  throw new ContentionError(`follow-up ${followUpId} keeps being changed by others: try again`);
}
