import { idOfKey, keyOfId } from "@regulars/core/platform/id-text";
import type { OrderLine } from "@regulars/core/orders/order";
import { type Minor, itemIdSchema, minor } from "@regulars/core/platform/values";

/**
 * An order line as it is stored, its item as in keys: `item|quantity|net|cost|charge`. Amounts are minor units of the base currency, empty
 * when unknown; empty fields at the end are left out. Readable text that costs a third of the write units of a map.
 */
export const lineText = ({ itemId, kind, quantity, netMinor, costMinor }: OrderLine): string =>
  [keyOfId(itemId), quantity, netMinor ?? "", costMinor ?? "", kind === "charge" ? kind : ""]
    .join("|")
    .replace(/\|+$/, "");

/** Parses a stored line; throws if it is not one. */
export function parseLine(text: string): OrderLine {
  const [item, quantity = "", net = "", cost = "", kind = ""] = text.split("|");
  if (quantity === "" || !Number.isFinite(Number(quantity))) throw new Error(`"${text}" is not a stored order line`);
  const netMinor = amount(net);
  const costMinor = amount(cost);
  return {
    itemId: itemIdSchema.parse(idOfKey(item ?? "")),
    kind: kind === "charge" ? "charge" : "goods",
    quantity: Number(quantity),
    ...(netMinor === undefined ? {} : { netMinor }),
    ...(costMinor === undefined ? {} : { costMinor }),
  };
}

const amount = (text: string): Minor | undefined => (text === "" ? undefined : minor(Number(text)));
