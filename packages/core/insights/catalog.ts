import { insightCatalog } from "./insight-catalog.ts";
import { churnRisk } from "./kinds/churn-risk/index.ts";
import { lostItems } from "./kinds/lost-items/index.ts";
import { overduePayments } from "./kinds/overdue-payments/index.ts";

/** Every insight kind of the product. A new kind is a folder and a line here. */
export const builtInInsights = insightCatalog([overduePayments, churnRisk, lostItems]);
