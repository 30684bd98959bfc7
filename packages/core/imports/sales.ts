import { parseMoment } from "../platform/period.ts";
import { ok } from "../platform/result.ts";
import type { Sale } from "../customers/sale.ts";
import type { Tenant } from "../tenants/tenant.ts";
import { assembleAmount } from "./amount.ts";
import { type Validated, badDate } from "./checked.ts";
import type { SaleRow } from "./rows.ts";

/** One sale from its row; without a status it is open. */
export function assembleSale(row: SaleRow, tenant: Pick<Tenant, "timeZone" | "currency">): Validated<Sale> {
  const dated = parseMoment(row.saleDate, tenant.timeZone);
  if (dated === undefined) return badDate("saleDate", row.saleDate);
  const amount = assembleAmount(row, tenant);
  if (!amount.ok) return amount;
  const { saleId, customerId, projectId, status = "open" } = row;
  return ok({
    saleId,
    customerId,
    ...(projectId === undefined ? {} : { projectId }),
    status,
    saleOn: dated.on,
    ...amount.value,
  });
}
