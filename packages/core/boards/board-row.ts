import type { Currency, Instant, Minor, UserId } from "../platform/values.ts";
import type { Deal } from "../deals/deal.ts";
import type { DealId, ContactId, ReasonId, StatusId } from "../platform/ids.ts";
import type { Contact } from "../contacts/contact.ts";
import { type Stages, statusNow } from "../sales-plans/status.ts";

/** What filters, sorting and searches of a plan look at: one deal and its person, in a hundred bytes or so. */
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
  /** Title, name and e-mail address as they are searched, a line each. */
  readonly text: string;
  /** E.164. */
  readonly phone?: string | undefined;
}

/** A deal as a row; nothing for one that is no longer in its plan. */
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
    text: [title, person?.name ?? "", person?.email ?? ""].map(folded).join("\n"),
    phone: person?.phone,
  };
}

/** Rows in the statuses of now: deals of a deleted one are where it went. */
export function rowsNow(stages: Stages, rows: readonly BoardRow[]): readonly BoardRow[] {
  if (stages.tombstones.length === 0) return rows;
  const now = new Map(stages.tombstones.map(({ statusId }) => [statusId, statusNow(stages, statusId)?.statusId]));
  return rows.map((row) => {
    const statusId = now.get(row.statusId);
    return statusId === undefined ? row : { ...row, statusId };
  });
}

const SEPARATORS = /[\s().+/-]/g;

/** A text as it is searched: NFKC, without case, blanks collapsed. */
const folded = (text: string): string => text.normalize("NFKC").toUpperCase().toLowerCase().replaceAll(/\s+/g, " ");

/**
 * Whether a row is found by a search: any part of the deal's title, the name or the address, or any part of the phone
 * number however it is written, with its national zero or without (seed 001, "by transactions, by name, email, phone").
 */
export function searcherOf(search: string): (row: BoardRow) => boolean {
  const wanted = folded(search.trim());
  const digits = search.replaceAll(SEPARATORS, "");
  const isNumber = /^\d{2,}$/.test(digits);
  const withoutZero = digits.replace(/^0+/, "");
  const dealId = search.trim();
  // A folded text has no line breaks but those between its parts: nothing is found across them.
  return (row) =>
    row.text.includes(wanted) ||
    (isNumber &&
      row.phone !== undefined &&
      (row.phone.includes(digits) || (withoutZero.length > 1 && row.phone.includes(withoutZero)))) ||
    row.dealId === dealId;
}
