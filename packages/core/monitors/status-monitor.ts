import * as z from "zod";
import { activityTypes } from "../customers/activity.ts";
import { levels } from "../insights/finding.ts";
import { type MonitorId, monitorIdSchema } from "../platform/ids.ts";
import { line } from "../platform/text.ts";
import { daySchema, instantSchema } from "../platform/values.ts";
import { criterionSchema } from "./criteria.ts";
import { followUpTextSchema } from "./follow-up.ts";
import { ownerTypes } from "./owner.ts";
import { pictureSchema } from "./picture.ts";
import { statusTemplateSchema } from "./status-template.ts";
import { wholeFrom } from "../platform/whole-number.ts";

/** Monitors a tenant may have, deleted ones included. */
export const MOST_MONITORS = 200;

/** Where a status is told: an alert is also in the digest, and what is in the digest is on For You. */
const toldSchema = z.strictObject({
  forYou: z.boolean().default(true),
  digest: z.boolean().default(true),
  alert: z.boolean().default(false),
});

/** The task that is proposed or made when the status begins. */
const followUpSchema = z.strictObject({
  type: z.enum(activityTypes),
  textTemplate: followUpTextSchema,
  mode: z.enum(["by-hand", "automatic"]).default("by-hand"),
});

const fields = {
  name: line(100),
  /** What is shown with the status and told, with variables. */
  description: statusTemplateSchema(2_000),
  /** The lowest is shown first; among equals, by id. */
  rank: wholeFrom(0, 9_999),
  /** Its picture is shown on the cards of those who have it. */
  isVisual: z.boolean(),
  level: z.enum(levels),
  /** Days in which it makes no second follow-up by itself for the same owner. */
  quietDays: wholeFrom(0, 365),
  isActive: z.boolean(),
};

/** What a new status monitor is made of: only its name and whom it is about are needed; the rest may follow. */
export const newMonitorSchema = z.strictObject({
  name: fields.name,
  ownerType: z.enum(ownerTypes),
  description: fields.description.default(""),
  rank: fields.rank.default(100),
  isVisual: fields.isVisual.default(true),
  level: fields.level.default("medium"),
  quietDays: fields.quietDays.default(7),
  told: toldSchema.prefault({}),
  followUp: followUpSchema.optional(),
  /** Without criteria the status is a draft, which nobody has. */
  criteria: criterionSchema.optional(),
  isActive: fields.isActive.default(true),
});
export type NewMonitor = Readonly<z.output<typeof newMonitorSchema>>;

/** A change: fields that are not named stay as they are; `null` takes follow-up or criteria away. */
export const monitorChangeSchema = z.strictObject({
  name: fields.name.optional(),
  description: fields.description.optional(),
  rank: fields.rank.optional(),
  isVisual: fields.isVisual.optional(),
  level: fields.level.optional(),
  quietDays: fields.quietDays.optional(),
  told: toldSchema.partial().optional(),
  followUp: followUpSchema.nullable().optional(),
  criteria: criterionSchema.nullable().optional(),
  isActive: fields.isActive.optional(),
});
export type MonitorChange = Readonly<z.output<typeof monitorChangeSchema>>;

/** A status that customers, persons or projects have while their records meet its criteria. */
export const statusMonitorSchema = newMonitorSchema.extend({
  statusId: monitorIdSchema,
  /** Its number among all of the tenant; those of an earlier version have none. */
  number: z.int().optional(),
  picture: pictureSchema.optional(),
  /** Deleted monitors are kept and can be restored; nobody has their status meanwhile. */
  deletedAt: instantSchema.optional(),
  /** Counts changes. */
  version: z.int(),
  /** The version with the last change that may change who has the status. */
  criteriaVersion: z.int(),
  /** Who has had the status since this day or before is not told as new: it was restored then. */
  restoredOn: daySchema.optional(),
  /** The version with which it was back after a while without evaluation: who did not have it may have got it meanwhile. */
  resumedIn: z.int().optional(),
  /** The last night before that while: from the day after it on, those who had the status are made up for. */
  settledUntil: daySchema.optional(),
});
export type StatusMonitor = Readonly<z.output<typeof statusMonitorSchema>> & {
  /** Why what is stored of it cannot be read, until it is saved anew (unreadable-monitor.ts). */
  readonly unreadable?: string | undefined;
};

/**
 * How a monitor that was settled is named where many are listed: by its number, which is short. One that is back has
 * another name: what was settled before does not count for it.
 */
export type SettledName = MonitorId | number;
export const settledName = ({ statusId, number, resumedIn }: NamedMonitor): SettledName =>
  resumedIn === undefined ? (number ?? statusId) : monitorIdSchema.parse(`${number ?? statusId}.${resumedIn}`);
type NamedMonitor = Pick<StatusMonitor, "statusId" | "number" | "resumedIn">;

/** The number of the next one. */
export const nextNumber = (known: readonly Pick<StatusMonitor, "number">[]): number =>
  Math.max(0, ...known.map(({ number = 0 }) => number)) + 1;

/** Whether it is evaluated: active, not deleted, with criteria, and readable. */
export const isEvaluated = (
  monitor: StatusMonitor,
): monitor is StatusMonitor & { readonly criteria: NonNullable<StatusMonitor["criteria"]> } =>
  monitor.criteria !== undefined && monitor.unreadable === undefined && isHeld(monitor);

/** Whether anybody has its status: it is evaluated, or cannot be read and keeps its old values. */
export const isHeld = ({ isActive, deletedAt, criteria, unreadable }: StatusMonitor): boolean =>
  isActive && deletedAt === undefined && (criteria !== undefined || unreadable !== undefined);

/** The level of the findings that tell it; `undefined` when it is told nowhere. */
export function toldLevel({ told }: Pick<StatusMonitor, "told">): (typeof levels)[number] | undefined {
  if (told.alert) return "high";
  if (told.digest) return "medium";
  return told.forYou ? "watch" : undefined;
}

/** By rank, the lowest first; among equals by id. The first that is visual and has a picture gives the picture. */
export const compareMonitors = (
  a: Pick<StatusMonitor, "rank" | "statusId">,
  b: Pick<StatusMonitor, "rank" | "statusId">,
): number => a.rank - b.rank || (a.statusId < b.statusId ? -1 : a.statusId > b.statusId ? 1 : 0);
