import { isInOrder } from "@regulars/core/platform/period";
import { planIdSchema, reasonIdSchema } from "@regulars/core/platform/ids";
import { cellQuery } from "@regulars/core/refusals/cell-query";
import { type ReportCell, reportGroupings } from "@regulars/core/refusals/refusal-report";
import type { Instant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { SalesContext } from "@regulars/flows/sales-context";
import { closingsInCell } from "@regulars/flows/refusals/closings-in-cell";
import type { PageWords } from "@regulars/render/texts/page-words";
import * as z from "zod";
import { dealPath, refusalsPath } from "../page/addresses.ts";
import { dayOrNone } from "../page/form-reason.ts";
import type { MomentText } from "../page/moments.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { visibleDeals } from "../sales-plans/visible-deals.ts";

const MOST_ROWS = 50;

export const cellSchema = z
  .object({
    by: z.enum(reportGroupings).default("plan"),
    outcome: z.enum(["won", "lost", "cancelled"]).default("lost"),
    group: z.string().max(100).optional(),
    reasonId: z
      .literal("")
      .transform(() => null)
      .or(reasonIdSchema)
      .optional(),
    clarification: z.string().max(1_000).optional(),
    planId: planIdSchema.optional(),
    from: dayOrNone,
    to: dayOrNone,
  })
  .refine(isInOrder, { path: ["to"] });

/** The deals that one cell of the refusal report counts, latest first. */
export interface RefusalDealsPage {
  readonly words: PageWords;
  readonly tenant: Tenant;
  readonly outcome: ReportCell["outcome"];
  readonly rows: readonly ClosedRow[];
  readonly nextAddress: string | undefined;
}

export interface ClosedRow {
  readonly path: string;
  readonly title: string;
  readonly closed: MomentText;
  /** The manager at closing. */
  readonly managerName: string;
  readonly amount: string;
  readonly why: string;
  readonly cancelled: MomentText | undefined;
}

export async function readRefusalDealsPage(
  context: SalesContext,
  opened: OpenTenant,
  { group, from, to, planId, ...rest }: z.output<typeof cellSchema>,
  after: string | undefined,
): Promise<RefusalDealsPage> {
  const cell: ReportCell = { ...rest, group: group === "" ? null : group };
  const { tenant, words, store } = opened;
  const momentOf = (at: Instant): MomentText => ({ at, text: words.moment(at, tenant.timeZone) });
  const visible = await visibleDeals(opened, planId);
  const asked = { context, visible, from, to, planId };
  const [page, users, reasons] = await Promise.all([
    closingsInCell(asked, cell, { limit: MOST_ROWS, after }),
    store.users(),
    context.store.salesPlans.reasons(),
  ]);
  const deals = await context.store.deals.deals(page.closings.map(({ dealId }) => dealId));
  const rows = page.closings.map((closing): ClosedRow => {
    const { dealId, reasonId, clarification, managerId, cancelled } = closing;
    const reason = reasonId === undefined ? undefined : (reasons.get(reasonId)?.name ?? reasonId);
    return {
      path: dealPath(tenant.tenantId, closing.planId, dealId),
      title: deals.get(dealId)?.title ?? dealId,
      closed: momentOf(closing.at),
      managerName: users.find(({ userId }) => userId === managerId)?.name ?? managerId ?? words.say("refusals.nobody"),
      amount: words.formats.money(closing.amountMinor, closing.currency),
      why: [reason, clarification].filter((text) => text !== undefined).join(": "),
      cancelled: cancelled === undefined ? undefined : momentOf(cancelled.at),
    };
  });
  const nextAddress =
    page.next === undefined
      ? undefined
      : `${refusalsPath(tenant.tenantId)}/deals?${cellQuery(cell, { from, to, planId })}&after=${encodeURIComponent(page.next)}`;
  return { tenant, words, outcome: cell.outcome, rows, nextAddress };
}
