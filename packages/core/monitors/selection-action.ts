import * as z from "zod";
import { type BulkChunk, chunkSchemaOf, operationFields } from "../bulk-engine/bulk-operation.ts";
import { activityTypes } from "../customers/activity.ts";
import type { Immutable } from "../platform/immutable.ts";
import { daySchema, requestIdSchema, userIdSchema } from "../platform/values.ts";
import { followUpTextSchema } from "./follow-up.ts";
import { statusTemplateSchema } from "./status-template.ts";
import { mailRefusals } from "./mailing.ts";
import { ownerSchema } from "./owner.ts";

const followUpFields = {
  type: z.enum(activityTypes).default("call"),
  /** With the variables of the owner's card, like <name>. */
  text: followUpTextSchema,
  /** Default: the day of the action. */
  dueOn: daySchema.optional(),
  /** Default: our contact of each customer, else whoever starts the action. */
  userId: userIdSchema.optional(),
};

const mailingFields = {
  subject: statusTemplateSchema(200)
    .pipe(z.string().min(1, "is missing"))
    .refine((text) => !/[\r\n]/.test(text), "has more than one line"),
  text: statusTemplateSchema(5_000).pipe(z.string().min(1, "is missing")),
};

/** What is done for every member of a selection (docs/reference/monitors.md 5). */
export const selectionActionSchema = z.discriminatedUnion("action", [
  /** A call list: one follow-up per member. */
  z.strictObject({ action: z.literal("follow-up"), ...followUpFields }),
  /** One follow-up per open support request of a member. */
  z.strictObject({ action: z.literal("follow-up-requests"), ...followUpFields }),
  /** A group mailing: one e-mail to each address. */
  z.strictObject({ action: z.literal("mailing"), ...mailingFields }),
]);
export type SelectionAction = Immutable<z.output<typeof selectionActionSchema>>;
export type Mailing = Extract<SelectionAction, { readonly action: "mailing" }>;

/** An action over the members that a selection had at its start. */
export const selectionOperationSchema = z.object({
  ...operationFields,
  selectionId: z.string(),
  asked: selectionActionSchema,
  made: z.int(),
  skipped: z.int(),
});
export type SelectionOperation = Readonly<z.output<typeof selectionOperationSchema>>;

/** The operation's counter for each state of a member's result. */
export const actionCounters = { made: "made", skipped: "skipped" } as const;

const memberSchema = z.object({
  owner: ownerSchema,
  requestId: requestIdSchema.optional(),
  /**
   * To whom its mail goes: its address at the start. Absent, with `unmailed`, in an operation that an earlier release has
   * started, whose mails go to the address as it is when they are queued.
   */
  mailTo: z.object({ name: z.string(), address: z.string() }).optional(),
  /** Why it had no address at the start; `gone` once it was erased, of other actions too. */
  unmailed: z.enum(mailRefusals).optional(),
  /** The first member that had the same e-mail address at the start: the address gets one mail. */
  sameAs: z.string().optional(),
  /** What an earlier release has named its mail by. */
  mailName: z.string().optional(),
});
export type ActionMember = Immutable<z.output<typeof memberSchema>>;

const resultSchema = z.object({
  state: z.enum(["made", "skipped"]),
  /** The follow-up or the message. */
  id: z.string().optional(),
  reason: z.string().optional(),
  /** Where a mailing goes, or would have gone. */
  address: z.string().optional(),
});
export type ActionResult = Readonly<z.output<typeof resultSchema>>;

export const selectionChunkSchema = chunkSchemaOf(memberSchema, resultSchema);
export type SelectionChunk = BulkChunk<ActionMember, ActionResult>;
