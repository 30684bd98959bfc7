import type { Contact } from "@regulars/core/contacts/contact";
import { identitiesOf } from "@regulars/core/contacts/identity";
import { type ContactId, contactIdSchema, planIdSchema } from "@regulars/core/platform/ids";
import { customerIdSchema, instantSchema, personIdSchema } from "@regulars/core/platform/values";
import { beforeEach, expect, it } from "vitest";
import { countCalls } from "../../../test/bench/counted-calls.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";

const PLAN = planIdSchema.parse("pln_1");
const AT = instantSchema.parse("2026-03-02T09:00:00.000Z");
const ACME = customerIdSchema.parse("acme");
const BAKER = customerIdSchema.parse("baker");

interface Given {
  readonly email?: string;
  readonly phone?: string;
  readonly customerId?: typeof ACME;
}

const person = (id: string, { customerId = ACME, ...given }: Given = {}) => ({
  personId: personIdSchema.parse(id),
  customerId,
  name: `Name of ${id}`,
  ...given,
});

let testTenant: TestTenant;
beforeEach(() => {
  testTenant = aTenantStore({ phoneCountry: "NL" });
});

const save = (...persons: ReturnType<typeof person>[]) => testTenant.store.imports.savePersons(persons);

const lookUp = async (given: { externalId?: string; email?: string; phone?: string }) => {
  const { found } = await testTenant.store.sales.leads.findMany(PLAN, [
    { identities: identitiesOf(given, given.phone) },
  ]);
  const [one] = found;
  if (one === undefined) throw new Error("nothing was looked up");
  return one;
};

const ownerOf = async (given: Parameters<typeof lookUp>[0]) =>
  (await lookUp(given)).owners.find((owner) => owner !== undefined);

/** Stores the contact of a lead with these details, like a flow does. */
async function leadOf(id: string, given: Parameters<typeof lookUp>[0]): Promise<ContactId> {
  const { owners, isClaim, unstored } = await lookUp(given);
  const personId = owners.find((owner) => owner !== undefined) ?? contactIdSchema.parse(id);
  const identities = identitiesOf(given, given.phone);
  const newIdentities = identities.filter((_, i) => owners[i] === undefined || isClaim[i] === true);
  const newPerson: Contact = { ...(unstored ?? { personId, ...given }), createdAt: AT };
  const outcome = await testTenant.store.sales.leads.savePersons([{ personId, newPerson, newIdentities }]);
  expect(outcome).toEqual(["saved"]);
  return personId;
}

it("a lead finds a customer's person by id, e-mail address or phone number in any notation", async () => {
  await save(person("P-1", { email: "Olena@Acme.example", phone: "06 5550 1234" }));
  const byId = await lookUp({ externalId: "P-1" });
  const contactId = byId.owners[0];
  expect(byId).toMatchObject({
    isClaim: [true],
    unstored: {
      personId: contactId,
      externalId: "P-1",
      name: "Name of P-1",
      email: "olena@acme.example",
      phone: "+31655501234",
      customerPersonId: "P-1",
    },
  });
  expect(await ownerOf({ email: "OLENA@acme.example" })).toBe(contactId);
  expect(await ownerOf({ phone: "+31655501234" })).toBe(contactId);
  expect(await ownerOf({ email: "else@acme.example" })).toBeUndefined();
});

it("leads of any number of customers' persons are looked up together", async () => {
  const persons = Array.from({ length: 30 }, (_, i) => person(`P-${i}`, { customerId: i % 2 === 0 ? ACME : BAKER }));
  await save(...persons);
  const sought = persons.map(({ personId }) => ({ identities: identitiesOf({ externalId: personId }, undefined) }));
  const calls = countCalls(testTenant.table);
  try {
    let names: (string | undefined)[] = [];
    const { count } = await calls.of(async () => {
      const { found } = await testTenant.store.sales.leads.findMany(PLAN, sought);
      names = found.map(({ unstored }) => unstored?.name);
    });
    expect(names).toEqual(persons.map(({ name }) => name));
    expect(count).toBeLessThan(8);
  } finally {
    calls.stop();
  }
});

