import { refusedCriteria } from "./refused-criteria.ts";
import { refusedInsights } from "./refused-insights.ts";
import { refusedSales } from "./refused-sales.ts";
import { refusedTenant } from "./refused-tenant.ts";
import { refusedValues } from "./refused-values.ts";

/** All that is refused, in this language. */
export const refused = {
  ...refusedCriteria,
  ...refusedInsights,
  ...refusedSales,
  ...refusedTenant,
  ...refusedValues,
};
