import type { Currency, Instant, Minor, UserId } from "../values.ts";
import type { Deal } from "./deal.ts";
import type { DealId, LeadPersonId, ReasonId, StatusId } from "./ids.ts";
import type { LeadPerson } from "./lead-person.ts";

/** What filters, sorting and searches of a plan look at: one deal and its person, in a hundred bytes or so. */
export interface BoardRow {
  readonly dealId: DealId;
  readonly personId: LeadPersonId;
  readonly title: string;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  readonly statusId: StatusId;
  readonly managerId?: UserId | undefined;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  readonly closedAt?: Instant | undefined;
  readonly reasonId?: ReasonId | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  /** E.164. */
  readonly phone?: string | undefined;
}

/** A deal as a row; nothing for one that is no longer in its plan. */
export function boardRow(deal: Deal, person: LeadPerson | undefined): BoardRow | undefined {
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
    name: person?.name,
    email: person?.email,
    phone: person?.phone,
  };
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
  return ({ title, name, email, phone, dealId }) =>
    folded(title).includes(wanted) ||
    (name !== undefined && folded(name).includes(wanted)) ||
    (email !== undefined && folded(email).includes(wanted)) ||
    (isNumber &&
      phone !== undefined &&
      (phone.includes(digits) || (withoutZero.length > 1 && phone.includes(withoutZero)))) ||
    dealId === search.trim();
}