it("an import finds a lead's contact, who is the person from then on", async () => {
  const contactId = await leadOf("per_lead", { email: "olena@acme.example" });
  await save(person("P-1", { email: "olena@acme.example", phone: "06 5550 1234" }));
  expect(await testTenant.store.sales.contacts.atCustomer(contactId)).toEqual({
    contact: { personId: contactId, email: "olena@acme.example", customerPersonId: "P-1", createdAt: AT },
    customerId: "acme",
  });
  expect(await ownerOf({ phone: "+31655501234" })).toBe(contactId);
  expect(await ownerOf({ externalId: "P-1" })).toBe(contactId);
});

it("a person who moves to another customer takes the contact along", async () => {
  await save(person("P-1", { email: "olena@acme.example" }));
  const contactId = await leadOf("per_unused", { email: "olena@acme.example" });
  const customerOf = async () => (await testTenant.store.sales.contacts.atCustomer(contactId))?.customerId;
  expect(await customerOf()).toBe("acme");
  await save(person("P-1", { email: "olena@acme.example", customerId: BAKER }));
  expect([await customerOf(), await ownerOf({ email: "olena@acme.example" })]).toEqual(["baker", contactId]);
});

it("an address that a file no longer has is free again, unless a lead has used it", async () => {
  await save(person("P-1", { email: "old@acme.example", phone: "06 5550 1234" }));
  const contactId = await leadOf("per_unused", { email: "old@acme.example" });
  await save(person("P-1", { email: "new@acme.example" }));
  expect(await ownerOf({ email: "old@acme.example" })).toBe(contactId);
  expect(await ownerOf({ email: "new@acme.example" })).toBe(contactId);
  expect(await ownerOf({ phone: "+31655501234" })).toBeUndefined();
});

it("a number that one person of a file gives up goes to another one of it, in either order", async () => {
  const number = { phone: "06 5550 1234" };
  await save(person("P-1", number), person("P-2"));
  const [first, second] = [await ownerOf({ externalId: "P-1" }), await ownerOf({ externalId: "P-2" })];
  expect(await ownerOf({ phone: "+31655501234" })).toBe(first);
  await save(person("P-1"), person("P-2", number));
  expect(await ownerOf({ phone: "+31655501234" })).toBe(second);
  await save(person("P-1", number), person("P-2"));
  expect(await ownerOf({ phone: "+31655501234" })).toBe(first);
});

it("persons with one number are persons of their own: the first has it", async () => {
  const number = { phone: "06 5550 1234" };
  await save(person("P-1", number), person("P-2", number), person("P-3", { ...number, customerId: BAKER }));
  await save(person("P-4", number));
  const owners = await Promise.all(["P-1", "P-2", "P-3", "P-4"].map((externalId) => ownerOf({ externalId })));
  expect(new Set(owners).size).toBe(4);
  expect(await ownerOf({ phone: "+31655501234" })).toBe(owners[0]);
});

it("a lead's contact is only one of two persons with its identities", async () => {
  const contactId = await leadOf("per_lead", { email: "info@acme.example" });
  await save(person("P-1", { email: "info@acme.example" }), person("P-2", { email: "info@acme.example" }));
  await save(person("P-3", { email: "info@acme.example" }));
  const owners = await Promise.all(["P-1", "P-2", "P-3"].map((externalId) => ownerOf({ externalId })));
  expect(owners[0]).toBe(contactId);
  expect(new Set(owners).size).toBe(3);
});

it("a person whom no lead has made known becomes the contact whose address their file has now", async () => {
  const contactId = await leadOf("per_lead", { email: "olena@acme.example" });
  await save(person("P-1", { phone: "06 5550 1234" }));
  expect(await ownerOf({ externalId: "P-1" })).not.toBe(contactId);
  await save(person("P-1", { phone: "06 5550 1234", email: "olena@acme.example" }));
  expect(await ownerOf({ externalId: "P-1" })).toBe(contactId);
  expect(await ownerOf({ phone: "+31655501234" })).toBe(contactId);
});

