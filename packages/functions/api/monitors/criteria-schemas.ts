import { ops, units } from "@regulars/core/monitors/criteria";
import type { Explanation } from "@regulars/core/monitors/explain";
import { ownerIdOf, ownerTypes } from "@regulars/core/monitors/owner";
import type { Preview } from "@regulars/core/monitors/preview";
import { daySchema, type Day } from "@regulars/core/platform/values";
import * as z from "zod";

/** Criteria that somebody asks about, and whom they are about. They are checked by a flow, which says every mistake. */
export const askedBody = z.strictObject({
  criteria: z.unknown().meta({
    description: "As for a status monitor: all, any, not, and comparisons",
    example: { field: "name", op: "isNotNull" },
  }),
  ownerType: z.enum(ownerTypes).default("company"),
  asOf: daySchema.optional().meta({ description: "Default: the day of the last nightly run", example: "2026-11-22" }),
});

export const EXAMPLE = {
  criteria: {
    all: [
      { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" },
      { field: "sale.sold.total", op: ">", value: 50 },
    ],
  },
};

const setAside = z
  .array(z.object({ customerId: z.string(), reason: z.string() }))
  .readonly()
  .meta({ description: "Customers whose data cannot be read" });

export const selectedSchema = z
  .object({ asOf: z.string(), ids: z.array(z.string()), setAside })
  .meta({ id: "SelectedOwners", description: "Who meets criteria, by id" });

export const enteringSchema = z
  .object({ asOf: z.string(), entering: z.array(z.object({ ownerId: z.string(), on: z.string() })) })
  .meta({ id: "EnteringOwners", description: "Who will meet criteria by time alone, the earliest first" });

export const previewSchema = z
  .object({
    asOf: z.string(),
    owners: z.int(),
    matches: z.int(),
    examples: z.array(z.string()).meta({ description: "The first ten that match, by id" }),
    unknown: z.int().meta({ description: "Those of whom it cannot be known: they do not match" }),
    enter: z.int().meta({ description: "Those that match and do not by the saved criteria" }),
    leave: z.int(),
    entering: z.array(z.string()).meta({ description: "The first ten of them, by id" }),
    leaving: z.array(z.string()),
    leaves: z.array(
      z.object({
        path: z.string(),
        field: z.string(),
        excludes: z.int().meta({ description: "Those that would match if it were not for this comparison" }),
        unknown: z.int(),
      }),
    ),
  })
  .meta({ id: "CriteriaPreview" });

export const previewJson = ({
  examples,
  entering,
  leaving,
  leaves,
  ...preview
}: Preview & { readonly asOf: Day }): z.output<typeof previewSchema> => ({
  ...preview,
  examples: examples.map(ownerIdOf),
  entering: entering.map(ownerIdOf),
  leaving: leaving.map(ownerIdOf),
  leaves: [...leaves],
});

const single = z.union([z.string(), z.number(), z.boolean()]);

export const explanationSchema = z
  .object({
    asOf: z.string(),
    ownerId: z.string(),
    isOn: z.boolean(),
    willEnterOn: z.string().nullable(),
    willLeaveOn: z.string().nullable(),
    foretoldUntil: z
      .string()
      .nullable()
      .meta({ description: "The last day that is foretold, of criteria that read findings; null: all days are" }),
    leaves: z.array(
      z.object({
        path: z.string(),
        field: z.string(),
        op: z.enum(ops),
        threshold: z.union([single, z.array(z.union([z.string(), z.number()]))]).nullable(),
        unit: z.enum(units).nullable(),
        orNever: z.boolean().meta({ description: "Whoever has no value is counted in" }),
        includeAutomatic: z.boolean().meta({ description: "What a program did is counted too" }),
        value: single.nullable().meta({ description: "null: there is none" }),
        truth: z.boolean().nullable().meta({ description: "null: it cannot be known" }),
      }),
    ),
  })
  .meta({ id: "CriteriaExplanation" });

export const explanationJson = (
  { isOn, willEnterOn, willLeaveOn, foretoldUntil, leaves }: Explanation & { readonly foretoldUntil?: Day | undefined },
  of: { readonly asOf: Day; readonly ownerId: string },
): z.output<typeof explanationSchema> => ({
  ...of,
  isOn,
  willEnterOn: willEnterOn ?? null,
  willLeaveOn: willLeaveOn ?? null,
  foretoldUntil: foretoldUntil ?? null,
  leaves: leaves.map(({ threshold, unit, orNever, includeAutomatic, value, truth, ...leaf }) => ({
    ...leaf,
    orNever: orNever ?? false,
    includeAutomatic: includeAutomatic ?? false,
    threshold: threshold ?? null,
    unit: unit ?? null,
    value: value ?? null,
    truth: truth ?? null,
  })),
});
