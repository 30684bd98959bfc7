import type { Activity } from "@regulars/core/customers/activity";
import { type FollowUp, type FollowUpCause, followUpId, isQuiet, placeOf } from "@regulars/core/monitors/follow-up";
import type { Owner } from "@regulars/core/monitors/owner";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { type Day, type UserId, activityIdSchema, toInstant } from "@regulars/core/platform/values";
import { type FollowUpContext, momentOf, noticedOn } from "./follow-up-context.ts";

interface FollowUpInput {
  readonly context: FollowUpContext;
  readonly cause: FollowUpCause;
  readonly owner: Owner;
  readonly type: FollowUp["type"];
  /** Rendered: the text as people read it. */
  readonly text: string;
  readonly userId: UserId | undefined;
  /** Default: today. */
  readonly dueOn?: Day | undefined;
  readonly isAutomatic: boolean;
  /** Days in which a status makes no second one by itself for the same owner; ignored for those made by hand. */
  readonly quietDays?: number | undefined;
  /** The day on which the status began, for its quiet days: a night that was missed changes nothing. Default: today. */
  readonly enteredOn?: Day | undefined;
  readonly createdBy: string;
  readonly companionOf?: ((followUp: FollowUp) => CompanionWrites | undefined) | undefined;
}

/** `there`: its cause and owner have it already. `quiet`: the status made or closed one lately, and there is none now. */
export type MadeFollowUp =
  { readonly outcome: "created" | "there"; readonly followUp: FollowUp } | { readonly outcome: "quiet" };

/**
 * Makes the follow-up of a cause and an owner, once: asked for again, it is the same one. With it goes a planned
 * activity that no counter has until somebody completes it (docs/reference/monitors.md 5).
 */
export async function makeFollowUp(input: FollowUpInput): Promise<MadeFollowUp> {
  const { context, cause, owner } = input;
  const there = await context.followUps.find(placeOf(cause, owner));
  if (there !== undefined) return again(context, there);
  if (await isQuietNow(input)) return { outcome: "quiet" };
  const followUp = drafted(input);
  if (await context.followUps.create(followUp, input.companionOf?.(followUp))) {
    await context.imports.saveActivities([plannedActivity(followUp)]);
    return { outcome: "created", followUp };
  }
  const other = await context.followUps.find(placeOf(cause, owner));
  if (other === undefined) throw new Error(`follow-up ${followUp.followUpId} was neither stored nor found`);
  return again(context, other);
}

/** A process that ended between the two writes has left an open follow-up without its activity. */
async function again(context: FollowUpContext, followUp: FollowUp): Promise<MadeFollowUp> {
  if (followUp.state === "open") await context.imports.saveActivities([plannedActivity(followUp)]);
  return { outcome: "there", followUp };
}

async function isQuietNow({
  context,
  cause,
  owner,
  isAutomatic,
  quietDays = 0,
  enteredOn,
}: FollowUpInput): Promise<boolean> {
  if (cause.type !== "status" || !isAutomatic || quietDays === 0) return false;
  const last = await context.followUps.lastOf(cause.statusId, owner);
  // Somebody else has made this one since it was looked for.
  if (last?.followUpId === followUpId(placeOf(cause, owner))) return false;
  const on = enteredOn === undefined ? momentOf(context).on : noticedOn(context, enteredOn);
  return isQuiet(last, on, quietDays);
}

function drafted({
  context,
  cause,
  owner,
  type,
  text,
  userId,
  dueOn,
  isAutomatic,
  createdBy,
}: FollowUpInput): FollowUp {
  const { at, on } = momentOf(context);
  return {
    followUpId: followUpId(placeOf(cause, owner)),
    cause,
    owner,
    type,
    text,
    ...(userId === undefined ? {} : { userId }),
    dueOn: dueOn ?? on,
    state: "open",
    isAutomatic,
    activityId: activityIdSchema.parse(`fu_${context.newId()}`),
    createdOn: on,
    createdAt: at,
    createdBy,
    version: 1,
  };
}

/** The activity of an open follow-up: planned for its due day, by a program. */
export const plannedActivity = (followUp: FollowUp): Activity => ({
  ...activityOf(followUp),
  occurredAt: toInstant(Date.parse(`${followUp.dueOn}T12:00:00Z`)),
  occurredOn: followUp.dueOn,
  completed: false,
  automatic: true,
});

export const activityOf = ({ activityId, owner, type, userId }: FollowUp) => ({
  activityId,
  customerId: owner.customerId,
  type,
  direction: "out" as const,
  ...(userId === undefined ? {} : { userId }),
  ...(owner.type === "person" ? { personId: owner.personId } : {}),
});
