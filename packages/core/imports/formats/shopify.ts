import type { FileFormat, Mapped, RawRecord } from "../file-format.ts";
import { cellOf } from "./cells.ts";

/** Shopify's "orders_export.csv": a row for each line of an order; only the first one has the order's own columns. */
export const shopifyOrders: FileFormat = {
  id: "shopify-orders",
  kind: "orders",
  required: ["Name", "Lineitem quantity", "Lineitem name", "Created at"],
  columns: [
    "Name",
    "Email",
    "Phone",
    "Billing Name",
    "Financial Status",
    "Cancelled at",
    "Currency",
    "Created at",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem price",
    "Lineitem sku",
  ],
  numbers: ["Lineitem quantity", "Lineitem price"],
  dates: ["Created at", "Cancelled at"],
  fillDown: {
    key: "Name",
    columns: ["Email", "Phone", "Billing Name", "Financial Status", "Cancelled at", "Currency", "Created at"],
  },
  map,
};

/** Orders that were given back or never paid are no purchases. */
const NOT_BOUGHT: readonly string[] = ["voided", "refunded", "expired"];

function map(record: RawRecord): Mapped {
  const customerId = cellOf(record, "Email", "Phone", "Billing Name").toLowerCase();
  if (customerId === "") return { skip: "noCustomer" };
  const name = cellOf(record, "Lineitem name");
  const itemId = cellOf(record, "Lineitem sku") || name;
  const isCancelled =
    cellOf(record, "Cancelled at") !== "" || NOT_BOUGHT.includes(cellOf(record, "Financial Status").toLowerCase());
  return {
    ...(name === "" ? {} : { item: { itemId, name } }),
    record: {
      orderId: cellOf(record, "Name"),
      customerId,
      orderedAt: cellOf(record, "Created at"),
      type: "sale",
      status: isCancelled ? "cancelled" : "confirmed",
      itemId,
      quantity: cellOf(record, "Lineitem quantity"),
      unitPrice: cellOf(record, "Lineitem price"),
      kind: "goods",
      currency: cellOf(record, "Currency"),
    },
  };
}
