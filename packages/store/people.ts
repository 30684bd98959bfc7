import * as z from "zod";
import { type Customer, type Item, type Person, type User, roles } from "@regulars/core/people";
import type { NoteSaved, SaveCounts, SaveOutcome } from "@regulars/core/ports";
import {
  type CustomerId,
  type ItemId,
  currencySchema,
  customerIdSchema,
  daySchema,
  itemIdSchema,
  personIdSchema,
  userIdSchema,
} from "@regulars/core/values";
import { contentHash } from "./content-hash.ts";
import { type DocumentId, claimDocumentId, findDocumentIds } from "./document-ids.ts";
import { type Key, type keysOf, shardOf } from "./keys.ts";
import type { NamelessWrite, Operations } from "./operations.ts";
import { runInLanes } from "./packing.ts";
import { SaveTally } from "./save-tally.ts";

const text = z.string().optional();

const userSchema = z.object({
  userId: userIdSchema,
  name: z.string(),
  email: text,
  phone: text,
  role: z.enum(roles),
  teamId: text,
  territoryId: text,
  timeZone: text,
  slackUserId: text,
});

/** A customer's profile as stored; the reader of blocks uses it too. */
export const customerSchema = z.object({
  customerId: customerIdSchema,
  name: text,
  category: text,
  repId: userIdSchema.optional(),
  assignedUserId: userIdSchema.optional(),
  teamId: text,
  territoryId: text,
  phone: text,
  email: text,
  currency: currencySchema.optional(),
  closedFrom: text,
  closedTo: text,
});

const personSchema = z.object({
  personId: personIdSchema,
  customerId: customerIdSchema,
  name: text,
  email: text,
  phone: text,
});

const itemSchema = z.object({
  itemId: itemIdSchema,
  name: text,
  baseUnit: text,
  replacedBy: itemIdSchema.optional(),
  discontinuedOn: daySchema.optional(),
});

type Keys = ReturnType<typeof keysOf>;

/** The record with what is stored of the fields that its input knows nothing of. */
function keeping<T extends object>(record: T, stored: T | undefined, keep: readonly string[]): T {
  if (stored === undefined || keep.length === 0) return record;
  return { ...record, ...Object.fromEntries(Object.entries(stored).filter(([name]) => keep.includes(name))) };
}

interface Replacing<T> {
  readonly keep: readonly string[];
  readonly note: NoteSaved<T> | undefined;
  readonly schema: z.ZodType<T>;
  readonly keyOf: (record: T) => Key;
  /** Attributes of an index, beside the record's own. */
  readonly extra?: (record: T) => Record<string, string>;
}

const outcomeOf = (stored: string | undefined, hash: string): SaveOutcome =>
  stored === undefined ? "created" : stored === hash ? "unchanged" : "changed";

/** Users, customers, persons and items: small records that are replaced whole when they differ. */
export class People {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  saveUsers(users: readonly User[], keep: readonly string[] = [], note?: NoteSaved<User>): Promise<SaveCounts> {
    return this.#replace(users, { keep, note, schema: userSchema, keyOf: (user) => this.#keys.user(user.userId) });
  }

  /** Customers are also listed by id, apart from their blocks. */
  saveCustomers(
    customers: readonly Customer[],
    keep: readonly string[] = [],
    note?: NoteSaved<Customer>,
  ): Promise<SaveCounts> {
    return this.#replace(customers, {
      keep,
      note,
      schema: customerSchema,
      keyOf: (one) => this.#keys.blockPart(one.customerId, { part: "profile" }),
      extra: (one) => ({ g1p: this.#keys.customers(), g1s: one.customerId }),
    });
  }

