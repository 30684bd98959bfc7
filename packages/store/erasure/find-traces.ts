import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { ErasureSubject } from "@regulars/core/erasure/erasure";
import { soughtTexts } from "@regulars/core/erasure/sought-texts";
import type { IdKind, Traces } from "@regulars/core/erasure/traces";
import { type Contact, contactSchema } from "@regulars/core/contacts/contact";
import { identitiesOf, type Identity } from "@regulars/core/contacts/identity";
import { identitiesOfPerson } from "@regulars/core/contacts/customer-person";
import { type Customer, customerSchema } from "@regulars/core/customers/customer";
import { type Person, personSchema } from "@regulars/core/customers/person";
import { type ImportedContact, importedContactSchema } from "@regulars/core/imports/imported-contact";
import { contactIdSchema } from "@regulars/core/platform/ids";
import { readPhone } from "@regulars/core/platform/phone";
import { type CustomerId, customerIdSchema, personIdSchema, type UserId } from "@regulars/core/platform/values";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import { AUDIENCE_SHARDS } from "../contacts/keys.ts";
import { ownContactOf } from "../contacts/person-claims.ts";
import { identityRowSchema } from "../contacts/identity-rows.ts";
import type { Hmac } from "../contacts/address-secret.ts";
import { findDocumentId } from "../customers/document-ids.ts";
import type { Key } from "../engine/key.ts";
import type { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";
import type { Keys } from "../keys.ts";

/** What the traces are found in. */
export interface TraceSources {
  readonly operations: Operations;
  readonly keys: Keys;
  /** Of phone numbers without a country code. */
  readonly country: string | undefined;
  /** `undefined` while nobody was indexed. */
  readonly hmac: Hmac | undefined;
  readonly plans: readonly SalesPlan[];
  readonly userIds: readonly UserId[];
}

/** Everything that a customer or a person is told by, with the keys of the rows that name their addresses. */
export interface Found {
  readonly traces: Traces;
  /** The customer who is erased, or at whom the person is. */
  readonly customerId: CustomerId | undefined;
  readonly identityKeys: readonly Key[];
  /** The partitions of those by which contacts were found. */
  readonly leadingKeys: ReadonlySet<string>;
  /** The mail domains of the persons. */
  readonly mailDomains: readonly string[];
}

interface Records {
  readonly customer: Customer | undefined;
  readonly persons: readonly Person[];
  readonly imported: readonly ImportedContact[];
  readonly contacts: readonly Contact[];
}

/** Finds a customer's or a person's traces by queries of their own partitions and of the tenant's lists. */
export async function findTraces(sources: TraceSources, subject: ErasureSubject): Promise<Found> {
  const { operations, keys } = sources;
  const isCustomer = subject.type === "customer";
  const persons = isCustomer
    ? await allOf(operations.partition(keys.persons(customerIdSchema.parse(subject.id))), (one) =>
        rowAs(personSchema, one),
      )
    : await personAt(sources, subject.id);
  const customerId = isCustomer ? customerIdSchema.parse(subject.id) : persons[0]?.customerId;
  const customer = isCustomer ? await profileOf(sources, customerIdSchema.parse(subject.id)) : undefined;
  const personIds = new Set(isCustomer ? persons.map(({ personId }) => String(personId)) : [subject.id]);
  const imported = await importedOf(sources, subject, persons);
  const identities = await identitiesOfAll(sources, persons, imported);
  const contacts = await contactsOf(sources, { subject, personIds, identities });
  const records = { customer, persons, imported, contacts };
  const contactIds = new Set([
    ...contacts.map(({ personId }) => String(personId)),
    ...[...personIds].map((id) => String(ownContactOf(personIdSchema.parse(id)))),
  ]);
  const projects = isCustomer
    ? await allOf(operations.partition(keys.projects(customerIdSchema.parse(subject.id))), (one) =>
        String(one["projectId"]),
      )
    : [];
  const ids: Record<IdKind, ReadonlySet<string>> = {
    customer: new Set(isCustomer ? [subject.id] : []),
    person: personIds,
    contact: contactIds,
    external: new Set([...imported, ...contacts].flatMap(({ externalId }) => externalId ?? [])),
    deal: await dealsOf(sources, contactIds),
    project: new Set(projects),
    introduction: await introductionsOf(sources, new Set([...personIds, ...contactIds])),
  };
  const all = [...identities, ...contacts.flatMap((contact) => identitiesOf({ ...contact }, contact.phone))];
  return {
    traces: { ids, addresses: soughtTexts(await addressesOf(sources, records)), names: soughtTexts(namesOf(records)) },
    customerId,
    identityKeys: identityKeysOf(sources, all),
    leadingKeys: new Set(identityKeysOf(sources, identities).map(({ pk }) => pk)),
    mailDomains: persons.flatMap(({ email }) => email?.split("@").at(-1)?.toLowerCase() ?? []),
  };
}

async function allOf<T>(items: AsyncIterable<StoredItem>, read: (item: StoredItem) => T): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(read(item));
  return found;
}

/** A person at a customer, by their id or by that of the contact who they are. */
async function personAt({ operations, keys }: TraceSources, id: string): Promise<Person[]> {
  const contact = contactIdSchema.safeParse(id);
  const item = contact.success ? await operations.get(keys.contact(contact.data)) : undefined;
  const personId = item === undefined ? personIdSchema.parse(id) : rowAs(contactSchema, item).customerPersonId;
  const row = personId && (await findDocumentId(operations, keys.documentId("person", personId)));
  const person = row && personId && (await operations.get(keys.person(row.customerId, personId)));
  return person ? [personSchema.parse(person)] : [];
}

