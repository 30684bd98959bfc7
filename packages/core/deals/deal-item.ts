import * as z from "zod";
import type { RawRecord } from "../imports/file-format.ts";
import {
  MOMENT,
  about,
  amountField,
  currencyField,
  momentField,
  textField,
  userIdInput,
} from "../imports/ingest-fields.ts";
import { type ItemError, type ReadItem, failedItem } from "../platform/field-error.ts";
import { schemaErrors } from "../platform/schema-errors.ts";
import { type FileDeal, type DealFileContext, dealOfRow } from "./deal-file.ts";
import { dealIdSchema, reasonIdSchema } from "../platform/ids.ts";

/** A deal of another system as an item of a batch: the columns of a file of deals as JSON. */
export const dealItemSchema = z
  .strictObject({
    dealId: dealIdSchema.in.meta(about("Its id in the system it comes from, unique in the tenant", "D-1001")),
    title: textField("What it is about; the person's name when it is absent", "Course A"),
    externalId: textField("The person's id there", "sub881"),
    name: textField("The person's name", "Olena K."),
    email: textField("E-mail; kept in lower case", "olena@example.com"),
    phone: textField("Phone", "+380 67 123 4567"),
    amount: amountField
      .nullish()
      .meta(about("What it is worth; the plan's average bill when it is absent. Never a JSON number", "199.00")),
    currency: currencyField.meta(about("ISO 4217; the plan's own when it is absent", "EUR")),
    status: textField("Id or name of one of the plan's statuses; its first one when it is absent", "New"),
    managerId: userIdInput("Whose it is: a user"),
    reasonId: reasonIdSchema.in.nullish().meta(about("Why it was lost", "rsn_price")),
    clarification: textField("What the reason leaves open", "Too dear for a year"),
    createdAt: momentField.nullish().meta(about(MOMENT, "2026-10-02 09:30")),
    closedAt: momentField.nullish().meta(about("When it was won or lost", "2026-10-20 12:00")),
  })
  .meta(
    about("A deal of another system, with what became of it there", {
      dealId: "D-1001",
      title: "Course A",
      name: "Olena K.",
      email: "olena@example.com",
      amount: "199.00",
      createdAt: "2026-10-02 09:30",
    }),
  );

const fieldOf: Readonly<Record<string, string>> = {
  "unknown-status": "status",
  "unknown-user": "managerId",
  "reason-required": "reasonId",
  "reason-not-offered": "reasonId",
  "reason-not-allowed": "reasonId",
  "clarification-required": "clarification",
  "clarification-too-long": "clarification",
};

/** An item as the deal it tells of, or everything that is wrong with it. */
export function dealOfItem(item: unknown, context: DealFileContext): ReadItem<FileDeal> {
  const parsed = dealItemSchema.safeParse(item);
  if (!parsed.success) return failedItem(schemaErrors(parsed.error.issues, item));
  const { amount, currency, ...texts } = parsed.data;
  const isMinor = typeof amount === "object" && amount !== null;
  if (isMinor && currency !== undefined && currency !== null && currency !== amount.currency)
    return failedItem([{ path: "currency", code: "bad-value", message: `is not ${amount.currency}, the amount's` }]);
  const record: RawRecord = Object.fromEntries(
    Object.entries({ ...texts, currency: isMinor ? amount.currency : currency })
      .filter((entry): entry is [string, string] => typeof entry[1] === "string")
      .concat(typeof amount === "string" ? [["amount", amount]] : []),
  );
  const deal = dealOfRow(record, context, isMinor ? amount.minor : undefined);
  return deal.ok ? deal : failedItem([errorOf(deal)]);
}

function errorOf({ reason, message }: { readonly reason: string; readonly message: string }): ItemError {
  if (reason !== "unusable-row")
    return { path: fieldOf[reason] ?? (reason.startsWith("amount-") ? "amount" : ""), code: reason, message };
  const [field = ""] = message.split(" ", 1);
  const path = field in dealItemSchema.shape ? field : "";
  return { path, code: "bad-value", message: path === "" ? message : message.slice(path.length + 1) };
}
