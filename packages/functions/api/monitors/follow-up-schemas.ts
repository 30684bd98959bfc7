import { activityTypes } from "@regulars/core/customers/activity";
import { type FollowUp, followUpStates } from "@regulars/core/monitors/follow-up";
import { ownerIdOf, ownerTypes } from "@regulars/core/monitors/owner";
import * as z from "zod";

/** A follow-up in an answer. */
export const followUpJsonSchema = z
  .object({
    followUpId: z.string(),
    ownerType: z.enum(ownerTypes),
    ownerId: z.string(),
    customerId: z.string(),
    statusId: z.string().nullable().meta({ description: "The status that it is for" }),
    since: z.string().nullable().meta({ description: "Since when the owner has the status" }),
    operationId: z.string().nullable().meta({ description: "The action on a selection that made it" }),
    requestId: z.string().nullable().meta({ description: "The support request that it follows up on" }),
    type: z.enum(activityTypes),
    text: z.string(),
    userId: z.string().nullable().meta({ description: "Who is to do it" }),
    dueOn: z.string(),
    state: z.enum(followUpStates),
    isAutomatic: z.boolean(),
    createdAt: z.string(),
    endedOn: z.string().nullable(),
  })
  .meta({ id: "FollowUp", description: "A task for an employee: of a status, or of an action on a selection" });

/** A follow-up as the API shows it. */
export function followUpJson(followUp: FollowUp): z.output<typeof followUpJsonSchema> {
  const { cause, owner } = followUp;
  return {
    followUpId: followUp.followUpId,
    ownerType: owner.type,
    ownerId: ownerIdOf(owner),
    customerId: owner.customerId,
    statusId: cause.type === "status" ? cause.statusId : null,
    since: cause.type === "status" ? cause.since : null,
    operationId: cause.type === "selection" ? cause.operationId : null,
    requestId: cause.type === "selection" ? (cause.requestId ?? null) : null,
    type: followUp.type,
    text: followUp.text,
    userId: followUp.userId ?? null,
    dueOn: followUp.dueOn,
    state: followUp.state,
    isAutomatic: followUp.isAutomatic,
    createdAt: followUp.createdAt,
    endedOn: followUp.endedOn ?? null,
  };
}
