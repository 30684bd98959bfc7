import type { Customer } from "../customers/customer.ts";
import type { Person } from "../customers/person.ts";
import { deliverableEmail } from "../platform/contact-point.ts";
import type { StatusCard } from "./status-template.ts";

/** Why a member gets no mail of a group mailing. */
export const mailRefusals = [
  "gone",
  "no-address",
  "unusable-address",
  "opted-out",
  "suppressed",
  "same-address",
] as const;
type MailRefusal = (typeof mailRefusals)[number];

/** Why a member gets no mail, with what else is known: of `same-address` the other member's id. */
export interface LeftOutReason {
  readonly reason: MailRefusal;
  readonly detail?: string | undefined;
}

/** Both in one text, as results keep it. */
export const leftOutText = ({ reason, detail }: LeftOutReason): string =>
  detail === undefined ? reason : `${reason}: ${detail}`;

/** What such a text says; `undefined` of another one. */
export function leftOutOf(text: string): LeftOutReason | undefined {
  const reason = mailRefusals.find((one) => text === one || text.startsWith(`${one}: `));
  return reason && { reason, detail: text === reason ? undefined : text.slice(reason.length + 2) };
}

/** To whom a member's mail goes. */
interface MailTarget {
  readonly name: string;
  readonly address: string;
}

/**
 * The address of a member (docs/reference/monitors.md 5): a person's own; a company's, else that of its first person who
 * has one, by id; a project's is that of its company.
 */
export function mailTarget(card: StatusCard, persons: readonly Person[]): MailTarget | MailRefusal {
  const { customer, person } = card;
  if (person !== undefined) return targetAt(person.email, person.name ?? nameOf(customer));
  if (customer.email !== undefined) return targetAt(customer.email, nameOf(customer));
  const first = persons
    .filter(({ email }) => email !== undefined)
    .toSorted((a, b) => (a.personId < b.personId ? -1 : 1))[0];
  return targetAt(first?.email, first?.name ?? nameOf(customer));
}

/** A given address as a target, or why it is none. */
export function targetAt(given: string | undefined, name: string): MailTarget | MailRefusal {
  if (given === undefined) return "no-address";
  const address = deliverableEmail(given);
  return address === undefined ? "unusable-address" : { name, address };
}

const nameOf = ({ name, customerId }: Customer): string => name ?? customerId;
