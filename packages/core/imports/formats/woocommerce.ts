import type { FileFormat, Mapped, RawRecord } from "../file-format.ts";
import { cellOf } from "./cells.ts";

const NUMBER = ["Order Number", "Order ID", "Order #"] as const;
const DATE = ["Order Date", "Date"] as const;
const EMAIL = ["Email (Billing)", "Billing Email"] as const;
const COMPANY = ["Company (Billing)", "Billing Company"] as const;
const SKU = ["SKU", "Item SKU", "Product SKU"] as const;
const NAME = ["Item Name", "Product Name"] as const;
const QUANTITY = ["Quantity (- Refund)", "Quantity", "Item Quantity"] as const;
const PRICE = ["Item Cost", "Item Price", "Product Price"] as const;
const CURRENCY = ["Order Currency", "Currency"] as const;
const STATUS = ["Order Status", "Status"] as const;

/** WooCommerce's orders, a row for each item, as its export plugins write them. */
export const woocommerceOrders: FileFormat = {
  id: "woocommerce-orders",
  kind: "orders",
  required: [NUMBER.join("|"), DATE.join("|"), QUANTITY.join("|"), [...SKU, ...NAME].join("|")],
  columns: [...NUMBER, ...DATE, ...EMAIL, ...COMPANY, ...SKU, ...NAME, ...QUANTITY, ...PRICE, ...CURRENCY, ...STATUS],
  numbers: [...QUANTITY, ...PRICE],
  dates: DATE,
  fillDown: { key: "Order Number", columns: [...DATE, ...EMAIL, ...COMPANY, ...CURRENCY, ...STATUS] },
  map,
};

const CANCELLED: readonly string[] = ["cancelled", "refunded", "failed", "trash"];
const DRAFT: readonly string[] = ["pendingpayment", "pending", "checkoutdraft", "draft"];

function map(record: RawRecord): Mapped {
  const customerId = cellOf(record, ...COMPANY) || cellOf(record, ...EMAIL).toLowerCase();
  if (customerId === "") return { skip: "noCustomer" };
  const name = cellOf(record, ...NAME);
  const itemId = cellOf(record, ...SKU) || name;
  return {
    ...(name === "" ? {} : { item: { itemId, name } }),
    record: {
      orderId: cellOf(record, ...NUMBER),
      customerId,
      orderedAt: cellOf(record, ...DATE),
      type: "sale",
      status: statusOf(cellOf(record, ...STATUS)),
      itemId,
      quantity: cellOf(record, ...QUANTITY),
      unitPrice: cellOf(record, ...PRICE),
      kind: "goods",
      currency: cellOf(record, ...CURRENCY),
    },
  };
}

/** "wc-on-hold", "On hold" and "on-hold" are one status. */
function statusOf(text: string): string {
  const status = text
    .toLowerCase()
    .replace(/^wc-/, "")
    .replaceAll(/[\s_-]/g, "");
  return CANCELLED.includes(status) ? "cancelled" : DRAFT.includes(status) ? "draft" : "confirmed";
}
