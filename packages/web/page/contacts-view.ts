import { html } from "hono/html";
import type { Customer } from "@regulars/core/customers/customer";
import type { Person } from "@regulars/core/customers/person";
import { telLink } from "@regulars/render/links";
import type { Html } from "./layout.ts";

interface Contacts {
  readonly customer: Customer;
  readonly persons: readonly Person[];
}

/** Somebody to call or write to. */
export interface Contact {
  readonly name: string;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
}

/** Contacts: the persons at the customer, then the company itself. */
export function contactsView({ customer, persons }: Contacts): Html {
  const people = persons.map(({ name, personId, phone, email }) => ({ name: name ?? personId, phone, email }));
  const company = { name: customer.name ?? customer.customerId, phone: customer.phone, email: customer.email };
  const reachable = [...people, company].filter(({ phone, email }) => phone !== undefined || email !== undefined);
  return html`<section class="card" aria-labelledby="call">
    <h2 id="call">Whom to call</h2>
    ${
      reachable.length === 0
        ? noContact(customer)
        : html`<ul class="contacts">
            ${reachable.map(contactView)}
          </ul>`
    }
  </section>`;
}

const noContact = ({ customerId }: Customer): Html =>
  html`<p class="soft">
    No phone number or e-mail address is known. To add them, import customers and persons files with
    <code>customerId</code> <code>${customerId}</code>.
  </p>`;

const contactView = ({ name, phone, email }: Contact): Html =>
  html`<li>
    <strong><bdi>${name}</bdi></strong>
    ${phone === undefined ? "" : phoneView(phone, name)}
    ${email === undefined ? "" : html`<a href="${mailLink(email)}"><bdi>${email}</bdi></a>`}
  </li>`;

/** A phone number, as a link if it can be dialled. */
export function phoneView(phone: string, name: string): Html {
  const link = telLink(phone);
  if (link === undefined) return html`<span><bdi>${phone}</bdi></span>`;
  return html`<a class="button" href="${link}"
    ><span class="hidden">Call <bdi>${name}</bdi>: </span>☎ <bdi>${phone}</bdi></a
  >`;
}

/** A `mailto:` link (RFC 6068), with a body if a text is given. */
export function mailLink(address: string, body?: string): string {
  const to = encodeURIComponent(address).replaceAll("%40", "@");
  return body === undefined
    ? `mailto:${to}`
    : `mailto:${to}?body=${encodeURIComponent(body.replace(/\r?\n/g, "\r\n"))}`;
}
