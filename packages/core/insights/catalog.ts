import { insightCatalog } from "./insight-catalog.ts";
import { churnRisk } from "./kinds/churn-risk/index.ts";
import { customerStatus } from "./kinds/customer-status/index.ts";
import { droppedItems } from "./kinds/dropped-items/index.ts";
import { fallingValue } from "./kinds/falling-value/index.ts";
import { linkedProducts } from "./kinds/linked-products/index.ts";
import { lostItems } from "./kinds/lost-items/index.ts";
import { overduePayments } from "./kinds/overdue-payments/index.ts";
import { weakRelationship } from "./kinds/weak-relationship/index.ts";

/** A new kind is a folder, a line here, and its texts in each language. */
const kinds = [
  overduePayments,
  churnRisk,
  lostItems,
  fallingValue,
  droppedItems,
  linkedProducts,
  weakRelationship,
  customerStatus,
] as const;

/** The ids of all texts of the product's kinds. */
export type InsightTextId = NonNullable<(typeof kinds)[number]["textId"]>;

/** Every insight kind of the product. */
export const builtInInsights = insightCatalog(kinds);
