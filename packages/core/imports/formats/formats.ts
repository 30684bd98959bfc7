import { arIbm } from "./ar-ibm.ts";
import { cdnow } from "./cdnow.ts";
import type { FileFormat } from "../file-format.ts";
import { mavenAccounts, mavenTeams } from "./maven.ts";
import { odooInvoices } from "./odoo.ts";
import { onlineRetail } from "./online-retail.ts";
import { quickbooksInvoices } from "./quickbooks.ts";
import { shopifyOrders } from "./shopify.ts";
import { woocommerceOrders } from "./woocommerce.ts";
import { xeroInvoices } from "./xero.ts";
import { type Fields, dateColumnsOf, numberColumnsOf, requiredColumnsOf } from "../fields/field.ts";
import { type ImportKind, importFields } from "../rows.ts";

/** Our own layout of a kind: a column for each of its fields. */
export function formatOfFields<Kind extends string>(kind: Kind, fields: Fields): FileFormat<Kind> {
  const columns = Object.keys(fields);
  return {
    id: "regulars",
    kind,
    required: requiredColumnsOf(fields),
    columns,
    numbers: numberColumnsOf(fields),
    dates: dateColumnsOf(fields),
    map: (record) => ({ record: Object.fromEntries(columns.map((column) => [column, record[column] ?? ""])) }),
  };
}

/** Our own layout of one kind of the ERP's records. */
export const ownFormat = (kind: ImportKind): FileFormat => formatOfFields(kind, importFields[kind]);

const foreign: readonly FileFormat[] = [
  shopifyOrders,
  woocommerceOrders,
  odooInvoices,
  quickbooksInvoices,
  xeroInvoices,
  onlineRetail,
  arIbm,
  cdnow,
  mavenTeams,
  mavenAccounts,
];

/** The layouts that are available for a kind. */
export const formatIdsOf = (kind: ImportKind): readonly string[] => [
  "regulars",
  ...foreign.filter((format) => format.kind === kind).map((format) => format.id),
];

/** The foreign layouts with their kinds, as help names them. */
export const foreignFormatIds = (): string =>
  [...Map.groupBy(foreign, ({ id }) => id)]
    .map(([id, all]) => `${id} (${all.map(({ kind }) => kind).join(", ")})`)
    .join(", ");

/** A layout by id; `undefined` when the kind has none with this id. */
export const formatOf = (id: string, kind: ImportKind): FileFormat | undefined =>
  id === "regulars" ? ownFormat(kind) : foreign.find((format) => format.id === id && format.kind === kind);
