import { insightCatalog } from "./insight-catalog.ts";
import { churnRisk } from "./kinds/churn-risk/index.ts";
import { customerStatus } from "./kinds/customer-status/index.ts";
import { droppedItems } from "./kinds/dropped-items/index.ts";
import { fallingValue } from "./kinds/falling-value/index.ts";
import { linkedProducts } from "./kinds/linked-products/index.ts";
import { lostItems } from "./kinds/lost-items/index.ts";
import { overduePayments } from "./kinds/overdue-payments/index.ts";
import { weakRelationship } from "./kinds/weak-relationship/index.ts";

/** Every insight kind of the product: a new one is a folder and a line here. */
export const builtInInsights = insightCatalog([
  overduePayments,
  churnRisk,
  lostItems,
  fallingValue,
  droppedItems,
  linkedProducts,
  weakRelationship,
  customerStatus,
]);
