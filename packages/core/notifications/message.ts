import * as z from "zod";
import { activityTypes } from "../customers/activity.ts";
import { levels, outcomes } from "../insights/finding.ts";
import { messageTextSchema } from "../platform/message-text.ts";
import { currencySchema, customerIdSchema, daySchema, tenantIdSchema, userIdSchema } from "../platform/values.ts";

/**
 * One finding for a message: the customer, the finding, the reason in numbers, whom to call. Its texts are translated
 * when it is sent.
 */
export const messageLineSchema = z.object({
  findingId: z.string(),
  /** Of the finding; another one is other news. */
  episode: z.string().optional(),
  level: z.enum(levels),
  /** Found for the first time in this nightly run. */
  isNew: z.boolean(),
  customerId: customerIdSchema,
  customerName: z.string(),
  /** "silent 22 days, usually 14; …" */
  why: messageTextSchema,
  atStakeMinor: z.number(),
  currency: currencySchema,
  /** The person to call, or the company's own number. */
  contact: z.object({ name: z.string(), phone: z.string() }).optional(),
  /** Deep link into the console or the API. */
  link: z.string(),
  /** A first message to the customer, ready to copy. */
  followUp: messageTextSchema,
});
export type MessageLine = z.infer<typeof messageLineSchema>;

/** How many entries of the rep's list are of one kind, and how many of these are new. */
const digestSectionSchema = z.object({
  kind: z.string(),
  count: z.int(),
  newCount: z.int(),
  /** How many of them the reader was told at once: these have no line. */
  toldCount: z.int().optional(),
});

/** One entry of the rep's list: a finding, with the reasons of those folded under it. */
const digestLineSchema = messageLineSchema.extend({ kind: z.string(), also: z.array(messageTextSchema) });
export type DigestLine = z.infer<typeof digestLineSchema>;

/** Sales of a rep's customers: the last week, and the lowest performers. */
export const digestSalesSchema = z.object({
  from: daySchema,
  to: daySchema,
  salesMinor: z.number(),
  previousMinor: z.number(),
  currency: currencySchema,
  /** Compared to the week before; null when there is nothing to compare with. */
  changePct: z.number().nullable(),
  /** Only with price editing on. */
  grossProfit: z.object({ gpPct: z.number().nullable(), changePoints: z.number().nullable() }).optional(),
  lowest: z.object({
    windowDays: z.int(),
    /** Customers with an order in the window. */
    customers: z.int(),
    rows: z.array(
      z.object({
        customerName: z.string(),
        units: z.number(),
        salesMinor: z.number(),
        gpPct: z.number().nullable().optional(),
      }),
    ),
  }),
});
export type DigestSales = z.infer<typeof digestSalesSchema>;

/** An open follow-up of the reader: a task with its text as it was written. */
const taskSchema = z.object({
  customerName: z.string(),
  type: z.enum(activityTypes),
  text: z.string(),
  dueOn: daySchema,
  /** Its day was before the reader's. */
  isLate: z.boolean(),
});

/** The open follow-ups of the reader: how many, how many of them are due, and the first, the earliest due day first. */
const digestToDoSchema = z.object({ count: z.int(), due: z.int(), tasks: z.array(taskSchema) });
export type DigestToDo = z.infer<typeof digestToDoSchema>;

/** A finding that was told at once. */
const toldFindingSchema = messageLineSchema
  .pick({ findingId: true, episode: true, customerId: true })
  .extend({ kind: z.string() });
export type ToldFinding = z.infer<typeof toldFindingSchema>;

/** Findings of the reader that have ended: how many, and the first of them. */
const digestClearedSchema = z.object({
  count: z.int(),
  first: z.array(z.object({ kind: z.string(), customerName: z.string(), outcome: z.enum(outcomes) })),
});
export type DigestCleared = z.infer<typeof digestClearedSchema>;

/** One rep's e-mail of one local day. */
export const digestSchema = z.object({
  type: z.literal("digest"),
  tenantId: tenantIdSchema,
  tenantName: z.string(),
  asOf: daySchema,
  locale: z.string(),
  /** That of texts for customers, where the reader has another. */
  customersLocale: z.string().optional(),
  userId: userIdSchema,
  to: z.object({ name: z.string(), address: z.string() }),
  sections: z.array(digestSectionSchema),
  /** The first entries of the list, in its order. */
  lines: z.array(digestLineSchema).default([]),
  /** Absent when none of the rep's customers has ordered lately. */
  sales: digestSalesSchema.optional(),
  /** Absent when the rep has no open follow-up. */
  toDo: digestToDoSchema.optional(),
  /** Findings without a line that the reader was told at once: they are counted while they hold. */
  told: z.array(toldFindingSchema).optional(),
  /** What has ended since the digest of the day before, where the reader asks for it. */
  cleared: digestClearedSchema.optional(),
  /** The reader's local day that it is for. */
  day: daySchema.optional(),
  /** Link to the rep's whole list. */
  link: z.string(),
});
export type Digest = z.infer<typeof digestSchema>;

