import type { ItemError } from "../platform/field-error.ts";
import * as z from "zod";
import { type Currency, type Instant, currencySchema, instantSchema, minorSchema } from "../platform/values.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import { type AmountInput, amountInputSchema, currencyOfAmount } from "../platform/amount-input.ts";
import { parseAmount } from "./amount.ts";
import { colourAt, parseColour } from "./colour.ts";
import type { Immutable } from "../platform/immutable.ts";
import { type Rules, rulesSchema } from "./rules.ts";
import { distributionSchema } from "./distribution.ts";
import { type PlanId, type StatusId, planIdSchema, reasonIdSchema } from "../platform/ids.ts";
import { labelOfName, parseLabel } from "./label.ts";
import { memberSchema } from "./member.ts";
import { type Status, stagesSchema, statusKinds } from "./status.ts";
import { checkStages } from "./status-changes.ts";

const MOST_MEMBERS = 200;

/** A sales plan: a funnel of statuses, and the rules by which its leads are assigned. */
export const salesPlanSchema = z.object({
  ...stagesSchema.shape,
  ...rulesSchema.shape,
  planId: planIdSchema,
  name: z.string(),
  /** Shown in chats: at most 12 characters. */
  label: z.string(),
  /** The amount of a deal that is created without one. It is copied into the deal. */
  averageMinor: minorSchema,
  currency: currencySchema,
  isArchived: z.boolean(),
  /** Increases with every change; a change of a stale version is refused. */
  version: z.int(),
  createdAt: instantSchema,
});
export type SalesPlan = Immutable<z.output<typeof salesPlanSchema>>;

const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((name) => name.isWellFormed() && !/\p{Cc}/u.test(name), "has a control character in it");

const refusalChoiceSchema = z.strictObject({
  isRequired: z.boolean(),
  reasonIds: z.array(reasonIdSchema).max(100).default([]),
});

/** A requested status; its id is generated. */
export const newStatusSchema = z.strictObject({
  name: nameSchema,
  kind: z.enum(statusKinds),
  colour: z.string().optional(),
  refusal: refusalChoiceSchema.optional(),
});
export type NewStatus = z.output<typeof newStatusSchema>;

export const editStatusSchema = z.strictObject({
  name: nameSchema.optional(),
  colour: z.string().optional(),
  refusal: refusalChoiceSchema.optional(),
});
export type EditStatus = z.output<typeof editStatusSchema>;

const membersSchema = z
  .array(memberSchema)
  .max(MOST_MEMBERS)
  .refine((members) => new Set(members.map(({ userId }) => userId)).size === members.length, "names a manager twice");

/** A requested plan: name, average bill, shortcut, distribution and managers. */
export const newPlanSchema = z.strictObject({
  name: nameSchema,
  averageAmount: amountInputSchema.default("0"),
  currency: currencySchema.optional(),
  label: z.string().max(2_000).optional(),
  distribution: distributionSchema.default({ mode: "manual" }),
  members: membersSchema.default([]),
  statuses: z.array(newStatusSchema).max(50).optional(),
});
export type NewSalesPlan = z.output<typeof newPlanSchema>;

/** What one save may change of a plan; statuses are changed by separate requests. */
export const salesPlanChangeSchema = z.strictObject({
  name: nameSchema.optional(),
  averageAmount: amountInputSchema.optional(),
  label: z.string().max(2_000).optional(),
  distribution: distributionSchema.optional(),
  members: membersSchema.optional(),
  isArchived: z.boolean().optional(),
});
export type SalesPlanChange = z.output<typeof salesPlanChangeSchema>;

/** The statuses of a plan that is created without any. */
const usualStatuses: NewStatus[] = [
  { name: "New", kind: "intermediate" },
  { name: "In progress", kind: "intermediate" },
  { name: "Closed: successful", kind: "won" },
  { name: "Closed: failed", kind: "lost" },
];

type SalesPlanProblem = Exclude<
  | ReturnType<typeof parseAmount>
  | ReturnType<typeof parseLabel>
  | ReturnType<typeof checkStages>
  | ReturnType<typeof parseColour>,
  { readonly ok: true }
>["reason"];

