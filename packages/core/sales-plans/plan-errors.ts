import * as z from "zod";
import { amountInputSchema, currencyOfAmount } from "../platform/amount-input.ts";
import type { ItemError } from "../platform/field-error.ts";
import { type ReasonId, reasonIdSchema } from "../platform/ids.ts";
import type { Result } from "../platform/result.ts";
import { type Currency, type UserId, currencySchema, userIdSchema } from "../platform/values.ts";
import { parseAmount } from "./amount.ts";
import { parseColour } from "./colour.ts";
import { parseLabel } from "./label.ts";
import type { RefusalReason } from "./refusal.ts";
import { statusKinds } from "./status.ts";
import { stageErrors } from "./status-changes.ts";

const refusalSchema = z.object({
  isRequired: z.boolean().catch(false),
  reasonIds: z.array(reasonIdSchema).catch([]),
});
const statusPartsSchema = z.object({
  name: z.string().optional().catch(undefined),
  kind: z.enum(statusKinds).optional().catch(undefined),
  colour: z.string().optional().catch(undefined),
  refusal: refusalSchema.optional().catch(undefined),
});

/** Whatever can be read of a requested plan or change; what its schema refuses is absent. */
const partsSchema = z
  .object({
    averageAmount: amountInputSchema.optional().catch(undefined),
    currency: currencySchema.optional().catch(undefined),
    label: z.string().optional().catch(undefined),
    members: z.array(z.object({ userId: userIdSchema.optional().catch(undefined) }).catch({})).catch([]),
    statuses: z.array(statusPartsSchema.catch({})).optional().catch(undefined),
  })
  .catch({ members: [] });
type PlanParts = z.output<typeof partsSchema>;

export const planPartsOf = (asked: unknown): PlanParts => partsSchema.parse(asked);

/** What a plan's fields are checked against. */
interface PlanSurroundings {
  /** Of the amounts, when the plan names no other. */
  readonly currency: Currency;
  readonly isUser: (userId: UserId) => boolean;
  readonly reasons: ReadonlyMap<ReasonId, RefusalReason>;
}

/** Everything wrong with the fields that a schema alone cannot tell, each with its path. */
export const planFieldErrors = (parts: PlanParts, around: PlanSurroundings): ItemError[] => [
  ...amountErrors(parts, around),
  ...(parts.label === undefined ? [] : at("label", parseLabel(parts.label))),
  ...memberErrors(parts, around),
  ...statusErrors(parts, around),
];

const at = (path: string, result: Result<unknown>): ItemError[] =>
  result.ok ? [] : [{ path, code: result.reason, message: result.message }];

function amountErrors({ averageAmount, currency }: PlanParts, around: PlanSurroundings): ItemError[] {
  if (averageAmount === undefined) return [];
  return at(
    "averageAmount",
    parseAmount(averageAmount, currency ?? currencyOfAmount(averageAmount) ?? around.currency),
  );
}

const memberErrors = ({ members }: PlanParts, { isUser }: PlanSurroundings): ItemError[] =>
  members.flatMap(({ userId }, i) =>
    userId === undefined || isUser(userId)
      ? []
      : [{ path: `members[${i}].userId`, code: "unknown-user", message: `there is no user ${userId}` }],
  );

function statusErrors({ statuses = [] }: PlanParts, { reasons }: PlanSurroundings): ItemError[] {
  const own = statuses.flatMap(({ colour, refusal, name }, i) => [
    ...(colour === undefined ? [] : at(`statuses[${i}].colour`, parseColour(colour))),
    ...(refusal?.reasonIds ?? []).flatMap((reasonId, j) =>
      reasons.has(reasonId)
        ? []
        : [
            {
              path: `statuses[${i}].refusal.reasonIds[${j}]`,
              code: "unknown-reason",
              message: `there is no refusal reason ${reasonId}`,
            },
          ],
    ),
    ...(isWithoutChoice(refusal, reasons)
      ? [
          {
            path: `statuses[${i}].refusal`,
            code: "reasons-empty",
            message: `"${name ?? ""}" requires a refusal reason and offers only archived ones`,
          },
        ]
      : []),
  ]);
  const whole = statuses.flatMap(({ name, kind, refusal }) =>
    name === undefined || kind === undefined ? [] : [{ name, kind, refusal }],
  );
  const isWhole = statuses.length > 0 && whole.length === statuses.length;
  return [...own, ...(isWhole ? stageErrors(whole).flatMap((refusal) => at("statuses", refusal)) : [])];
}

const isWithoutChoice = (
  refusal: z.output<typeof refusalSchema> | undefined,
  reasons: PlanSurroundings["reasons"],
): boolean =>
  refusal?.isRequired === true &&
  refusal.reasonIds.length > 0 &&
  refusal.reasonIds.every((reasonId) => reasons.get(reasonId)?.isArchived === true);
