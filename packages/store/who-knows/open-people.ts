import type { User } from "@regulars/core/access/user";
import type { ItemLinks } from "../catalog/item-links.ts";
import type { Person } from "@regulars/core/customers/person";
import { memo } from "@regulars/core/platform/memo";
import type { PersonId } from "@regulars/core/platform/values";
import { type OptOut, outPersonsOf } from "@regulars/core/relationships/opt-out";
import { phoneCountryOf } from "@regulars/core/tenants/phone-country";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { AddressSecret } from "../contacts/address-secret.ts";
import { CustomerPersons } from "../contacts/customer-persons.ts";
import { PersonClaims } from "../contacts/person-claims.ts";
import type { FurtherWrites } from "../customers/customer-documents.ts";
import { People } from "../customers/people.ts";
import type { EventSubscriber } from "../engine/event-writes.ts";
import type { Operations } from "../engine/operations.ts";
import { openRecords } from "../imports/open-records.ts";
import type { Keys } from "../keys.ts";
import { toFollowWrite } from "../notifications/to-follow.ts";
import { type Heads, KeptReads, onceFor } from "../tenants/heads.ts";
import { MailDomains } from "./mail-domains.ts";
import { NonPersons } from "./non-persons.ts";
import { optOutsOf } from "./who-knows.ts";

/** What a process keeps of tenants for requests that only read. */
const kept = {
  users: new KeptReads<readonly User[]>("catalog"),
  nonPersons: new KeptReads<ReadonlySet<PersonId>>("catalog"),
  optOuts: new KeptReads<readonly OptOut[]>("catalog"),
};

/** A tenant's records, with the persons at customers as contacts. */
export function openPeople(
  operations: Operations,
  keys: Keys,
  subscriber: EventSubscriber,
  { tenant, links, heads }: { readonly tenant: Tenant; readonly links: ItemLinks; readonly heads: Heads },
) {
  const country = phoneCountryOf(tenant);
  const addresses = new AddressSecret(operations, keys);
  const claims = new PersonClaims(operations, keys, addresses, country);
  const mailDomains = new MailDomains(operations, keys, addresses);
  const programs = new NonPersons(operations, keys);
  const further = furtherOf(claims, mailDomains, programs);
  const records = openRecords(operations, keys, subscriber, further, links);
  // What waits for somebody goes by their zone, which may be another now.
  const people = new People(operations, keys, records.persons, (userId) => [
    toFollowWrite(keys, { type: "user", userId }),
  ]);
  const allUsers = onceFor(heads, () => kept.users.read(heads, () => people.users()));
  const nonPersons = memo(() => kept.nonPersons.read(heads, () => programs.all({ users: allUsers, mailDomains })));
  const optOuts = onceFor(heads, () => kept.optOuts.read(heads, optOutsOf(operations, keys).optOuts));
  const outPersons = async () => outPersonsOf(await optOuts());
  const customerPersons = new CustomerPersons(operations, keys, records.persons, country);
  return {
    ...records,
    people,
    allUsers,
    addresses,
    customerPersons,
    mailDomains,
    optOuts,
    whoIsNot: { nonPersons, outPersons },
    heads,
  };
}

/** The writes of several indexes of persons. */
const furtherOf =
  (...indexes: readonly { readonly writesFor: FurtherWrites<Person> }[]): FurtherWrites<Person> =>
  async (saved) => {
    const all = await Promise.all(indexes.map((index) => index.writesFor(saved)));
    return new Map(saved.map(({ document }) => [document, all.flatMap((writes) => writes.get(document) ?? [])]));
  };
