import { builtInInsights } from "@regulars/core/insights/catalog";
import { deciders } from "@regulars/core/notifications/effective";
import { compulsionSchema, preferencesChangeSchema } from "@regulars/core/notifications/preferences";
import * as z from "zod";
import { body } from "../http/schemas.ts";

/** A kind for the examples. */
const KIND = builtInInsights.kinds[0]?.id ?? "";

const preferenceName = z.string().meta({ example: `kinds.${KIND}.high` });

const preferenceSchema = z
  .object({
    name: preferenceName,
    value: z.unknown(),
    decidedBy: z.enum(deciders),
    reason: z.string().nullable().meta({ description: "Why it is compulsory" }),
    overruled: z.unknown().meta({ description: "The user's own choice that does not hold" }),
    setBy: z.string().nullable(),
    setAt: z.string().nullable(),
  })
  .meta({ id: "NotificationPreference" });

/** Everything that holds for somebody. */
export const preferencesSchema = z
  .object({ preferences: z.array(preferenceSchema), notes: z.array(z.string()) })
  .meta({ id: "NotificationPreferences", description: "What reaches somebody, how and when, with whose choice it is" });

/** A preference before and after a change. */
export const preferenceRowSchema = z
  .object({
    name: preferenceName,
    now: preferenceSchema.nullable(),
    after: preferenceSchema.nullable(),
    changed: z.int().meta({ description: "Of a change for all: users for whom it changes something" }),
    chose: z.int().meta({ description: "Of a change for all: users for whom not, because they chose themselves" }),
  })
  .meta({ id: "NotificationPreferenceChange" });

/** A change of a user's preferences. */
export const preferencesBody = body(preferencesChangeSchema.meta({ id: "NotificationPreferencesChange" }), {
  digestAt: "06:30",
  kinds: { [KIND]: { high: "digest" } },
});

/** A change for all of a tenant's users. */
export const tenantPreferencesBody = body(
  z
    .strictObject({
      defaults: preferencesChangeSchema.optional(),
      compulsions: z.array(compulsionSchema).max(20).optional(),
    })
    .meta({ id: "TenantNotificationPreferencesChange" }),
  {
    defaults: { digestAt: "08:00" },
    compulsions: [{ set: { kinds: { [KIND]: { high: "at-once" } } }, reason: "Cash is tight." }],
  },
);
