import { cellQuery } from "@regulars/core/refusals/cell-query";
import { isInOrder } from "@regulars/core/platform/period";
import { planIdSchema } from "@regulars/core/platform/ids";
import { type RefusalReport, type ReportCell, reportGroupings } from "@regulars/core/refusals/refusal-report";
import { type Result, ok } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { SalesContext } from "@regulars/flows/sales-context";
import { reportRefusals } from "@regulars/flows/refusals/report-refusals";
import type { PageWords } from "@regulars/render/texts/page-words";
import * as z from "zod";
import { refusalsPath } from "../page/addresses.ts";
import { unusableQuery } from "../page/filtered-page.ts";
import { dayOrNone, fieldErrors } from "../page/form-reason.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { visibleDeals } from "../sales-plans/visible-deals.ts";

const askedSchema = z
  .object({
    by: z.enum(reportGroupings).default("plan"),
    from: dayOrNone,
    to: dayOrNone,
    planId: planIdSchema.optional(),
    clarifications: z.literal("yes").optional(),
  })
  .refine(isInOrder, { path: ["to"], message: "is before From" });

const LABELS = {
  by: "form.by",
  from: "form.from",
  to: "form.to",
  clarifications: "form.withClarifications",
} as const;

/** The refusal report as its page shows it. */
export interface RefusalsPage {
  readonly words: PageWords;
  readonly tenant: Tenant;
  readonly asked: z.output<typeof askedSchema>;
  readonly report: RefusalReport;
  /** The address of the deals that a cell counts. */
  readonly hrefOf: (cell: ReportCell) => string;
}

export async function readRefusalsPage(
  context: SalesContext,
  opened: OpenTenant,
  query: Readonly<Record<string, string>>,
): Promise<Result<RefusalsPage>> {
  const parsed = askedSchema.safeParse(query);
  if (!parsed.success) return unusableQuery(fieldErrors(parsed.error, query, LABELS, opened.words));
  const asked = parsed.data;
  const { tenant, words, store } = opened;
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
  return ok({ tenant, words, asked, report, hrefOf });
}
