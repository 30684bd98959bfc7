import { createHmac, randomBytes } from "node:crypto";
import type { Person } from "@regulars/core/customers/person";
import { memo } from "@regulars/core/platform/memo";
import { type PersonId, personIdSchema } from "@regulars/core/platform/values";
import { isFreeMail, mailDomainOf } from "@regulars/core/relationships/free-mail-domains";
import { type Operations, type TransactWrite, mustBeNew } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";

interface SavedPerson {
  readonly document: Person;
  readonly before?: Person | undefined;
}

/**
 * Persons by the domain of their address (docs/reference/relationships.md 6). A domain is stored as its HMAC under a key
 * of the tenant's own (7), which ends with the tenant; domains at which anybody gets an address are not stored.
 */
export class MailDomains {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #secret: () => Promise<string>;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
    this.#secret = memo(() => this.#madeSecret());
  }

  /** The writes that keep the index, for the transactions that save the persons. */
  async writesFor(saved: readonly SavedPerson[]): Promise<Map<Person, TransactWrite[]>> {
    const writes = new Map<Person, TransactWrite[]>();
    for (const { document, before } of saved) {
      const [now, was] = [companyDomainOf(document), before && companyDomainOf(before)];
      if (now === was) continue;
      const { personId } = document;
      writes.set(document, [
        ...(now === undefined
          ? []
          : [{ Put: { Item: { ...this.#keys.personAtDomain(await this.#hmac(now), personId), personId } } }]),
        ...(was === undefined ? [] : [{ Delete: { Key: this.#keys.personAtDomain(await this.#hmac(was), personId) } }]),
      ]);
    }
    return writes;
  }

  async personsAt(domain: string, limit: number): Promise<PersonId[]> {
    const persons: PersonId[] = [];
    // Without a secret nobody was indexed.
    const secret = isFreeMail(domain) ? undefined : await this.#storedSecret();
    if (secret === undefined) return persons;
    for await (const item of this.#operations.partition(this.#keys.mailDomain(hmacOf(secret, domain)), "", false)) {
      persons.push(personIdSchema.parse(item["personId"]));
      if (persons.length === limit) break;
    }
    return persons;
  }

  async #hmac(domain: string): Promise<string> {
    return hmacOf(await this.#secret(), domain);
  }

  /** The first who indexes somebody makes it. */
  async #madeSecret(): Promise<string> {
    const stored = await this.#storedSecret();
    if (stored !== undefined) return stored;
    const secret = randomBytes(32).toString("base64url");
    if (await this.#operations.put({ ...this.#keys.addressSecret(), secret }, mustBeNew)) return secret;
    return (await this.#storedSecret()) ?? secret;
  }

  async #storedSecret(): Promise<string | undefined> {
    const stored = await this.#operations.get(this.#keys.addressSecret());
    return stored === undefined ? undefined : String(stored["secret"]);
  }
}

const hmacOf = (secret: string, domain: string): string =>
  createHmac("sha256", Buffer.from(secret, "base64url")).update(domain).digest("base64url");

function companyDomainOf({ email }: Person): string | undefined {
  const domain = mailDomainOf(email);
  return domain === undefined || isFreeMail(domain) ? undefined : domain;
}
