import { arIbm } from "./ar-ibm.ts";
import { cdnow } from "./cdnow.ts";
import type { FileFormat } from "../file-format.ts";
import { mavenAccounts, mavenTeams } from "./maven.ts";
import { onlineRetail } from "./online-retail.ts";
import { type ImportKind, rowSchemas } from "../rows.ts";

const REQUIRED: Record<ImportKind, readonly string[]> = {
  users: ["userId"],
  customers: ["customerId"],
  persons: ["personId", "customerId"],
  items: ["itemId"],
  orders: ["orderId", "customerId", "orderedAt", "itemId", "quantity"],
  invoices: ["invoiceId", "customerId", "invoiceDate", "total"],
  payments: ["invoiceId", "paidAt", "amount"],
  activities: ["activityId", "type", "occurredAt"],
  sales: ["saleId", "customerId", "saleDate"],
  requests: ["requestId", "customerId", "createdAt"],
  projects: ["projectId", "customerId"],
  links: ["itemId", "linkedItemId"],
  leads: ["externalId"],
};

/** Our own layout of one kind (docs/imports.md). */
export function ownFormat(kind: ImportKind): FileFormat {
  const columns = Object.keys(rowSchemas[kind].shape).filter((column) => column !== "settledAt");
  return {
    id: "regulars",
    kind,
    required: REQUIRED[kind],
    columns,
    map: (record) => ({ record: Object.fromEntries(columns.map((column) => [column, record[column] ?? ""])) }),
  };
}

const foreign: readonly FileFormat[] = [onlineRetail, arIbm, cdnow, mavenTeams, mavenAccounts];

/** The layouts that a kind of file may have. */
export const formatIdsOf = (kind: ImportKind): readonly string[] => [
  "regulars",
  ...foreign.filter((format) => format.kind === kind).map((format) => format.id),
];

/** The layout by its id for a kind; `undefined` when there is none of that name for it. */
export const formatOf = (id: string, kind: ImportKind): FileFormat | undefined =>
  id === "regulars" ? ownFormat(kind) : foreign.find((format) => format.id === id && format.kind === kind);
