import type { Customer } from "@regulars/core/customers/customer";
import type { Person } from "@regulars/core/customers/person";
import type { Reachable } from "../page/contacts-view.ts";

/** Whom a row names to call or write to: the first person with a number, else with an address, else the company. */
export function whomToCall(customer: Customer, persons: readonly Person[]): Reachable | undefined {
  const person = persons.find(({ phone }) => phone !== undefined) ?? persons.find(({ email }) => email !== undefined);
  if (person !== undefined)
    return {
      name: person.name ?? person.personId,
      phone: person.phone ?? customer.phone,
      email: person.email ?? customer.email,
    };
  const { phone, email, name = customer.customerId } = customer;
  return phone === undefined && email === undefined ? undefined : { name, phone, email };
}
