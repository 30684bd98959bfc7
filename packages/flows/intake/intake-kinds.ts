import { ingestSchemas } from "@regulars/core/intake/ingest-schemas";
import { assembleInvoice } from "@regulars/core/intake/receivables";
import {
  type CustomerRow,
  type ImportKind,
  type ItemRow,
  type PersonRow,
  type UserRow,
  customerRowSchema,
  invoiceRowSchema,
  itemRowSchema,
  personRowSchema,
  userRowSchema,
} from "@regulars/core/intake/rows";
import type { User } from "@regulars/core/people";
import { type Result, ok } from "@regulars/core/result";
import type { IntakeKind } from "./intake-kind.ts";
import { orderKind } from "./order-kind.ts";
import { paymentKind } from "./payment-kind.ts";
import { recordKind } from "./record-kind.ts";

const userOf = (row: UserRow): Result<User> => ok({ ...row, name: row.name ?? row.userId, role: row.role ?? "rep" });

/** Every kind of input that can be imported, by file or by batch. */
export const intakeKinds: Readonly<Record<ImportKind, IntakeKind>> = {
  users: recordKind({
    keyColumns: ["userId"],
    row: userRowSchema,
    item: ingestSchemas.users,
    assemble: userOf,
    save: (docs, store, absent, note) => store.saveUsers(docs, absent, note),
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
    save: (docs, store, _absent, note) => store.saveInvoices(docs, note),
    isWhole: true,
  }),
  payments: paymentKind,
};