async function profileOf({ operations, keys }: TraceSources, customerId: CustomerId): Promise<Customer | undefined> {
  const item = await operations.get(keys.snapshotPart(customerId, { part: "profile" }));
  return item === undefined ? undefined : rowAs(customerSchema, item);
}

/** Contacts of other systems: those of the customer, and those with the address or number of a person. */
async function importedOf(
  { operations, keys, country }: TraceSources,
  { type, id }: ErasureSubject,
  persons: readonly Person[],
): Promise<ImportedContact[]> {
  const addresses = soughtTexts(await addressTextsOf(persons, country));
  const isTheirs = ({ customerId, externalId, email, phone }: ImportedContact): boolean =>
    (type === "customer" ? customerId === id : externalId === id) ||
    [email, phone].some((text) => text !== undefined && addresses.isFound(text));
  const all = await allOf(operations.partition(keys.leads()), (item) => rowAs(importedContactSchema, item));
  return all.filter(isTheirs);
}

const isText = (text: string | undefined): text is string => text !== undefined && text !== "";

const phoneOf = async (phone: string | undefined, country: string | undefined): Promise<string | undefined> =>
  phone === undefined ? undefined : readPhone(phone, country);

async function identitiesOfAll(
  { country }: TraceSources,
  persons: readonly Person[],
  imported: readonly ImportedContact[],
): Promise<Identity[]> {
  const identities = await Promise.all([
    ...persons.map((person) => identitiesOfPerson(person, country)),
    ...imported.map(async (one) => identitiesOf(one, await phoneOf(one.phone, country))),
  ]);
  return identities.flat();
}

const identityKeysOf = ({ keys, hmac }: TraceSources, identities: readonly Identity[]): Key[] =>
  hmac === undefined
    ? []
    : [
        ...new Map(
          identities.map(({ kind, value }) => keys.contactIdentity(kind, hmac(value))).map((key) => [key.pk, key]),
        ).values(),
      ];

interface ContactsOf {
  readonly subject: ErasureSubject;
  readonly personIds: ReadonlySet<string>;
  readonly identities: readonly Identity[];
}

/** The contacts who they are: by link, by what an import claimed for them, or by an identity that nobody else has. */
async function contactsOf(sources: TraceSources, { subject, personIds, identities }: ContactsOf): Promise<Contact[]> {
  const { operations, keys } = sources;
  const rows = await operations.batchGet(identityKeysOf(sources, identities));
  const named = new Set(rows.map((row) => String(rowAs(identityRowSchema, row).personId)));
  const found: Contact[] = [];
  for (let shard = 0; shard < AUDIENCE_SHARDS; shard += 1)
    for await (const item of operations.query({
      IndexName: "gsi1",
      KeyConditionExpression: "g1p = :audience",
      ExpressionAttributeValues: { ":audience": keys.audience(shard) },
    })) {
      const contact = rowAs(contactSchema, item);
      const { customerPersonId, personId } = contact;
      const isTheirs =
        customerPersonId === undefined
          ? named.has(personId) || personId === subject.id
          : personIds.has(customerPersonId);
      if (isTheirs) found.push(contact);
    }
  return found;
}

/** The deals of contacts in every plan, also those that were removed. */
async function dealsOf(
  { operations, keys, plans }: TraceSources,
  contactIds: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const partitions = plans.flatMap(({ planId, statuses }) => [
    keys.removedDeals(planId),
    ...statuses.map(({ statusId }) => keys.dealColumn(planId, statusId)),
  ]);
  for (const column of contactIds.size === 0 ? [] : partitions)
    for await (const deal of operations.query({
      IndexName: "gsi1",
      KeyConditionExpression: "g1p = :column",
      ExpressionAttributeValues: { ":column": column },
    }))
      if (contactIds.has(String(deal["personId"]))) found.add(String(deal["dealId"]));
  return found;
}

async function introductionsOf(
  { operations, keys, userIds }: TraceSources,
  personIds: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const userId of userIds)
    for await (const item of operations.query({
      IndexName: "gsi1",
      KeyConditionExpression: "g1p = :by",
      ExpressionAttributeValues: { ":by": keys.introductionsBy(userId) },
    }))
      if (personIds.has(String(item["personId"]))) found.add(String(item["introductionId"]));
  return found;
}

const addressesOf = (
  { country }: TraceSources,
  { customer, persons, imported, contacts }: Records,
): Promise<string[]> => addressTextsOf([customer ?? {}, ...persons, ...imported, ...contacts], country);

/** Addresses and numbers, the latter also in E.164. */
async function addressTextsOf(
  all: readonly { readonly email?: string | undefined; readonly phone?: string | undefined }[],
  country: string | undefined,
): Promise<string[]> {
  const texts = await Promise.all(all.map(async ({ email, phone }) => [email, phone, await phoneOf(phone, country)]));
  return texts.flat().filter(isText);
}

const namesOf = ({ customer, persons, imported, contacts }: Records): string[] =>
  [customer?.name, ...[...persons, ...imported, ...contacts].map(({ name }) => name)].filter(isText);
