import type * as z from "zod";
import { activityFields, linkFields, requestFields, saleFields } from "./fields/activities.ts";
import { moment } from "./fields/codecs.ts";
import { invoiceFields, orderFields, paymentFields } from "./fields/documents.ts";
import { type Fields, optional, rowSchemaOf } from "./fields/field.ts";
import { customerFields, itemFields, leadFields, personFields, projectFields, userFields } from "./fields/records.ts";

/** The fields of every import kind: columns of its file, and properties of its JSON items. */
export const importFields = {
  users: userFields,
  customers: customerFields,
  persons: personFields,
  items: itemFields,
  orders: orderFields,
  invoices: invoiceFields,
  payments: paymentFields,
  activities: activityFields,
  sales: saleFields,
  requests: requestFields,
  projects: projectFields,
  links: linkFields,
  leads: leadFields,
} as const satisfies Readonly<Record<string, Fields>>;

export type ImportKind = keyof typeof importFields;
export const importKinds = Object.keys(importFields) as readonly ImportKind[];

export const userRowSchema = rowSchemaOf(userFields);
export const customerRowSchema = rowSchemaOf(customerFields);
export const personRowSchema = rowSchemaOf(personFields);
export const itemRowSchema = rowSchemaOf(itemFields);
export const orderLineRowSchema = rowSchemaOf(orderFields);
/** `settledAt` is set by formats whose rows say when an invoice was paid in full; it is no column of our own files. */
export const invoiceRowSchema = rowSchemaOf({ ...invoiceFields, settledAt: optional(moment, "When it was paid", "") });
export const paymentRowSchema = rowSchemaOf(paymentFields);
export const activityRowSchema = rowSchemaOf(activityFields);
export const saleRowSchema = rowSchemaOf(saleFields);
export const requestRowSchema = rowSchemaOf(requestFields);
export const projectRowSchema = rowSchemaOf(projectFields);
export const linkRowSchema = rowSchemaOf(linkFields);
export const leadRowSchema = rowSchemaOf(leadFields);

export const rowSchemas = {
  users: userRowSchema,
  customers: customerRowSchema,
  persons: personRowSchema,
  items: itemRowSchema,
  orders: orderLineRowSchema,
  invoices: invoiceRowSchema,
  payments: paymentRowSchema,
  activities: activityRowSchema,
  sales: saleRowSchema,
  requests: requestRowSchema,
  projects: projectRowSchema,
  links: linkRowSchema,
  leads: leadRowSchema,
} as const satisfies Readonly<Record<ImportKind, z.ZodType>>;

export type UserRow = z.output<typeof userRowSchema>;
export type CustomerRow = z.output<typeof customerRowSchema>;
export type PersonRow = z.output<typeof personRowSchema>;
export type ItemRow = z.output<typeof itemRowSchema>;
export type OrderLineRow = z.output<typeof orderLineRowSchema>;
export type InvoiceRow = z.output<typeof invoiceRowSchema>;
export type PaymentRow = z.output<typeof paymentRowSchema>;
export type ActivityRow = z.output<typeof activityRowSchema>;
export type SaleRow = z.output<typeof saleRowSchema>;
export type RequestRow = z.output<typeof requestRowSchema>;
export type ProjectRow = z.output<typeof projectRowSchema>;
export type LinkRow = z.output<typeof linkRowSchema>;
export type LeadRow = z.output<typeof leadRowSchema>;
