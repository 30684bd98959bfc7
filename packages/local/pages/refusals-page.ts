import { type RefusalReport, reportGroupings } from "@regulars/core/plans/refusal-report";
import { type Result, ok, refuse } from "@regulars/core/result";
import type { Tenant } from "@regulars/core/tenant";
import { daySchema } from "@regulars/core/values";
import type { PlanContext } from "@regulars/flows/plans/plan-context";
import { reportRefusals } from "@regulars/flows/plans/report-refusals";
import * as z from "zod";
import type { OpenTenant } from "./open-tenant.ts";

const dayOrNone = z
  .literal("")
  .transform(() => undefined)
  .or(daySchema)
  .optional();

const askedSchema = z.object({
  by: z.enum(reportGroupings).default("plan"),
  from: dayOrNone,
  to: dayOrNone,
  clarifications: z.literal("yes").optional(),
});

/** The refusal report as its page shows it. */
export interface RefusalsPage {
  readonly tenant: Tenant;
  readonly asked: z.output<typeof askedSchema>;
  readonly report: RefusalReport;
}

export async function readRefusalsPage(
  context: PlanContext,
  { tenant, store }: OpenTenant,
  query: Readonly<Record<string, string>>,
): Promise<Result<RefusalsPage>> {
  const parsed = askedSchema.safeParse(query);
  if (!parsed.success) return refuse("unusable-query", "This report cannot be drawn: days are like 2026-11-23.");
  const asked = parsed.data;
  const report = await reportRefusals({
    context,
    visible: "all",
    from: asked.from,
    to: asked.to,
    users: await store.users(),
    by: asked.by,
    withClarifications: asked.clarifications === "yes",
    withCancelled: true,
  });
  return ok({ tenant, asked, report });
}
