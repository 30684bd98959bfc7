import { expect, it } from "vitest";
import { contactIdSchema } from "../platform/ids.ts";
import { customerIdSchema, personIdSchema } from "../platform/values.ts";
import { filledIn } from "./contact.ts";
import { type IdentityOwner, asContact, contactOfPerson, identitiesOfPerson } from "./customer-person.ts";

const [OWN, LEAD, OTHER] = [
  contactIdSchema.parse("per_own"),
  contactIdSchema.parse("per_lead"),
  contactIdSchema.parse("per_x"),
];
const [ME, ELSE] = [personIdSchema.parse("P-1"), personIdSchema.parse("P-2")];
const person = { personId: ME, customerId: customerIdSchema.parse("acme") };
const stored = (contactId: typeof LEAD, given: Partial<IdentityOwner> = {}): IdentityOwner => ({
  contactId,
  isStored: true,
  ...given,
});

it("a person is recognised by id, address and number; what cannot be read is no identity", async () => {
  expect(await identitiesOfPerson({ ...person, email: "O.K@Acme.example", phone: "06 5550 1234" }, "NL")).toEqual([
    { kind: "external-id", value: "P-1" },
    { kind: "email", value: "o.k@acme.example" },
    { kind: "phone", value: "+31655501234" },
  ]);
  expect(await identitiesOfPerson({ ...person, email: "none", phone: "ext. 7" }, "NL")).toEqual([
    { kind: "external-id", value: "P-1" },
  ]);
});

it("a person is the stored contact with the strongest identity that is no other person", () => {
  const own = { contactId: OWN, isNewlyLinked: false };
  expect(contactOfPerson(ME, OWN, [])).toEqual(own);
  expect(contactOfPerson(ME, OWN, [undefined, stored(LEAD), stored(OTHER)])).toEqual({
    contactId: LEAD,
    isNewlyLinked: true,
  });
  expect(contactOfPerson(ME, OWN, [stored(LEAD, { customerPersonId: ELSE }), stored(OTHER)])).toEqual({
    contactId: OTHER,
    isNewlyLinked: true,
  });
  expect(contactOfPerson(ME, OWN, [stored(LEAD, { customerPersonId: ME })])).toEqual({
    contactId: LEAD,
    isNewlyLinked: false,
  });
  // A claim of another person, and a contact that is not stored yet, are no reason to be that contact.
  expect(contactOfPerson(ME, OWN, [{ contactId: OTHER, isStored: false, claimedBy: ELSE }])).toEqual(own);
  expect(contactOfPerson(ME, OWN, [{ contactId: OWN, isStored: false, claimedBy: ME }])).toEqual(own);
});

it("a person's contact begins with what the import says, filled in from the lead", async () => {
  const contact = await asContact({ ...person, email: "O.K@Acme.example", phone: "ext. 7" }, OWN, "NL");
  expect(
    filledIn(contact, { externalId: "sub-1", name: "Olena", email: "else@x.example", phone: "+31655501234" }),
  ).toEqual({
    personId: "per_own",
    externalId: "P-1",
    name: "Olena",
    email: "o.k@acme.example",
    phone: "+31655501234",
    customerPersonId: "P-1",
  });
});
