import { rowAs } from "@regulars/core/platform/unreadable-row";
import { type FirstDetails, contactSchema } from "@regulars/core/contacts/contact";
import { asContact } from "@regulars/core/contacts/customer-person";
import type { Person } from "@regulars/core/customers/person";
import type { ContactId } from "@regulars/core/platform/ids";
import type { CustomerId, PersonId } from "@regulars/core/platform/values";
import type { CustomerDocuments } from "../customers/customer-documents.ts";
import type { Operations } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";
import type { IdentityRow } from "./identity-rows.ts";

/** Reads customers' persons as contacts. */
export class CustomerPersons {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #persons: Pick<CustomerDocuments<Person>, "findMany" | "customersOf">;
  readonly #country: string | undefined;

  /** `country`: of phone numbers without a country code. */
  constructor(
    operations: Operations,
    keys: Keys,
    persons: Pick<CustomerDocuments<Person>, "findMany" | "customersOf">,
    country: string | undefined,
  ) {
    this.#operations = operations;
    this.#keys = keys;
    this.#persons = persons;
    this.#country = country;
  }

  /** Where a person works now. */
  async customerOf(personId: PersonId): Promise<CustomerId | undefined> {
    return (await this.#persons.customersOf([personId])).get(personId);
  }

  /** Of contacts for whom imports claimed identities, those that are not stored yet, by id. */
  async unstored(rows: readonly IdentityRow[]): Promise<Map<ContactId, FirstDetails>> {
    const claimed = new Map(
      rows.flatMap(({ personId, claimedBy }) => (claimedBy === undefined ? [] : [[personId, claimedBy] as const])),
    );
    const stored = await this.#operations.batchGet([...claimed.keys()].map((id) => this.#keys.contact(id)));
    for (const item of stored) claimed.delete(rowAs(contactSchema, item).personId);
    const persons = await this.#persons.findMany([...claimed.values()]);
    return new Map(
      await Promise.all(
        [...claimed].map(async ([contactId, personId]): Promise<[ContactId, FirstDetails]> => {
          const person = persons.get(personId);
          if (person === undefined) throw new Error(`person ${personId} has an identity and is not stored`);
          return [contactId, await asContact(person, contactId, this.#country)];
        }),
      ),
    );
  }
}
