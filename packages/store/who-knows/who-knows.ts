import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { AddressSecret } from "../contacts/address-secret.ts";
import { identityRowSchema, identityKey } from "../contacts/identity-rows.ts";
import type { Person } from "@regulars/core/customers/person";
import { activityTypes } from "@regulars/core/customers/activity";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { ContactId } from "@regulars/core/platform/ids";
import { localDay } from "@regulars/core/platform/period";
import { type PersonId, instantSchema, toDayNumber, userIdSchema } from "@regulars/core/platform/values";
import { type OptOut, type OptOutSubject, optOutSchema } from "@regulars/core/relationships/opt-out";
import type { ActivityView } from "@regulars/core/snapshots/activity-view";
import type { WhoKnowsStore } from "@regulars/core/who-knows/who-knows-store";
import * as z from "zod";
import type { CustomerDocuments } from "../customers/customer-documents.ts";
import type { People } from "../customers/people.ts";
import type { PlacedActivities } from "../customers/placed-activities.ts";
import { writesOf } from "../engine/companion-writes.ts";
import type { Operations } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";
import type { ActivityReader } from "../snapshots/activities/activity-reader.ts";
import { Introductions } from "./introductions.ts";
import type { Expiry } from "../notifications/notification-item.ts";
import type { MailDomains } from "./mail-domains.ts";

const notedSchema = z.object({ userId: userIdSchema, type: z.enum(activityTypes), at: instantSchema });

interface Parts {
  readonly people: Pick<People, "users" | "profiles">;
  readonly persons: Pick<CustomerDocuments<Person>, "find">;
  readonly placed: Pick<PlacedActivities, "placesOf">;
  readonly addresses: Pick<AddressSecret, "hmacIfAny">;
  readonly mailDomains: Pick<MailDomains, "personsAt">;
  readonly activities: Pick<ActivityReader, "read">;
  /** Of local days. */
  readonly zone: string;
  /** Of messages that are queued. */
  readonly expiryOf: Expiry;
}

/** What who knows whom stores and reads of a tenant. */
export function openWhoKnows(operations: Operations, keys: Keys, parts: Parts): WhoKnowsStore {
  const { people, persons, placed, addresses, mailDomains, activities, zone, expiryOf } = parts;
  return {
    users: () => people.users(),
    person: (personId) => persons.find(personId),
    customer: async (customerId) => (await people.profiles([customerId])).get(customerId),
    contactOf: (personId) => contactOf(operations, keys, { personId, addresses }),
    placesOf: (personId) => placed.placesOf(personId),
    activitiesAt: (place, asOf) => activities.read(place, asOf),
    notedWith: (contactId) => notedWith(operations, keys, contactId, zone),
    personsAt: (domain, limit) => mailDomains.personsAt(domain, limit),
    ...optOutsOf(operations, keys),
    introductions: new Introductions(operations, keys, expiryOf),
  };
}

async function contactOf(
  operations: Operations,
  keys: Keys,
  { personId, addresses }: { readonly personId: PersonId } & Pick<Parts, "addresses">,
): Promise<ContactId | undefined> {
  const hmac = await addresses.hmacIfAny();
  if (hmac === undefined) return undefined;
  const row = await operations.get(identityKey(keys, hmac, { kind: "external-id", value: personId.normalize("NFC") }));
  return row === undefined ? undefined : rowAs(identityRowSchema, row).personId;
}

/** Who noted it was in touch; from which side it came is not noted. */
async function notedWith(
  operations: Operations,
  keys: Keys,
  contactId: ContactId,
  zone: string,
): Promise<ActivityView[]> {
  const noted: ActivityView[] = [];
  for await (const item of operations.partition(keys.contactPartition(contactId), "ACT#", false)) {
    const { userId, type, at } = rowAs(notedSchema, item);
    noted.push({ day: toDayNumber(localDay(at, zone)), type, direction: "none", completed: true, userId });
  }
  return noted;
}

/** One item for each who is out. */
export const optOutsOf = (operations: Operations, keys: Keys) => ({
  optOuts: async (): Promise<OptOut[]> => {
    const found: OptOut[] = [];
    for await (const item of operations.partition(keys.optOuts())) found.push(rowAs(optOutSchema, item));
    return found;
  },
  optOut: async (optOut: OptOut, companion?: CompanionWrites): Promise<void> => {
    const { type, id } = optOut.subject;
    await operations.transact([{ Put: { Item: { ...keys.optOut(type, id), ...optOut } } }, ...writesOf(companion)]);
  },
  optIn: async ({ type, id }: OptOutSubject, companion?: CompanionWrites): Promise<void> => {
    await operations.transact([{ Delete: { Key: keys.optOut(type, id) } }, ...writesOf(companion)]);
  },
});
