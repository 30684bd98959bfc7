import { contactIdSchema } from "@regulars/core/platform/ids";
import { personIdSchema } from "@regulars/core/platform/values";
import { findContact, findPerson, unknownPerson } from "@regulars/flows/who-knows/find-target";
import type { Somebody } from "@regulars/flows/who-knows/acquaintance";
import type { Context } from "hono";
import { decide } from "../access/decide.ts";
import { seesContact } from "../contacts/contacts.ts";
import { seesCustomer } from "../customers/visible-customer.ts";
import type { ApiEnv } from "../http/environment.ts";
import { refused, valueOf } from "../http/problem.ts";

const stores = ({ var: { store } }: Context<ApiEnv>) => ({ store: store.whoKnows, contacts: store.sales.contacts });

/** A person whose customer the caller sees; one of no customer is seen by whoever sees customers without an owner. */
export async function seenPerson(c: Context<ApiEnv>, given: string): Promise<Somebody> {
  const personId = personIdSchema.safeParse(given);
  const found = personId.success ? await findPerson(stores(c), personId.data) : undefined;
  if (found === undefined) throw refused(unknownPerson(given));
  const isSeen =
    found.customerId === undefined
      ? decide(c, "customer.see", { owners: [] })
      : await seesCustomer(c, found.customerId);
  if (!isSeen) throw refused(unknownPerson(given));
  return found;
}

/** A lead's contact whom the caller sees. */
export async function seenContact(c: Context<ApiEnv>, given: string): Promise<Somebody> {
  const contactId = contactIdSchema.safeParse(given);
  if (!contactId.success || !(await seesContact(c, contactId.data))) throw refused(unknownPerson(given));
  return valueOf(await findContact(stores(c), contactId.data));
}

/** A person or a lead's contact, whichever has the id. */
export async function seenSomebody(c: Context<ApiEnv>, given: string): Promise<Somebody> {
  const personId = personIdSchema.safeParse(given);
  const isPerson = personId.success && (await findPerson(stores(c), personId.data)) !== undefined;
  return isPerson ? seenPerson(c, given) : seenContact(c, given);
}
