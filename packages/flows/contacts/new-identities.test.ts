import type { Identity } from "@regulars/core/contacts/identity";
import { contactIdSchema } from "@regulars/core/platform/ids";
import { expect, it } from "vitest";
import { newIdentitiesOf } from "./new-identities.ts";

const [contactId, other] = [contactIdSchema.parse("per_1"), contactIdSchema.parse("per_2")];
const identities: readonly Identity[] = [
  { kind: "external-id", value: "sub-1" },
  { kind: "email", value: "o@acme.example" },
  { kind: "phone", value: "+31655501234" },
];
const kinds = (owners: readonly (typeof contactId | undefined)[], isClaim: readonly boolean[], isLearned: boolean) =>
  newIdentitiesOf(identities, { owners, isClaim }, { contactId, isLearned }).map(({ kind }) => kind);

it("a lead gives its contact what nobody has, and what an import claimed for the same contact", () => {
  expect(kinds([undefined, contactId, other], [false, true, true], true)).toEqual(["external-id", "email"]);
  expect(kinds([undefined, contactId, contactId], [false, false, true], true)).toEqual(["external-id", "phone"]);
});

it("a sender who may not teach the contact adds nothing, and uses what an import claimed", () => {
  expect(kinds([undefined, contactId, other], [false, true, true], false)).toEqual(["email"]);
});
