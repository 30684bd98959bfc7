import * as z from "zod";
import { levels } from "../insights/finding.ts";
import type { Immutable } from "../platform/immutable.ts";
import { languageSchema } from "../platform/languages.ts";
import { nearestName } from "../platform/nearest-name.ts";
import { isZone, timeZones } from "../platform/period.ts";
import { daySchema, instantSchema } from "../platform/values.ts";

/** How news of a kind and level reaches somebody (docs/reference/messages.md 5). */
export const treatments = ["at-once", "digest", "off"] as const;
export type Treatment = (typeof treatments)[number];

/** Where news goes that is sent at once. A digest is an e-mail. */
export const channels = ["mail", "slack-direct", "slack-channel"] as const;
export type Channel = (typeof channels)[number];

export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** Stands for every kind of finding. */
export const ALL_KINDS = "*";

const clockSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is not a time of day: 00:00 to 23:59, written like 20:00");

const digestTimeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):(00|15|30|45)$/, "is not a digest time: 00:00 to 23:45 by quarter hours, like 07:30");

const slackChannelSchema = z
  .string()
  .regex(/^[CG][A-Z0-9]{1,30}$/, "is not the id of a Slack channel: it begins with C or G, like C02ABC");

const daysSchema = z
  .array(z.enum(weekdays, `is not a day of the week: ${weekdays.join(", ")}`))
  .refine((days) => new Set(days).size === days.length, "names a day twice");

const zoneSchema = z.string().max(100, "is longer than 100 characters").superRefine(zoneFault);

function zoneFault(zone: string, context: z.RefinementCtx): void {
  if (isZone(zone)) return;
  const meant = nearestName(zone, timeZones()) ?? "Europe/Copenhagen";
  context.addIssue({
    code: "custom",
    message: `is not an IANA time zone; is ${meant} meant? (given ${JSON.stringify(zone)})`,
  });
}

const booleanSchema = z.boolean("is not true or false");
const treatmentSchema = z.enum(treatments, `is not allowed: write ${treatments.join(", ")}`);
const levelSchema = z.enum(levels, `is not a level: ${levels.join(", ")}`);
const unknownLevel = { error: unknownKey("level", levels) };

/** The fault of a property that nobody knows, with what there is; other faults keep their own words. */
function unknownKey(what: string, names: readonly string[]) {
  return ({ code }: { readonly code?: string | undefined }): string | undefined =>
    code === "unrecognized_keys" ? `is no ${what}: there are ${names.join(", ")}` : undefined;
}
const kindSchema = z.string().min(1).max(100);

/** Every preference beside the treatments of kinds. */
const valueShape = {
  channel: z.enum(channels, `is not a channel: ${channels.join(", ")}`),
  slackChannel: slackChannelSchema,
  digestAt: digestTimeSchema,
  /** None: no digest. */
  digestDays: daysSchema,
  /** A digest also on a day that only clears something. */
  digestOfCleared: booleanSchema,
  hasQuietHours: booleanSchema,
  quietFrom: clockSchema,
  quietUntil: clockSchema,
  /** Otherwise Saturday and Sunday are as quiet as the nights. */
  workWeekends: booleanSchema,
  zone: zoneSchema,
  language: languageSchema,
  /** The first day on which news is sent again. */
  pausedUntil: daySchema,
  /** Nothing at all, but what is compulsory. */
  allOff: booleanSchema,
};
export type PreferenceName = keyof typeof valueShape;
export const preferenceNames: readonly PreferenceName[] = z.keyof(z.object(valueShape)).options;

/** The fault of quiet hours that end when they begin. */
export const EQUAL_ENDS = "is when quiet hours begin: for no quiet hours set hasQuietHours to false";

const changeOf = <T extends z.ZodType>(schema: T) => schema.nullable().optional();

/** A change of preferences; null takes back to what holds otherwise. What is not named stays. */
export const preferencesChangeSchema = z
  .strictObject(
    {
      kinds: z.record(kindSchema, z.partialRecord(levelSchema, treatmentSchema.nullable(), unknownLevel)).optional(),
      channel: changeOf(valueShape.channel),
      slackChannel: changeOf(valueShape.slackChannel),
      digestAt: changeOf(valueShape.digestAt),
      digestDays: changeOf(valueShape.digestDays),
      digestOfCleared: changeOf(valueShape.digestOfCleared),
      hasQuietHours: changeOf(valueShape.hasQuietHours),
      quietFrom: changeOf(valueShape.quietFrom),
      quietUntil: changeOf(valueShape.quietUntil),
      workWeekends: changeOf(valueShape.workWeekends),
      zone: changeOf(valueShape.zone),
      language: changeOf(valueShape.language),
      pausedUntil: changeOf(valueShape.pausedUntil),
      allOff: changeOf(valueShape.allOff),
    },
    { error: unknownKey("preference", ["kinds", ...preferenceNames]) },
  )
  .refine(({ quietFrom, quietUntil }) => typeof quietFrom !== "string" || quietFrom !== quietUntil, {
    path: ["quietUntil"],
    error: EQUAL_ENDS,
  });
export type PreferencesChange = Immutable<z.output<typeof preferencesChangeSchema>>;

/** What somebody has chosen: only what differs from what holds otherwise. */
export const choicesSchema = z
  .strictObject({ ...valueShape, kinds: z.record(kindSchema, z.partialRecord(levelSchema, treatmentSchema)) })
  .partial();
export type Choices = Immutable<z.output<typeof choicesSchema>>;

/** Who chose a preference and when; `reason` where they gave one. */
const stampSchema = z.object({ at: instantSchema, by: z.string(), reason: z.string().optional() });
export type Stamp = Immutable<z.output<typeof stampSchema>>;

/** What a tenant chooses for everybody, whatever they prefer, with the reason that they are shown. */
export const compulsionSchema = z.strictObject({
  set: choicesSchema,
  reason: z.string().trim().min(1, "is empty: everybody is shown why").max(300, "is longer than 300 characters"),
});
export type Compulsion = Immutable<z.output<typeof compulsionSchema>>;

/** Stored preferences of a user, or of a tenant: its defaults, and what it makes compulsory. */
export const preferencesSchema = z.object({
  /** Counts the changes. */
  version: z.int(),
  choices: choicesSchema,
  /** By the name of a preference: `digestAt`, `kinds.churn-risk.high`, `compulsions`. */
  stamps: z.record(z.string(), stampSchema),
  compulsions: z.array(compulsionSchema).default([]),
});
export type NotificationPreferences = Immutable<z.output<typeof preferencesSchema>>;

export const noPreferences: NotificationPreferences = { version: 0, choices: {}, stamps: {}, compulsions: [] };