/** A finding that is told together with another one. */
const furtherAlertSchema = z.object({ kind: z.string(), line: messageLineSchema });
export type FurtherAlert = z.infer<typeof furtherAlertSchema>;

/** One finding as one message, or several that waited for the same person. */
export const alertSchema = z.object({
  type: z.literal("alert"),
  tenantId: tenantIdSchema,
  tenantName: z.string(),
  asOf: daySchema,
  locale: z.string(),
  /** That of texts for customers, where the reader has another. */
  customersLocale: z.string().optional(),
  kind: z.string(),
  /** The finding's episode: what is clicked in Slack is meant for it. */
  episode: z.string().optional(),
  /** Its place among the alerts that the rep gets from this nightly run, from 0: they are sent in this order. */
  place: z.int().default(0),
  line: messageLineSchema,
  /** Further findings that waited for the same rep, in the order of their list. */
  others: z.array(furtherAlertSchema).optional(),
  /** The customer's rep; without one, the alert goes to the tenant's channel. */
  rep: z.object({ userId: userIdSchema, name: z.string(), slackUserId: z.string().optional() }).optional(),
});
export type Alert = z.infer<typeof alertSchema>;

/** A text that is put into the reader's language when it is sent, or one that is plain already. */
const noticeTextSchema = z.union([z.string(), messageTextSchema]);
export type NoticeText = z.infer<typeof noticeTextSchema>;

/** An e-mail to an admin or manager about something that needs their attention. */
export const noticeSchema = z.object({
  type: z.literal("notice"),
  tenantId: tenantIdSchema,
  tenantName: z.string(),
  /** The tenant's local day of the notice. */
  asOf: daySchema,
  locale: z.string(),
  userId: userIdSchema,
  to: z.object({ name: z.string(), address: z.string() }),
  /** As what they get it; default: as an admin. */
  reader: z.enum(["admin", "manager"]).optional(),
  title: noticeTextSchema,
  /** One entry per paragraph. */
  paragraphs: z.array(noticeTextSchema),
});
export type Notice = z.infer<typeof noticeSchema>;

/** What asks a colleague to introduce somebody, in Slack or by e-mail. Its words are the tenant's, its values those of the request. */
export const introductionMailSchema = z.object({
  type: z.literal("introduction"),
  tenantId: tenantIdSchema,
  tenantName: z.string(),
  /** The tenant's local day of the request. */
  asOf: daySchema,
  locale: z.string(),
  /** The colleague who is asked; never the person whom somebody wants to meet. Without an address, only in Slack. */
  userId: userIdSchema,
  to: z.object({ name: z.string(), address: z.string().optional() }),
  introductionId: z.string(),
  subject: messageTextSchema,
  text: messageTextSchema,
  /** Where the colleague answers. */
  link: z.string(),
});
export type IntroductionMail = z.infer<typeof introductionMailSchema>;

/** One mail of a group mailing to somebody at a customer: no user reads it. */
export const groupMailSchema = z.object({
  type: z.literal("group"),
  tenantId: tenantIdSchema,
  tenantName: z.string(),
  /** The tenant's local day of the mailing. */
  asOf: daySchema,
  locale: z.string(),
  to: z.object({ name: z.string(), address: z.string() }),
  /** Stands for the address in the link that ends group mailings. */
  addressHash: z.string(),
  /** Who gets an answer: our contact at the customer; absent without an address of theirs. */
  replyTo: z.object({ name: z.string(), address: z.string() }).optional(),
  customerId: customerIdSchema,
  /** The action that sends it. */
  operationId: z.string(),
  /** Plain, with the values of the receiver. */
  subject: z.string(),
  text: z.string(),
});
export type GroupMail = z.infer<typeof groupMailSchema>;

export const messageSchema = z.discriminatedUnion("type", [
  digestSchema,
  alertSchema,
  noticeSchema,
  introductionMailSchema,
  groupMailSchema,
]);
export type Message = z.infer<typeof messageSchema>;