it("two contacts stay two when a file shows that they are one person: the stronger identity decides", async () => {
  const byPhone = await leadOf("per_phone", { phone: "+31655501234" });
  const byEmail = await leadOf("per_email", { email: "olena@acme.example" });
  await save(person("P-1", { phone: "06 5550 1234", email: "olena@acme.example" }));
  expect(await ownerOf({ externalId: "P-1" })).toBe(byEmail);
  expect(await ownerOf({ phone: "+31655501234" })).toBe(byPhone);
});

it("persons that are saved again write nothing and read no identities", async () => {
  const persons = Array.from({ length: 60 }, (_, i) => person(`P-${i}`, { email: `p${i}@acme.example` }));
  await save(...persons);
  expect(await testTenant.writesOf(() => save(...persons))).toBe(0);
  expect(await save(...persons)).toEqual({ created: 0, changed: 0, unchanged: 60 });
});

it("two imports at once give each address to one person, and lose no person", async () => {
  const other = testTenant.another();
  const ids = Array.from({ length: 20 }, (_, i) => i);
  const counts = await Promise.all([
    save(...ids.map((i) => person(`A-${i}`, { email: `p${i}@acme.example` }))),
    other.store.imports.savePersons(ids.map((i) => person(`B-${i}`, { email: `p${i}@acme.example` }))),
  ]);
  expect(counts.map(({ created }) => created)).toEqual([20, 20]);
  for (const i of ids) {
    const owners = await Promise.all([`A-${i}`, `B-${i}`].map((externalId) => ownerOf({ externalId })));
    expect(owners).toContain(await ownerOf({ email: `p${i}@acme.example` }));
    expect(new Set(owners).size).toBe(2);
  }
});

it("a lead that comes while a file gives up the address keeps it", async () => {
  await save(person("P-1", { email: "old@acme.example" }));
  const { unstored } = await lookUp({ email: "old@acme.example" });
  if (unstored === undefined) throw new Error("the person has no contact to be stored");
  await save(person("P-1", { email: "new@acme.example" }));
  const newIdentities = identitiesOf({ email: "old@acme.example" }, undefined);
  const intake = { personId: unstored.personId, newPerson: { ...unstored, createdAt: AT }, newIdentities };
  expect(await testTenant.store.sales.leads.savePersons([intake])).toEqual(["saved"]);
  expect(await ownerOf({ email: "old@acme.example" })).toBe(unstored.personId);
  expect(await ownerOf({ email: "new@acme.example" })).toBe(unstored.personId);
});

it("a lead is overtaken when an import makes the person another contact, or another person takes the address", async () => {
  await save(person("P-1", { phone: "06 5550 1234" }), person("P-2", { phone: "06 5550 9999" }));
  const [first, second] = [await lookUp({ phone: "+31655501234" }), await lookUp({ phone: "+31655509999" })];
  const contactId = await leadOf("per_lead", { email: "olena@acme.example" });
  await save(person("P-1", { phone: "06 5550 1234", email: "olena@acme.example" }));
  await save(person("P-2"), person("P-3", { phone: "06 5550 9999" }));
  const outcomes = await testTenant.store.sales.leads.savePersons(
    [first, second].flatMap(({ unstored }) =>
      unstored === undefined
        ? []
        : [
            {
              personId: unstored.personId,
              newPerson: { ...unstored, createdAt: AT },
              newIdentities: identitiesOf({ phone: unstored.phone }, unstored.phone),
            },
          ],
    ),
  );
  expect(outcomes).toEqual(["overtaken", "overtaken"]);
  expect(await ownerOf({ phone: "+31655501234" })).toBe(contactId);
  expect(await ownerOf({ phone: "+31655509999" })).toBe(await ownerOf({ externalId: "P-3" }));
});
