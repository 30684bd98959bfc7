import type { SalesFigures } from "../sales-figures/figures.ts";
import { type PerformanceWindow } from "../sales-figures/lowest.ts";
import { lowestReport, weeklySales } from "../sales-figures/report.ts";
import type { Tenant } from "../tenants/tenant.ts";
import type { CustomerId, Day } from "../platform/values.ts";
import type { DigestSales } from "./message.ts";

/** The default of the For You page (docs/reference/insights.md 2.6). */
const WINDOW: PerformanceWindow = 30;

/** Customers for whom the sales part of the digest needs names. */
export const lowestCustomers = ({ lowest }: SalesFigures): readonly CustomerId[] =>
  lowest[WINDOW].units.map(({ customerId }) => customerId);

/**
 * The weekly rollup and the lowest performers, which are the last parts of a digest (docs/reference/messages.md 1),
 * from the figures of the rep's own scope; `undefined` when there are neither sales to compare nor customers with an
 * order.
 */
export function composeSales(
  figures: SalesFigures,
  names: ReadonlyMap<CustomerId, string>,
  asOf: Day,
  tenant: Pick<Tenant, "currency" | "priceEditing">,
): DigestSales | undefined {
  const { from, to, salesMinor, previousMinor, currency, changePct, grossProfit } = weeklySales(figures, asOf, tenant);
  const { windowDays, customers, lowest } = lowestReport(figures, "units", WINDOW, tenant);
  if (salesMinor === 0 && previousMinor === 0 && customers === 0) return undefined;
  return {
    from,
    to,
    salesMinor,
    previousMinor,
    currency,
    changePct,
    ...(grossProfit === undefined
      ? {}
      : { grossProfit: { gpPct: grossProfit.gpPct, changePoints: grossProfit.changePoints } }),
    lowest: {
      windowDays,
      customers,
      rows: lowest.map(({ customerId, ...row }) => ({ customerName: names.get(customerId) ?? customerId, ...row })),
    },
  };
}
