import type { Deal } from "@regulars/core/deals/deal";
import { mayChange } from "@regulars/core/deals/edit-rights";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { Result } from "@regulars/core/platform/result";
import type { Context } from "hono";
import { decided } from "../access/decide.ts";
import type { ApiEnv } from "../http/environment.ts";

/** Whether the caller may change a deal in this way; asked of the deal as it is when it is changed. */
export const allowing =
  (c: Context<ApiEnv>, action: Parameters<typeof mayChange>[1]) =>
  (deal: Deal, plan: SalesPlan): Result<undefined> =>
    decided(c, action, deal.dealId, mayChange(c.var.actor, action, deal, plan));
