import type { Project } from "../customers/project.ts";
import { ok } from "../platform/result.ts";
import type { Tenant } from "../tenants/tenant.ts";
import { assembleAmount } from "./amount.ts";
import { type Validated, refuseColumn } from "./checked.ts";
import type { ProjectRow } from "./rows.ts";

/** One project from its row; its amounts are in its currency, else in the tenant's. */
export function assembleProject(row: ProjectRow, tenant: Pick<Tenant, "currency">): Validated<Project> {
  const { revenue: _revenue, cost: _cost, currency: _currency, ...project } = row;
  const revenue = amountOf(row, "revenue", tenant);
  if (!revenue.ok) return revenue;
  const cost = amountOf(row, "cost", tenant);
  if (!cost.ok) return cost;
  return ok({ ...project, ...revenue.value, ...cost.value });
}

function amountOf(
  row: ProjectRow,
  column: "revenue" | "cost",
  tenant: Pick<Tenant, "currency">,
): Validated<Pick<Project, "revenue" | "cost">> {
  const given = assembleAmount({ amount: row[column], currency: row.currency }, tenant);
  if (!given.ok) return refuseColumn(column, given.reason, given.message.replace(/^amount/, column));
  if (!("amountMinor" in given.value)) return ok({});
  return ok({ [column]: { minor: given.value.amountMinor, currency: given.value.currency } });
}
