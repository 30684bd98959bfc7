import type { Person } from "@regulars/core/customers/person";
import { type PersonId, personIdSchema } from "@regulars/core/platform/values";
import { isFreeMail, mailDomainOf } from "@regulars/core/relationships/free-mail-domains";
import type { AddressSecret, Hmac } from "../contacts/address-secret.ts";
import type { Operations, TransactWrite } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";

interface SavedPerson {
  readonly document: Person;
  readonly before?: Person | undefined;
}

/**
 * Persons by the domain of their address (docs/reference/relationships.md 6). A domain is stored as its HMAC;
 * domains at which anybody gets an address are not stored.
 */
export class MailDomains {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #addresses: AddressSecret;

  constructor(operations: Operations, keys: Keys, addresses: AddressSecret) {
    this.#operations = operations;
    this.#keys = keys;
    this.#addresses = addresses;
  }

  /** The writes that keep the index, for the transactions that save the persons. */
  async writesFor(saved: readonly SavedPerson[]): Promise<Map<Person, TransactWrite[]>> {
    const writes = new Map<Person, TransactWrite[]>();
    for (const { document, before } of saved) {
      const [now, was] = [companyDomainOf(document), before && companyDomainOf(before)];
      if (now === was) continue;
      const { personId } = document;
      const placeAt = this.#placesOf(await this.#addresses.hmac(), personId);
      writes.set(document, [
        ...(now === undefined ? [] : [{ Put: { Item: { ...placeAt(now), personId } } }]),
        ...(was === undefined ? [] : [{ Delete: { Key: placeAt(was) } }]),
      ]);
    }
    return writes;
  }

  async personsAt(domain: string, limit: number): Promise<PersonId[]> {
    const persons: PersonId[] = [];
    const hmac = isFreeMail(domain) ? undefined : await this.#addresses.hmacIfAny();
    if (hmac === undefined) return persons;
    for await (const item of this.#operations.partition(this.#keys.mailDomain(hmac(domain)), "", false)) {
      persons.push(personIdSchema.parse(item["personId"]));
      if (persons.length === limit) break;
    }
    return persons;
  }

  #placesOf(hmac: Hmac, personId: PersonId) {
    return (domain: string) => this.#keys.personAtDomain(hmac(domain), personId);
  }
}

function companyDomainOf({ email }: Person): string | undefined {
  const domain = mailDomainOf(email);
  return domain === undefined || isFreeMail(domain) ? undefined : domain;
}
