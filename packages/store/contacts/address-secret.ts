import { createHmac, randomBytes } from "node:crypto";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import type { Keys } from "../keys.ts";

/** Stands for an address, a phone number, an external id or a mail domain in keys. */
export type Hmac = (text: string) => string;

/**
 * The secret of a tenant's own under which addresses are found (docs/reference/relationships.md 7): an index has their
 * HMACs, from which nobody without the secret can tell or guess an address. It ends with the tenant.
 */
export class AddressSecret {
  readonly #operations: Operations;
  readonly #keys: Keys;
  #known: Hmac | undefined;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  /** The first who indexes somebody makes the secret. */
  async hmac(): Promise<Hmac> {
    return (await this.hmacIfAny()) ?? (this.#known = hmacUnder(await this.#madeSecret()));
  }

  /** `undefined` while nobody was indexed. */
  async hmacIfAny(): Promise<Hmac | undefined> {
    if (this.#known === undefined) {
      const secret = await this.#storedSecret();
      this.#known = secret === undefined ? undefined : hmacUnder(secret);
    }
    return this.#known;
  }

  async #madeSecret(): Promise<string> {
    const secret = randomBytes(32).toString("base64url");
    if (await this.#operations.put({ ...this.#keys.addressSecret(), secret }, mustBeNew)) return secret;
    return (await this.#storedSecret()) ?? secret;
  }

  async #storedSecret(): Promise<string | undefined> {
    const stored = await this.#operations.get(this.#keys.addressSecret());
    return stored === undefined ? undefined : String(stored["secret"]);
  }
}

const hmacUnder =
  (secret: string): Hmac =>
  (text) =>
    createHmac("sha256", Buffer.from(secret, "base64url")).update(text).digest("base64url");
