import type * as z from "zod";
import { activityItemSchema, linkItemSchema, requestItemSchema, saleItemSchema } from "./fields/activities.ts";
import { invoiceItemSchema, paymentItemSchema } from "./fields/documents.ts";
import { orderItemSchema } from "./fields/order-item-schema.ts";
import {
  customerItemSchema,
  itemItemSchema,
  leadItemSchema,
  personItemSchema,
  projectItemSchema,
  userItemSchema,
} from "./fields/records.ts";
import type { ImportKind } from "./rows.ts";

/** The most items of one batch. */
export const MAX_BATCH_ITEMS = 100;

/** Schemas of a batch's items, by kind: the columns of docs/imports.md as JSON. */
export const ingestSchemas = {
  users: userItemSchema,
  customers: customerItemSchema,
  persons: personItemSchema,
  items: itemItemSchema,
  orders: orderItemSchema,
  invoices: invoiceItemSchema,
  payments: paymentItemSchema,
  activities: activityItemSchema,
  sales: saleItemSchema,
  requests: requestItemSchema,
  projects: projectItemSchema,
  links: linkItemSchema,
  leads: leadItemSchema,
} as const satisfies Record<ImportKind, z.ZodType>;

export type IngestKind = keyof typeof ingestSchemas;
export const ingestKinds = Object.keys(ingestSchemas) as readonly IngestKind[];
