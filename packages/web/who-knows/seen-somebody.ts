import { type ContactId, contactIdSchema } from "@regulars/core/platform/ids";
import { type Result, ok } from "@regulars/core/platform/result";
import { personIdSchema } from "@regulars/core/platform/values";
import type { Somebody } from "@regulars/flows/who-knows/acquaintance";
import { findContact, findPerson, unknownPerson } from "@regulars/flows/who-knows/find-target";
import type { OpenTenant } from "../page/open-tenant.ts";

/** A person at a customer that the viewer sees, else a lead's contact whom they see; all others are unknown. */
export async function seenSomebody(opened: OpenTenant, given: string): Promise<Result<Somebody>> {
  const stores = { store: opened.whole.whoKnows, contacts: opened.whole.sales.contacts };
  const personId = personIdSchema.safeParse(given);
  const person = personId.success ? await findPerson(stores, personId.data) : undefined;
  if (person !== undefined) return (await seesPerson(opened, person)) ? ok(person) : unknownPerson(given);
  const contactId = contactIdSchema.safeParse(given);
  if (!contactId.success || !(await seesContact(opened, contactId.data))) return unknownPerson(given);
  return findContact(stores, contactId.data);
}

async function seesPerson({ scope, decide, store }: OpenTenant, { customerId }: Somebody): Promise<boolean> {
  if (customerId === undefined) return decide("customer.see", { owners: [] });
  const customer = (await store.profiles([customerId])).get(customerId) ?? { customerId };
  return (await scope()).canSee(customer);
}

async function seesContact({ decide, whole: { sales } }: OpenTenant, personId: ContactId): Promise<boolean> {
  if (decide("person.see", { managers: [], plans: [] })) return true;
  const [evidence, open] = await Promise.all([
    sales.contacts.evidenceOf(personId),
    sales.contacts.openPlansOf(personId),
  ]);
  const plans = await Promise.all(open.map((planId) => sales.salesPlans.plan(planId)));
  return decide("person.see", {
    managers: evidence.map(({ userId }) => userId),
    plans: plans.filter((plan) => plan !== undefined),
  });
}
