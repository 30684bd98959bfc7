import { cellQuery } from "@regulars/core/refusals/cell-query";
import { isInOrder } from "@regulars/core/platform/period";
import { planIdSchema } from "@regulars/core/platform/ids";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import { type RefusalReport, type ReportCell, reportGroupings } from "@regulars/core/refusals/refusal-report";
import { type Result, ok } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { SalesContext } from "@regulars/flows/sales-context";
import { reportRefusals } from "@regulars/flows/refusals/report-refusals";
import type { PageWords } from "@regulars/render/texts/page-words";
import * as z from "zod";
import { refusalsPath } from "../page/addresses.ts";
import { unusableQuery } from "../page/filtered-page.ts";
import { cutValue, dayOrNone, fieldErrors, idOrNone } from "../page/form-reason.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { visibleDeals } from "../sales-plans/visible-deals.ts";

const askedSchema = z
  .object({
    by: z.enum(reportGroupings).default("plan"),
    from: dayOrNone,
    to: dayOrNone,
    planId: idOrNone(planIdSchema).optional(),
    clarifications: z.literal("yes").optional(),
  })
  .refine(isInOrder, { path: ["to"], message: "is before From" });

const LABELS = {
  by: "form.by",
  from: "form.from",
  to: "form.to",
  planId: "refusals.plan",
  clarifications: "form.withClarifications",
} as const;

/** The refusal report as its page shows it. */
export interface RefusalsPage {
  readonly words: PageWords;
  readonly tenant: Tenant;
  readonly asked: z.output<typeof askedSchema>;
  /** The plans that the viewer may choose from. */
  readonly plans: readonly SalesPlan[];
  readonly report: RefusalReport;
  /** The address of the deals that a cell counts. */
  readonly hrefOf: (cell: ReportCell) => string;
}

const noPlan = (given: string, { say }: PageWords): string =>
  say("form.wrong", { name: say("refusals.plan"), valu: cutValue(given), text: say("form.noChoice") });

export async function readRefusalsPage(
  context: SalesContext,
  opened: OpenTenant,
  query: Readonly<Record<string, string>>,
): Promise<Result<RefusalsPage>> {
  const parsed = askedSchema.safeParse(query);
  if (!parsed.success) return unusableQuery(fieldErrors(parsed.error, query, LABELS, opened.words));
  const asked = parsed.data;
  const { tenant, words, store, decide } = opened;
  const plans = (await context.store.salesPlans.plans())
    .filter((plan) => decide("plan.reach", plan))
    .toSorted((a, b) => a.name.localeCompare(b.name, words.language));
  if (asked.planId !== undefined && plans.every(({ planId }) => planId !== asked.planId))
    return unusableQuery([{ path: "planId", code: "bad-value", message: noPlan(asked.planId, words) }]);
  const report = await reportRefusals({
    context,
    visible: await visibleDeals(opened, asked.planId),
    from: asked.from,
    to: asked.to,
    planId: asked.planId,
    users: await store.users(),
    by: asked.by,
    withClarifications: asked.clarifications === "yes",
    withCancelled: true,
  });
  const hrefOf = (cell: ReportCell): string =>
    `${refusalsPath(tenant.tenantId)}/deals?${cellQuery(cell, { from: asked.from, to: asked.to, planId: asked.planId })}`;
  return ok({ tenant, words, asked, plans, report, hrefOf });
}
