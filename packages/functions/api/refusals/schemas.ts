import { cellQuery } from "@regulars/core/refusals/cell-query";
import { reasonIdSchema } from "@regulars/core/platform/ids";
import { type ReportCell, type ReportRow, reportGroupings } from "@regulars/core/refusals/refusal-report";
import { dealScopes } from "@regulars/core/boards/visibility";
import * as z from "zod";
import { Problem, fieldErrors } from "../http/problem.ts";
import { dayField, moneySchema } from "../http/schemas.ts";
import { moniesOf } from "../boards/schemas.ts";
import { EXAMPLE_PLAN, dealAnswerSchema } from "../sales-plans/schemas.ts";

const flag = (description: string) => z.enum(["true", "false"]).optional().meta({ description });

export const periodQuery = {
  by: z.enum(reportGroupings).optional().meta({ example: "plan", description: "Default: plan" }),
  from: dayField.optional().meta({ description: "First day, in the tenant's zone; default: from the beginning" }),
  to: dayField.optional().meta({ description: "Last day, inclusive; default: until now" }),
  planId: z.string().min(1).max(200).optional().meta({ example: EXAMPLE_PLAN, description: "This plan only" }),
  scope: z.enum(dealScopes).optional().meta({ description: "Own closings, the team's, or all visible ones" }),
};
export const reportQuery = {
  ...periodQuery,
  clarifications: flag("With a row for each clarification"),
  cancelled: flag("With a column of closings that were cancelled since"),
};
const periodSchema = z.object(periodQuery);
export type PeriodQuery = z.output<typeof periodSchema>;
const askedSchema = z.object(reportQuery);
export type ReportQuery = z.output<typeof askedSchema>;

const percent = z.number().nullable().meta({ description: "To one decimal; null if the total is zero" });
const drilldown = z.string().meta({ description: "Address of exactly the deals counted here" });

const reasonSchema = z.object({
  reasonId: z.string().nullable().meta({ description: "null: not specified" }),
  name: z.string().nullable(),
  count: z.int(),
  percent,
  drilldown,
  clarifications: z
    .array(
      z.object({
        text: z.string().nullable().meta({ description: "null: no clarification" }),
        count: z.int(),
        percent,
        drilldown,
      }),
    )
    .optional(),
});

const rowSchema = z.object({
  id: z
    .string()
    .nullable()
    .meta({ description: "Plan or manager at the time of closing; null: no manager, or the total" }),
  name: z.string().nullable(),
  closings: z.int(),
  won: z.object({ count: z.int(), percent, sums: z.array(moneySchema), drilldown }),
  lost: z.object({ count: z.int(), percent, drilldown }),
  cancelled: z.object({ count: z.int(), drilldown }).nullable(),
  reasons: z.array(reasonSchema),
});

export const reportSchema = z
  .object({
    by: z.enum(reportGroupings),
    from: z.string().nullable(),
    to: z.string().nullable(),
    rows: z.array(rowSchema),
    total: rowSchema,
  })
  .meta({ id: "RefusalReport", description: "Closings that were not cancelled: won, lost, and the lost by reason" });

export const closedDealSchema = z
  .object({
    closedAt: z.string(),
    outcome: z.enum(["won", "lost"]),
    planId: z.string(),
    managerId: z.string().nullable().meta({ description: "The manager at the time of closing" }),
    reasonId: z.string().nullable(),
    clarification: z.string().nullable(),
    cancelledAt: z.string().nullable(),
    cancelledBy: z.string().nullable(),
    deal: dealAnswerSchema
      .nullable()
      .meta({ description: "As it is now; null when it is somebody else's since, whom the caller does not see" }),
  })
  .meta({ id: "ClosedDeal" });

/** The addresses of the cells' deals. */
export const cellAddressOf =
  (period: PeriodQuery): ((cell: ReportCell) => string) =>
  (cell) =>
    `/v1/refusal-report/deals?${cellQuery(cell, period)}`;

export function rowJson(row: ReportRow, hrefOf: (cell: ReportCell) => string): z.output<typeof rowSchema> {
  const { group, name, closings, won, lost, cancelled, reasons } = row;
  return {
    id: group ?? null,
    name,
    closings,
    won: { count: won.count, percent: won.percent, sums: moniesOf(won.sums), drilldown: hrefOf(won.cell) },
    lost: { count: lost.count, percent: lost.percent, drilldown: hrefOf(lost.cell) },
    cancelled: cancelled === undefined ? null : { count: cancelled.count, drilldown: hrefOf(cancelled.cell) },
    reasons: reasons.map(({ cell, clarifications, ...reason }) => ({
      ...reason,
      drilldown: hrefOf(cell),
      ...(clarifications === undefined
        ? {}
        : { clarifications: clarifications.map(({ cell: own, ...one }) => ({ ...one, drilldown: hrefOf(own) })) }),
    })),
  };
}

/** The cell that a query names. */
export function cellOf(query: {
  by?: ReportCell["by"] | undefined;
  group?: string | undefined;
  outcome?: ReportCell["outcome"] | undefined;
  reasonId?: string | undefined;
  clarification?: string | undefined;
}): ReportCell {
  const { by = "plan", group, outcome = "lost", reasonId, clarification } = query;
  const reason = reasonId === undefined || reasonId === "" ? undefined : reasonIdSchema.safeParse(reasonId);
  if (reason?.success === false)
    throw new Problem({
      status: 400,
      code: "unusable-fields",
      detail: "reasonId is not a valid id",
      errors: fieldErrors(reason.error, reasonId).map((error) => ({ ...error, path: "reasonId" })),
    });
  return {
    by,
    group: group === "" ? null : group,
    outcome,
    reasonId: reasonId === "" ? null : reason?.data,
    clarification,
  };
}
