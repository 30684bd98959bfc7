import { toDayNumber } from "@regulars/core/platform/values";
import type { SaleView } from "@regulars/core/snapshots/sale-view";
import type { Projection } from "../projection.ts";
import { encodeSales } from "./sales-chunk.ts";

/** Sales in every status, also of days to come. A customer id that only occurs in sales is no customer. */
export const sales: Projection = {
  name: "sales",
  letters: { marker: "V", chunk: "W" },
  event: "sale-changed",
  makesCustomer: false,
  yearsOf: (sources, customerId) => sources.sales.yearsOf(customerId),
  pack: async (sources, customerId, year) => {
    const views: SaleView[] = [];
    for await (const { saleOn, status, amountMinor, currency, projectId } of sources.sales.ofYear(customerId, year))
      views.push({ day: toDayNumber(saleOn), status, amountMinor, currency, projectId });
    return { bytes: encodeSales(views, sources.base) };
  },
};
