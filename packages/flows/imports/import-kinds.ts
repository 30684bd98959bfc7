import { assembleActivity } from "@regulars/core/imports/activities";
import { ingestSchemas } from "@regulars/core/imports/ingest-schemas";
import { assembleLead, loggedOfLead } from "@regulars/core/imports/contacts";
import { assembleLink } from "@regulars/core/imports/links";
import { assembleProject } from "@regulars/core/imports/projects";
import { assembleInvoice } from "@regulars/core/imports/receivables";
import {
  type CustomerRow,
  type ImportKind,
  type ItemRow,
  type PersonRow,
  type UserRow,
  activityRowSchema,
  customerRowSchema,
  invoiceRowSchema,
  itemRowSchema,
  leadRowSchema,
  linkRowSchema,
  personRowSchema,
  projectRowSchema,
  requestRowSchema,
  saleRowSchema,
  userRowSchema,
} from "@regulars/core/imports/rows";
import { assembleRequest } from "@regulars/core/imports/requests";
import { assembleSale } from "@regulars/core/imports/sales";
import type { User } from "@regulars/core/access/user";
import { type Result, ok } from "@regulars/core/platform/result";
import type { ImportPipeline } from "./import-kind.ts";
import { orderKind } from "./order-kind.ts";
import { paymentKind } from "./payment-kind.ts";
import { recordKind } from "./record-kind.ts";

const userOf = (row: UserRow): Result<User> => ok({ ...row, name: row.name ?? row.userId, role: row.role ?? "rep" });

/** Every kind of input that can be imported, by file or by batch. */
export const importPipelines: Readonly<Record<ImportKind, ImportPipeline>> = {
  users: recordKind({
    keyColumns: ["userId"],
    row: userRowSchema,
    item: ingestSchemas.users,
    assemble: userOf,
    // Files do not say who has left: that is set over HTTP and kept.
    save: (docs, store, absent, note) => store.saveUsers(docs, [...absent, "isActive"], note),
  }),
  customers: recordKind({
    keyColumns: ["customerId"],
    row: customerRowSchema,
    item: ingestSchemas.customers,
    assemble: ok<CustomerRow>,
    save: (docs, store, absent, note) => store.saveCustomers(docs, absent, note),
  }),
  persons: recordKind({
    keyColumns: ["personId"],
    row: personRowSchema,
    item: ingestSchemas.persons,
    assemble: ok<PersonRow>,
    save: (docs, store, absent, note) => store.savePersons(docs, absent, note),
  }),
  items: recordKind({
    keyColumns: ["itemId"],
    row: itemRowSchema,
    item: ingestSchemas.items,
    assemble: ok<ItemRow>,
    save: (docs, store, absent, note) => store.saveItems(docs, absent, note),
  }),
  orders: orderKind,
  invoices: recordKind({
    keyColumns: ["invoiceId"],
    row: invoiceRowSchema,
    item: ingestSchemas.invoices,
    assemble: assembleInvoice,
    save: async (docs, store, _absent, note) => {
      const { refused, ...counts } = await store.saveInvoices(docs, note);
      return refused === undefined ? counts : { ...counts, notApplied: refused };
    },
    isWhole: true,
  }),
  payments: paymentKind,
  activities: recordKind({
    keyColumns: ["activityId"],
    row: activityRowSchema,
    item: ingestSchemas.activities,
    assemble: assembleActivity,
    save: (docs, store, _absent, note) => store.saveActivities(docs, note),
    isWhole: true,
  }),
  sales: recordKind({
    keyColumns: ["saleId"],
    row: saleRowSchema,
    item: ingestSchemas.sales,
    assemble: assembleSale,
    save: (docs, store, _absent, note) => store.saveSales(docs, note),
    isWhole: true,
  }),
  requests: recordKind({
    keyColumns: ["requestId"],
    row: requestRowSchema,
    item: ingestSchemas.requests,
    assemble: assembleRequest,
    save: (docs, store, _absent, note) => store.saveRequests(docs, note),
    isWhole: true,
  }),
  projects: recordKind({
    keyColumns: ["projectId"],
    row: projectRowSchema,
    item: ingestSchemas.projects,
    assemble: assembleProject,
    save: (docs, store, absent, note) => store.saveProjects(docs, absent, note),
  }),
  links: recordKind({
    keyColumns: ["itemId", "linkedItemId"],
    row: linkRowSchema,
    item: ingestSchemas.links,
    assemble: assembleLink,
    save: (docs, store, _absent, note) => store.saveLinks(docs, note),
    isWhole: true,
  }),
  leads: recordKind({
    keyColumns: ["externalId"],
    row: leadRowSchema,
    item: ingestSchemas.leads,
    assemble: assembleLead,
    save: (docs, store, absent, note) => store.saveLeads(docs, loggedOfLead(absent), note),
  }),
};
