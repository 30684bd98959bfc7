import { criterionSchema } from "@regulars/core/monitors/criteria";
import { pictureTypes } from "@regulars/core/monitors/picture";
import { type StatusMonitor, monitorChangeSchema, newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import type { SavedMonitor } from "@regulars/flows/monitors/save-monitor";
import { REGENERATION_PARTS, type RegenerationProgress } from "@regulars/core/monitors/regeneration";
import * as z from "zod";

/** Criteria in a request: any JSON, which the flow reads and answers with the place of each mistake. */
const { $schema: _dialect, ...described } = z.toJSONSchema(z.strictObject({}), { io: "input" });
export const criteriaField = z
  .custom<unknown>(() => true)
  .meta({
    ...described,
    additionalProperties: true,
    type: "object",
    description: "All of, any of, not, or one comparison of a field: docs/reference/monitors.md 2",
  });

export const pictureJsonSchema = z
  .object({
    pictureId: z.string(),
    type: z.enum(pictureTypes),
    width: z.int(),
    height: z.int(),
    altText: z.string(),
    path: z.string().meta({ description: "Where the picture is served" }),
  })
  .meta({ id: "StatusPicture" });

/** A status monitor in an answer. */
export const monitorJsonSchema = newMonitorSchema
  .omit({ criteria: true, followUp: true })
  .extend({
    statusId: z.string(),
    followUp: newMonitorSchema.shape.followUp.unwrap().nullable(),
    criteria: criterionSchema.nullable(),
    picture: pictureJsonSchema.nullable(),
    deletedAt: z.string().nullable(),
    version: z.int(),
    warnings: z.array(z.string()).readonly().meta({ description: "What of its texts is no variable" }),
    unreadable: z
      .string()
      .optional()
      .meta({ description: "Why its stored definition cannot be read: its old values stay until it is saved anew" }),
  })
  .meta({
    id: "StatusMonitor",
    description: "A status that customers, persons or projects have while its criteria hold",
  });

const picturePath = (pictureId: string): string => `/v1/status-pictures/${pictureId}`;

export const pictureJson = (picture: StatusMonitor["picture"]) =>
  picture === undefined ? null : { ...picture, path: picturePath(picture.pictureId) };

/** A monitor as the API shows it. */
export function monitorJson({ monitor, warnings }: SavedMonitor) {
  const {
    followUp,
    criteria,
    picture,
    deletedAt,
    number: _n,
    criteriaVersion: _c,
    restoredOn: _r,
    resumedIn: _s,
    settledUntil: _u,
    ...plain
  } = monitor;
  return {
    ...plain,
    followUp: followUp ?? null,
    criteria: criteria ?? null,
    picture: pictureJson(picture),
    deletedAt: deletedAt ?? null,
    warnings: [...warnings],
  };
}

export const regenerationJsonSchema = z
  .object({
    isPending: z.boolean().meta({ description: "Not everybody is evaluated yet: old values are shown" }),
    partsDone: z.int(),
    parts: z.int(),
    customers: z.int().meta({ description: "Customers evaluated so far" }),
    matches: z.int().meta({ description: "Owners found so far that have the status" }),
    failure: z.string().nullable().meta({ description: "Why it failed for an owner: their old value stays" }),
  })
  .meta({ id: "StatusRegeneration" });

export const regenerationJson = (progress: RegenerationProgress): z.output<typeof regenerationJsonSchema> => ({
  ...progress,
  parts: REGENERATION_PARTS,
  failure: progress.failure ?? null,
});

export const newMonitorBody = newMonitorSchema.extend({
  statusId: z.string().min(1).max(64).optional().meta({ description: "Default: a new one" }),
  criteria: criteriaField.optional(),
});

export const monitorChangeBody = monitorChangeSchema.extend({
  criteria: criteriaField.optional(),
  version: z.int().optional().meta({ description: "Refuses to overwrite what somebody else has saved since" }),
});
