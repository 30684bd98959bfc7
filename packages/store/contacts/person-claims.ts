import { rowAs } from "@regulars/core/platform/unreadable-row";
import { type IdentityOwner, contactOfPerson, identitiesOfPerson } from "@regulars/core/contacts/customer-person";
import { contactSchema } from "@regulars/core/contacts/contact";
import type { Person } from "@regulars/core/customers/person";
import { type ContactId, contactIdSchema } from "@regulars/core/platform/ids";
import type { PersonId } from "@regulars/core/platform/values";
import { textHash } from "../engine/content-hash.ts";
import type { Key } from "../engine/key.ts";
import type { Operations } from "../engine/operations.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { Keys } from "../keys.ts";
import type { AddressSecret, Hmac } from "./address-secret.ts";
import { type IdentityRow, claimIdentity, identityKey, identityRowSchema, releaseIdentity } from "./identity-rows.ts";

/** A person that is saved, and as they were. */
export interface SavedPerson {
  readonly document: Person;
  readonly before?: Person | undefined;
}

/** The contact that a customer's person is, unless a stored contact has one of their identities. */
export const ownContactOf = (personId: PersonId): ContactId =>
  contactIdSchema.parse(`per_${textHash(`person ${personId.normalize("NFC")}`)}`);

/**
 * The writes by which persons at customers claim their identities among those of all contacts, in the transaction that
 * saves the person: so a lead finds the person, and the person is the contact that a lead made known before. An
 * identity is claimed once: the first keeps it until it is released.
 */
export class PersonClaims {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #addresses: AddressSecret;
  readonly #country: string | undefined;

  /** `country`: of phone numbers without a country code. */
  constructor(operations: Operations, keys: Keys, addresses: AddressSecret, country: string | undefined) {
    this.#operations = operations;
    this.#keys = keys;
    this.#addresses = addresses;
    this.#country = country;
  }

  /** By person. Persons that did not change are not to be given. */
  async writesFor(saved: readonly SavedPerson[]): Promise<Map<Person, TransactWrite[]>> {
    if (saved.length === 0) return new Map();
    const hmac = await this.#addresses.hmac();
    const given = await Promise.all(
      saved.map(async ({ document, before }) => {
        const [now, then] = await Promise.all([this.#keysOf(document, hmac), this.#keysOf(before, hmac)]);
        const names = new Set(now.map(({ pk }) => pk));
        return { document, now, gone: then.filter(({ pk }) => !names.has(pk)) };
      }),
    );
    const claims = new ClaimsOfBatch(
      this.#keys,
      await this.#rowsOf(given.flatMap(({ now, gone }) => [...now, ...gone])),
    );
    for (const { document, gone } of given) claims.free(document.personId, gone);
    const writes = new Map(given.map(({ document, now }) => [document, claims.claim(document.personId, now)]));
    for (const { document, gone } of given) writes.get(document)?.push(...claims.release(document.personId, gone));
    return writes;
  }

  async #keysOf(person: Person | undefined, hmac: Hmac): Promise<Key[]> {
    const identities = person === undefined ? [] : await identitiesOfPerson(person, this.#country);
    return identities.map((identity) => identityKey(this.#keys, hmac, identity));
  }

  /** Who has the identities, and which of these contacts are stored. */
  async #rowsOf(keys: readonly Key[]): Promise<Stored> {
    const items = await this.#operations.batchGet([...new Map(keys.map((key) => [key.pk, key])).values()]);
    const rows = new Map(items.map((item) => [String(item["pk"]), rowAs(identityRowSchema, item)]));
    const contactIds = [...new Set([...rows.values()].map(({ personId }) => personId))];
    const contacts = await this.#operations.batchGet(contactIds.map((personId) => this.#keys.contact(personId)));
    return {
      rows,
      linked: new Map(
        contacts.map((item) => rowAs(contactSchema, item)).map((one) => [one.personId, one.customerPersonId]),
      ),
    };
  }
}

interface Stored {
  /** By the partition of the identity. */
  readonly rows: ReadonlyMap<string, IdentityRow>;
  /** Stored contacts with the person at a customer who they are. */
  readonly linked: Map<ContactId, PersonId | undefined>;
}

/** Claims of persons that are saved together: no item is written twice, as a transaction demands. */
class ClaimsOfBatch {
  readonly #keys: Keys;
  readonly #stored: Stored;
  readonly #freedBy = new Map<string, PersonId>();
  readonly #taken = new Set<string>();

  constructor(keys: Keys, stored: Stored) {
    this.#keys = keys;
    this.#stored = stored;
  }

  /** Identities that a person gives up, so that another one of the batch may take them over. */
  free(personId: PersonId, gone: readonly Key[]): void {
    for (const { pk } of gone) if (this.#stored.rows.get(pk)?.claimedBy === personId) this.#freedBy.set(pk, personId);
  }

  claim(personId: PersonId, now: readonly Key[]): TransactWrite[] {
    const own = ownContactOf(personId);
    const rows = now.map(({ pk }) => this.#stored.rows.get(pk));
    const match = contactOfPerson(
      personId,
      own,
      rows.map((row) => row && this.#ownerOf(row)),
    );
    const row: IdentityRow = { personId: match.contactId, claimedBy: personId };
    const writes: TransactWrite[] = [];
    for (const [i, key] of now.entries()) {
      if (this.#taken.has(key.pk) || !this.#isFree(key.pk, row, rows[i])) continue;
      this.#taken.add(key.pk);
      writes.push(claimIdentity(key, row, rows[i]));
    }
    if (match.contactId !== own && rows.some((one) => one?.claimedBy === personId && one.personId === own))
      writes.push({
        ConditionCheck: { Key: this.#keys.contact(own), ConditionExpression: "attribute_not_exists(pk)" },
      });
    if (match.isNewlyLinked) writes.push(this.#link(row.personId, personId));
    return writes;
  }

  release(personId: PersonId, gone: readonly Key[]): TransactWrite[] {
    return gone
      .filter(({ pk }) => this.#freedBy.get(pk) === personId && !this.#taken.has(pk))
      .map((key) => releaseIdentity(key, personId));
  }

  #ownerOf({ personId, claimedBy }: IdentityRow): IdentityOwner {
    const { linked } = this.#stored;
    return { contactId: personId, claimedBy, isStored: linked.has(personId), customerPersonId: linked.get(personId) };
  }

  /** Nobody has it, or another person gives it up, or it is the person's own claim for another contact. */
  #isFree(pk: string, { personId, claimedBy }: IdentityRow, stored: IdentityRow | undefined): boolean {
    if (stored === undefined) return true;
    if (stored.claimedBy === undefined) return false;
    return stored.claimedBy === claimedBy ? stored.personId !== personId : this.#freedBy.has(pk);
  }

  /** From now on the contact is the person, for the rest of the batch too. */
  #link(contactId: ContactId, personId: PersonId): TransactWrite {
    this.#stored.linked.set(contactId, personId);
    return {
      Update: {
        Key: this.#keys.contact(contactId),
        UpdateExpression: "SET customerPersonId = :person",
        ConditionExpression: "attribute_exists(pk) AND attribute_not_exists(customerPersonId)",
        ExpressionAttributeValues: { ":person": personId },
      },
    };
  }
}
