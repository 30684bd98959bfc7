import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Customer } from "@regulars/core/customers/customer";
import type { Person } from "@regulars/core/customers/person";
import { telLink } from "@regulars/render/links";
import type { Html } from "./layout.ts";
import { rich } from "./rich.ts";

interface Contacts {
  readonly customer: Customer;
  readonly persons: readonly Person[];
}

/** Somebody to call or write to. */
export interface Reachable {
  readonly name: string;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
}

/** Contacts: the persons at the customer, then the company itself. */
export function contactsView({ customer, persons }: Contacts, words: PageWords): Html {
  const people = persons.map(({ name, personId, phone, email }) => ({ name: name ?? personId, phone, email }));
  const company = { name: customer.name ?? customer.customerId, phone: customer.phone, email: customer.email };
  const reachable = [...people, company].filter(({ phone, email }) => phone !== undefined || email !== undefined);
  return html`<section class="card" aria-labelledby="call">
    <h2 id="call">${words.say("contacts.title")}</h2>
    ${
      reachable.length === 0
        ? noContact(customer, words)
        : html`<ul class="contacts">
            ${reachable.map((one) => contactView(one, words))}
          </ul>`
    }
  </section>`;
}

const noContact = ({ customerId }: Customer, words: PageWords): Html =>
  html`<p class="soft">
    ${rich(words, "contacts.none", { code: html`<code>customerId</code> <code>${customerId}</code>` })}
  </p>`;

const contactView = ({ name, phone, email }: Reachable, words: PageWords): Html =>
  html`<li>
    <strong><bdi>${name}</bdi></strong>
    ${phone === undefined ? "" : phoneView(phone, name, words)}
    ${email === undefined ? "" : html`<a href="${mailLink(email)}"><bdi>${email}</bdi></a>`}
  </li>`;

/** A phone number, as a link if it can be dialled. */
export function phoneView(phone: string, name: string, words: PageWords): Html {
  const link = telLink(phone);
  if (link === undefined) return html`<span><bdi>${phone}</bdi></span>`;
  return html`<a class="button" href="${link}"
    ><span class="hidden">${rich(words, "dayOrders.call", { name: html`<bdi>${name}</bdi>` })} </span>☎
    <bdi>${phone}</bdi></a
  >`;
}

/** A `mailto:` link (RFC 6068), with a body if a text is given. */
export function mailLink(address: string, body?: string): string {
  const to = encodeURIComponent(address).replaceAll("%40", "@");
  return body === undefined
    ? `mailto:${to}`
    : `mailto:${to}?body=${encodeURIComponent(body.replace(/\r?\n/g, "\r\n"))}`;
}
