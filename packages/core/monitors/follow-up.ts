import * as z from "zod";
import { activityTypes } from "../customers/activity.ts";
import { decodeId, encodeId } from "../platform/id-text.ts";
import type { Immutable } from "../platform/immutable.ts";
import { daysBetween } from "../platform/period.ts";
import {
  type Day,
  activityIdSchema,
  daySchema,
  instantSchema,
  requestIdSchema,
  userIdSchema,
} from "../platform/values.ts";
import { type Owner, ownerIdOf, ownerSchema, ownerTypes } from "./owner.ts";
import { statusTemplateSchema } from "./status-template.ts";

/** Most characters of a follow-up's text. */
const MOST_TEXT = 2_000;

export const followUpStates = ["open", "done", "closed"] as const;

/** Why there is a follow-up: a status that holds since a day, or an action on a selection. */
const causeSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("status"), statusId: z.string().min(1), since: daySchema }),
  z.strictObject({
    type: z.literal("selection"),
    operationId: z.string().min(1),
    /** The support request that is followed up on. */
    requestId: requestIdSchema.optional(),
  }),
]);
export type FollowUpCause = Immutable<z.output<typeof causeSchema>>;

/** A task for an employee (docs/reference/monitors.md 5). */
export const followUpSchema = z.object({
  followUpId: z.string(),
  cause: causeSchema,
  owner: ownerSchema,
  type: z.enum(activityTypes),
  text: z.string().max(MOST_TEXT),
  /** Who is to do it; absent when the customer has nobody and nobody asked for it. */
  userId: userIdSchema.optional(),
  dueOn: daySchema,
  state: z.enum(followUpStates),
  /** Made by the status itself, not by hand. */
  isAutomatic: z.boolean(),
  /** The planned activity that stands for it; completed with it. */
  activityId: activityIdSchema,
  createdOn: daySchema,
  createdAt: instantSchema,
  createdBy: z.string(),
  /** Somebody has changed it: it stays when the status is left. */
  touchedAt: instantSchema.optional(),
  endedAt: instantSchema.optional(),
  endedOn: daySchema.optional(),
  endedBy: z.string().optional(),
  version: z.int(),
});
export type FollowUp = Immutable<z.output<typeof followUpSchema>>;

/** The text of a new follow-up, with the variables of its owner's card. */
export const followUpTextSchema = statusTemplateSchema(500).pipe(z.string().min(1, "is missing"));

/** What is changed of a follow-up by hand. */
export const followUpChangeSchema = z.strictObject({
  text: z.string().trim().min(1, "is missing").max(MOST_TEXT).optional(),
  dueOn: daySchema.optional(),
  userId: userIdSchema.optional(),
});
export type FollowUpChange = Immutable<z.output<typeof followUpChangeSchema>>;

/** What a follow-up hangs on: one cause and owner have one follow-up. */
export interface FollowUpPlace {
  readonly cause: FollowUpCause;
  readonly owner: Pick<Owner, "type"> & { readonly id: string };
}

export const placeOf = (cause: FollowUpCause, owner: Owner): FollowUpPlace => ({
  cause,
  owner: { type: owner.type, id: ownerIdOf(owner) },
});

/**
 * `<owner type>:<owner>:status:<status>:<since>` or `<owner type>:<owner>:selection:<request>:<operation>`. It ends with a
 * day or an operation, so that no address with it ends like a verb.
 */
export function followUpId({ cause, owner }: FollowUpPlace): string {
  const because = cause.type === "status" ? [cause.statusId, cause.since] : [cause.requestId ?? "", cause.operationId];
  return [owner.type, encodeId(owner.id), cause.type, ...because.map(encodeId)].join(":");
}

/** The parts of a follow-up's id; `undefined` when nothing can have that id. */
export function readFollowUpId(text: string): FollowUpPlace | undefined {
  const [ownerType, ownerId = "", type, first = "", second = "", ...more] = text.split(":");
  const [by, at, id] = [decodeId(first), decodeId(second), decodeId(ownerId)];
  const knownType = ownerTypes.find((one) => one === ownerType);
  if (more.length > 0 || by === undefined || at === undefined || knownType === undefined) return undefined;
  if (id === undefined || id === "") return undefined;
  const given = type === "status" ? { type, statusId: by, since: at } : selectionCause(type, at, by);
  const cause = causeSchema.safeParse(given);
  return cause.success ? { cause: cause.data, owner: { type: knownType, id } } : undefined;
}

const selectionCause = (type: string | undefined, operationId: string, requestId: string) => ({
  type,
  operationId,
  ...(requestId === "" ? {} : { requestId }),
});

/**
 * Whether a status is quiet for an owner: it made or closed a follow-up in the last `quietDays` days, so that one that
 * flaps does not make a task every other day.
 */
export function isQuiet(last: FollowUp | undefined, today: Day, quietDays: number): boolean {
  if (last === undefined) return false;
  return daysBetween(last.endedOn ?? last.createdOn, today) < quietDays;
}