  /** Profiles by id, after one; a page of them. */
  async customersAfter(after: CustomerId | undefined, limit: number): Promise<Customer[]> {
    const found: Customer[] = [];
    for await (const item of this.#operations.query({
      IndexName: "gsi1",
      KeyConditionExpression: `g1p = :customers${after === undefined ? "" : " AND g1s > :after"}`,
      ExpressionAttributeValues: {
        ":customers": this.#keys.customers(),
        ...(after === undefined ? {} : { ":after": after }),
      },
      Limit: limit,
    })) {
      found.push(customerSchema.parse(item));
      if (found.length === limit) break;
    }
    return found;
  }

  /** Items with a substitute or an end are also listed apart: a night needs no others. */
  saveItems(items: readonly Item[], keep: readonly string[] = [], note?: NoteSaved<Item>): Promise<SaveCounts> {
    const ended = { g1p: this.#keys.endedItems() };
    return this.#replace(items, {
      keep,
      note,
      schema: itemSchema,
      keyOf: (item) => this.#keys.item(item.itemId),
      extra: (item) =>
        item.replacedBy === undefined && item.discontinuedOn === undefined ? {} : { ...ended, g1s: item.itemId },
    });
  }

  async #replace<T extends object>(
    records: readonly T[],
    { keep, note, schema, keyOf, extra = () => ({}) }: Replacing<T>,
  ): Promise<SaveCounts> {
    const tally = new SaveTally(note);
    const stored = await this.#operations.batchGet(records.map(keyOf));
    const known = new Map(stored.map((item) => [`${String(item["pk"])} ${String(item["sk"])}`, schema.parse(item)]));
    const before = new Map([...known].map(([key, record]) => [key, contentHash(record)]));
    const keyed = records.map((record) => {
      const key = keyOf(record);
      const hash = before.get(`${key.pk} ${key.sk}`);
      const kept = keeping(record, known.get(`${key.pk} ${key.sk}`), keep);
      return { key, record: kept, given: record, outcome: outcomeOf(hash, contentHash(kept)) };
    });
    const differing = keyed.filter(({ outcome }) => outcome !== "unchanged");
    await this.#operations.batchPut(differing.map(({ key, record }) => ({ ...key, ...record, ...extra(record) })));
    for (const { given, outcome } of keyed) tally.add(given, outcome);
    return tally.counts();
  }

  /** A person who changed company moves there. */
  async savePersons(
    given: readonly Person[],
    keep: readonly string[] = [],
    note?: NoteSaved<Person>,
  ): Promise<SaveCounts> {
    const tally = new SaveTally(note);
    const ids = await findDocumentIds(
      this.#operations,
      this.#keys,
      "person",
      given.map((person) => person.personId),
    );
    const persons = keep.length === 0 ? given : await this.#keepPersons(given, keep, ids);
    const wanted = persons.map((person, i) => ({
      person,
      told: given[i] ?? person,
      hash: contentHash(person),
      before: ids.get(person.personId),
    }));
    const differing = wanted.filter(({ hash, before }) => before?.hash !== hash);
    for (const { told, hash, before } of wanted) if (before?.hash === hash) tally.add(told, "unchanged");
    const groups = differing.map(({ person, told, hash, before }) => {
      const { personId: id, customerId } = person;
      const on = daySchema.parse("1970-01-01");
      const writes: NamelessWrite[] = [
        { Put: { Item: { ...this.#keys.person(customerId, id), ...person } } },
        claimDocumentId(this.#keys.documentId("person", id), { id, customerId, on, hash }, before),
      ];
      if (before !== undefined && before.customerId !== customerId)
        writes.push({ Delete: { Key: this.#keys.person(before.customerId, id) } });
      return { writes, shared: new Map<string, NamelessWrite>(), before, told, lane: shardOf(customerId) };
    });
    await runInLanes(
      groups,
      ({ lane }) => lane,
      async (pack) => {
        if (!(await this.#operations.transact(pack.writes)))
          throw new Error("persons are being written by someone else at the same time; run the import again");
        for (const { told, before } of pack.groups) tally.add(told, before === undefined ? "created" : "changed");
      },
    );
    return tally.counts();
  }

  async #keepPersons(
    persons: readonly Person[],
    keep: readonly string[],
    ids: ReadonlyMap<string, DocumentId>,
  ): Promise<Person[]> {
    const places = [...ids.values()].map(({ customerId, id }) =>
      this.#keys.person(customerId, personIdSchema.parse(id)),
    );
    const stored = (await this.#operations.batchGet(places)).map((item) => personSchema.parse(item));
    const known = new Map<string, Person>(stored.map((person) => [person.personId, person]));
    return persons.map((person) => keeping(person, known.get(person.personId), keep));
  }

  async users(): Promise<User[]> {
    const users: User[] = [];
    for await (const item of this.#operations.partition(this.#keys.users(), "", false))
      users.push(userSchema.parse(item));
    return users;
  }

  async personsOf(customerId: CustomerId): Promise<Person[]> {
    const persons: Person[] = [];
    for await (const item of this.#operations.partition(this.#keys.persons(customerId), "", false))
      persons.push(personSchema.parse(item));
    return persons;
  }

  async itemNames(itemIds: readonly ItemId[]): Promise<Map<ItemId, string>> {
    const items = await this.#operations.batchGet(
      [...new Set(itemIds)].map((itemId) => this.#keys.item(itemId)),
      false,
    );
    return new Map(items.map((item) => itemSchema.parse(item)).map((item) => [item.itemId, item.name ?? item.itemId]));
  }

  /** Items with a substitute or an end, by id. */
  async endedItems(): Promise<Map<ItemId, Item>> {
    const items = new Map<ItemId, Item>();
    for await (const item of this.#operations.query({
      IndexName: "gsi1",
      KeyConditionExpression: "g1p = :ended",
      ExpressionAttributeValues: { ":ended": this.#keys.endedItems() },
    })) {
      const parsed = itemSchema.parse(item);
      items.set(parsed.itemId, parsed);
    }
    return items;
  }

  async profiles(customerIds: readonly CustomerId[]): Promise<Map<CustomerId, Customer>> {
    const keys = customerIds.map((customerId) => this.#keys.blockPart(customerId, { part: "profile" }));
    const items = await this.#operations.batchGet(keys, false);
    return new Map(items.map((item) => customerSchema.parse(item)).map((customer) => [customer.customerId, customer]));
  }
}
