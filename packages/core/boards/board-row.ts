import { emailIdentity, plainPhone } from "../platform/contact-point.ts";
import type { Currency, Instant, Minor, UserId } from "../platform/values.ts";
import type { Deal } from "../deals/deal.ts";
import type { DealId, ContactId, ReasonId, StatusId } from "../platform/ids.ts";
import type { Contact } from "../contacts/contact.ts";
import { type Stages, statusNow } from "../sales-plans/status.ts";

/** What filters, sorting and searches of a plan need: one deal and its contact, in about a hundred bytes. */
export interface BoardRow {
  readonly dealId: DealId;
  readonly personId: ContactId;
  readonly title: string;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  readonly statusId: StatusId;
  readonly managerId?: UserId | undefined;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  readonly closedAt?: Instant | undefined;
  readonly reasonId?: ReasonId | undefined;
  /** Title, name and e-mail address in the form used for searches, one per line. */
  readonly text: string;
  /** E.164. */
  readonly phone?: string | undefined;
}

/** A deal as a row; `undefined` when it has been removed from its plan. */
export function boardRow(deal: Deal, person: Contact | undefined): BoardRow | undefined {
  if (deal.removedAt !== undefined) return undefined;
  const { dealId, personId, title, amountMinor, currency, statusId, managerId, createdAt, changedAt, closing } = deal;
  return {
    dealId,
    personId,
    title,
    amountMinor,
    currency,
    statusId,
    managerId,
    createdAt,
    changedAt,
    closedAt: closing?.at,
    reasonId: closing?.reasonId,
    text: [...new Set([title, person?.name ?? "", ...addressesOf(person)].map(folded))].join("\n"),
    phone: person?.phone,
  };
}

/** A contact's address as it is shown, and as it is compared: a search finds it by either. */
const addressesOf = (person: Contact | undefined): readonly string[] =>
  person?.email === undefined ? [""] : [person.email, emailIdentity(person.email) ?? ""];

/** Rows with current statuses: deals of a deleted status are in the one that replaced it. */
export function rowsNow(stages: Stages, rows: readonly BoardRow[]): readonly BoardRow[] {
  if (stages.tombstones.length === 0) return rows;
  const now = new Map(stages.tombstones.map(({ statusId }) => [statusId, statusNow(stages, statusId)?.statusId]));
  return rows.map((row) => {
    const statusId = now.get(row.statusId);
    return statusId === undefined ? row : { ...row, statusId };
  });
}

const SEPARATORS = /[\s().+/-]/g;

/** A text in the form used for searches: NFKC, case-folded, whitespace collapsed. */
const folded = (text: string): string => text.normalize("NFKC").toUpperCase().toLowerCase().replaceAll(/\s+/g, " ");

/**
 * A predicate for a search: a substring of the deal's title, the contact's name or address, or of the phone number in
 * any notation, with or without its national zero.
 */
export function searcherOf(search: string): (row: BoardRow) => boolean {
  const wanted = folded(search.trim());
  const digits = plainPhone(search).replaceAll(SEPARATORS, "");
  const isNumber = /^\d{2,}$/.test(digits);
  const withoutZero = digits.replace(/^0+/, "");
  const dealId = search.trim();
  const address = emailIdentity(search);
  // The search text has no line breaks, so no match spans two parts.
  return (row) =>
    row.text.includes(wanted) ||
    (address !== undefined && row.text.includes(address)) ||
    (isNumber &&
      row.phone !== undefined &&
      (row.phone.includes(digits) || (withoutZero.length > 1 && row.phone.includes(withoutZero)))) ||
    row.dealId === dealId;
}
