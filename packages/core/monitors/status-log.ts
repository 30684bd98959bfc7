import * as z from "zod";
import type { PublishedEvent } from "../platform/domain-event.ts";
import type { Immutable } from "../platform/immutable.ts";
import { monitorIdSchema } from "../platform/ids.ts";
import { encodeId } from "../platform/id-text.ts";
import { type Instant, daySchema, instantSchema } from "../platform/values.ts";
import type { StatusTurn } from "./evaluate-customer.ts";
import { ownerIdOf, ownerSchema } from "./owner.ts";

/** Types of status events that webhooks receive. */
export const statusEventTypes = ["status.entered", "status.left"] as const;
export type StatusEventType = (typeof statusEventTypes)[number];

/** One line of a customer's log of statuses. `at` is when it was noticed, `on` the day that it became true. */
export const statusLogSchema = z.object({
  statusId: monitorIdSchema,
  owner: ownerSchema,
  type: z.enum(["entered", "left"]),
  on: daySchema,
  since: daySchema,
  /** It was entered for the second or a later time on `since`; absent for the first. */
  nth: z.int().optional(),
  at: instantSchema,
  /** The revision of the values that it was found with. */
  revision: z.int().optional(),
});
export type StatusLogEntry = Immutable<z.output<typeof statusLogSchema>>;

/** What an event says of a status. */
export const statusStateSchema = statusLogSchema
  .omit({ type: true, nth: true, at: true, revision: true })
  .extend({ state: statusLogSchema.shape.type });

/** The name of a turn in the log; a turn that is found again gets the same one. */
export const turnName = ({ statusId, owner, type, since, nth }: Omit<StatusTurn, "on">): string =>
  [type, statusId, nth === undefined ? since : `${since}-${nth}`, owner.type, encodeId(ownerIdOf(owner))].join(".");

/** The event of a turn, for webhooks. */
export const statusEvent = (turn: StatusTurn, at: Instant): PublishedEvent => ({
  type: "published",
  eventId: `status_${turnName(turn).replaceAll("~", "-")}`,
  eventTypes: [`status.${turn.type}`],
  at,
  actorId: "system:statuses",
  requestId: "statuses",
  isBulk: true,
  current: stateOf(turn),
});

const stateOf = ({ statusId, owner, type, on, since }: StatusTurn): Immutable<z.output<typeof statusStateSchema>> => ({
  statusId,
  owner,
  state: type,
  on,
  since,
});