/** Ids and time of a new plan, provided by the caller. */
interface SalesPlanMade {
  readonly planId: PlanId;
  readonly statusIds: readonly StatusId[];
  readonly createdAt: Instant;
  /** The tenant's own currency, for a plan created without one. */
  readonly currency: Currency;
}

export const statusCountOf = ({ statuses = usualStatuses }: NewSalesPlan): number => statuses.length;

/** A refusal with the field that caused it. */
interface SalesPlanRefused {
  readonly ok: false;
  readonly reason: SalesPlanProblem;
  readonly message: string;
  readonly errors: readonly ItemError[];
}

const at = (
  path: string,
  refusal: { readonly reason: SalesPlanProblem; readonly message: string },
): SalesPlanRefused => ({
  ok: false,
  ...refusal,
  errors: [{ path, code: refusal.reason, message: refusal.message }],
});

/** A new plan from a request. */
export function makeSalesPlan(
  asked: NewSalesPlan,
  made: SalesPlanMade,
): Result<SalesPlan, SalesPlanProblem> | SalesPlanRefused {
  const currency = asked.currency ?? currencyOfAmount(asked.averageAmount) ?? made.currency;
  const average = parseAmount(asked.averageAmount, currency);
  if (!average.ok) return at("averageAmount", average);
  const label = asked.label === undefined ? ok(labelOfName(asked.name)) : parseLabel(asked.label);
  if (!label.ok) return at("label", label);
  const statuses: Status[] = [];
  for (const [i, status] of (asked.statuses ?? usualStatuses).entries()) {
    const statusId = made.statusIds[i];
    if (statusId === undefined) throw new Error(`status ${i + 1} of plan ${made.planId} has no id`);
    const parsed = makeStatus(status, statusId, i);
    if (!parsed.ok) return at(`statuses[${i}].colour`, parsed);
    statuses.push(parsed.value);
  }
  const stages = checkStages({ statuses, tombstones: [] });
  if (!stages.ok) return at("statuses", stages);
  const { name, distribution, members } = asked;
  const { planId, createdAt } = made;
  return ok({
    ...stages.value,
    planId,
    name,
    label: label.value,
    averageMinor: average.value,
    currency,
    distribution,
    members,
    isArchived: false,
    version: 1,
    createdAt,
  });
}

export function makeStatus(
  { name, kind, colour, refusal }: NewStatus,
  statusId: StatusId,
  position: number,
): Result<Status, "not-a-colour" | "colour-unreadable"> {
  const parsed = colour === undefined ? ok(colourAt(position)) : parseColour(colour);
  if (!parsed.ok) return parsed;
  return ok({ statusId, name, kind, colour: parsed.value, ...(refusal === undefined ? {} : { refusal }) });
}

/** A plan after a saved change: its version increases by one. */
export function changedSalesPlan(
  plan: SalesPlan,
  change: SalesPlanChange,
): Result<SalesPlan, SalesPlanProblem> | SalesPlanRefused {
  const average = change.averageAmount === undefined ? ok(plan.averageMinor) : amountOf(change.averageAmount, plan);
  if (!average.ok) return at("averageAmount", average);
  const label = change.label === undefined ? ok(plan.label) : parseLabel(change.label);
  if (!label.ok) return at("label", label);
  return ok({
    ...plan,
    name: change.name ?? plan.name,
    label: label.value,
    averageMinor: average.value,
    distribution: change.distribution ?? plan.distribution,
    members: change.members ?? plan.members,
    isArchived: change.isArchived ?? plan.isArchived,
    version: plan.version + 1,
  });
}

const amountOf = (input: AmountInput, { currency }: SalesPlan) => parseAmount(input, currency);

/** Whether a save changes who gets the next lead: then it takes a sequence number, and applies to later ones. */
export const changesRules = (before: Rules, after: Rules): boolean =>
  JSON.stringify([before.distribution, before.members]) !== JSON.stringify([after.distribution, after.members]);

export const rulesOf = ({ distribution, members }: Rules): Rules => ({ distribution, members });

/** The refusal for a plan that does not exist or that the caller cannot access. */
export const unknownPlan = (planId: string) => refuse("unknown-plan", `there is no sales plan ${planId}`);
