import { ok } from "../platform/result.ts";
import type { Sale } from "../customers/sale.ts";
import { assembleAmount } from "./amount.ts";
import type { Validated } from "./checked.ts";
import { type Zone, momentIn } from "./intake.ts";
import type { SaleRow } from "./rows.ts";

/** One sale from its row; without a status it is open. */
export function assembleSale(row: SaleRow, tenant: Zone): Validated<Sale> {
  const dated = momentIn("saleDate", row.saleDate, tenant);
  if (!dated.ok) return dated;
  const amount = assembleAmount(row, tenant);
  if (!amount.ok) return amount;
  const { saleId, customerId, projectId, status = "open" } = row;
  return ok({
    saleId,
    customerId,
    ...(projectId === undefined ? {} : { projectId }),
    status,
    saleOn: dated.value.on,
    ...amount.value,
  });
}
