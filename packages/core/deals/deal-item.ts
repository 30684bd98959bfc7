import type { RawRecord } from "../imports/file-format.ts";
import { type ItemError, type ReadItem, failedItem } from "../platform/field-error.ts";
import { itemErrors } from "../platform/schema-errors.ts";
import { dealItemSchema } from "./deal-fields.ts";
import { type FileDeal, type DealFileContext, dealOfRow } from "./deal-file.ts";

const fieldOf: Readonly<Record<string, string>> = {
  "unknown-status": "status",
  "unknown-user": "managerId",
  "reason-required": "reasonId",
  "reason-not-offered": "reasonId",
  "reason-not-allowed": "reasonId",
  "clarification-required": "clarification",
  "clarification-too-long": "clarification",
};

/** An item as a deal, or all its errors. */
export function dealOfItem(item: unknown, context: DealFileContext): ReadItem<FileDeal> {
  const parsed = dealItemSchema.safeParse(item);
  if (!parsed.success) return failedItem(itemErrors(parsed.error.issues, item));
  const { amount, currency, ...texts } = parsed.data;
  const isMinor = typeof amount === "object" && amount !== null;
  if (isMinor && currency !== undefined && currency !== null && currency !== amount.currency)
    return failedItem([{ path: "currency", code: "bad-value", message: `is not ${amount.currency}, the amount's` }]);
  const record: RawRecord = Object.fromEntries(
    Object.entries({ ...texts, currency: isMinor ? amount.currency : currency })
      .filter((entry): entry is [string, string] => typeof entry[1] === "string")
      .concat(typeof amount === "string" ? [["amount", amount]] : []),
  );
  const deal = dealOfRow(record, context, isMinor ? amount : undefined);
  return deal.ok ? deal : failedItem([errorOf(deal)]);
}

function errorOf({ reason, message }: { readonly reason: string; readonly message: string }): ItemError {
  if (reason !== "unusable-row")
    return { path: fieldOf[reason] ?? (reason.startsWith("amount-") ? "amount" : ""), code: reason, message };
  const [field = ""] = message.split(" ", 1);
  const path = field in dealItemSchema.shape ? field : "";
  return { path, code: "bad-value", message: path === "" ? message : message.slice(path.length + 1) };
}
