import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { Person } from "@regulars/core/customers/person";
import { emailIdentity } from "@regulars/core/platform/contact-point";
import { type PersonId, personIdSchema } from "@regulars/core/platform/values";
import { isFreeMail, mailDomainOf } from "@regulars/core/relationships/free-mail-domains";
import type { AddressSecret } from "../contacts/address-secret.ts";
import { identityKey, identityRowSchema } from "../contacts/identity-rows.ts";
import type { SavedPerson } from "../contacts/person-claims.ts";
import type { Operations } from "../engine/operations.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { Keys } from "../keys.ts";

/**
 * Persons by the domain of their address (docs/reference/relationships.md 6). Domains and addresses are stored as
 * HMACs; domains at which anybody gets an address are not stored.
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
      const [now, was] = [document, before].map((one) => addressOf(one));
      if (now?.address === was?.address) continue;
      const { personId } = document;
      const hmac = await this.#addresses.hmac();
      const placeAt = (domain: string) => this.#keys.personAtDomain(hmac(domain), personId);
      writes.set(document, [
        ...(now === undefined
          ? []
          : [{ Put: { Item: { ...placeAt(now.domain), personId, address: hmac(now.address) } } }]),
        ...(was === undefined || was.domain === now?.domain ? [] : [{ Delete: { Key: placeAt(was.domain) } }]),
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

  /** The persons with one of these addresses; of those at a domain where anybody gets one, the first who has it. */
  async personsWith(addresses: ReadonlySet<string>): Promise<PersonId[]> {
    const hmac = await this.#addresses.hmacIfAny();
    if (hmac === undefined) return [];
    const wanted = new Set([...addresses].map(hmac));
    const domains = new Set([...addresses].flatMap((address) => mailDomainOf(address) ?? []));
    const atCompanies = [...domains]
      .filter((domain) => !isFreeMail(domain))
      .map(async (domain) => {
        const found: PersonId[] = [];
        for await (const item of this.#operations.partition(this.#keys.mailDomain(hmac(domain)), "", false))
          if (wanted.has(String(item["address"]))) found.push(personIdSchema.parse(item["personId"]));
        return found;
      });
    const free = [...addresses].filter((address) => isFreeMail(mailDomainOf(address) ?? ""));
    const rows = await this.#operations.batchGet(
      free.map((value) => identityKey(this.#keys, hmac, { kind: "email", value })),
      false,
    );
    const claimed = rows.flatMap((row) => rowAs(identityRowSchema, row).claimedBy ?? []);
    return [...(await Promise.all(atCompanies)).flat(), ...claimed];
  }
}

/** Of a company's domain. */
function addressOf(person: Person | undefined) {
  const address = person?.email === undefined ? undefined : emailIdentity(person.email);
  const domain = mailDomainOf(address);
  return address === undefined || domain === undefined || isFreeMail(domain) ? undefined : { address, domain };
}
