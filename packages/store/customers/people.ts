import { rowAs } from "@regulars/core/platform/unreadable-row";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import { type Customer, customerSchema } from "@regulars/core/customers/customer";
import type { ChangeStamp } from "@regulars/core/tenants/change-log";
import { type Item, itemSchema } from "@regulars/core/catalog/item";
import type { Person } from "@regulars/core/customers/person";
import { type User, userSchema } from "@regulars/core/access/user";
import type { NoteSaved, SaveCounts, SaveOutcome } from "@regulars/core/platform/save-counts";
import type { CustomerId, ItemId, UserId } from "@regulars/core/platform/values";
import { contentHash } from "../engine/content-hash.ts";
import type { CustomerDocuments } from "./customer-documents.ts";
import type { Key } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import { listedCustomer, listedItem } from "./name-search.ts";
import { markDirty } from "./document-ids.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import { pauseToReread } from "../engine/pause.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import { replacing } from "../engine/revision.ts";
import { writesOf } from "../engine/companion-writes.ts";
import { changeWrites } from "../tenants/change-log.ts";
import { saveOutcomeOf, replaceRecords } from "../engine/replace-records.ts";

const PUTS_AT_ONCE = 25;
const MAX_ROUNDS = 12;

const nameOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;

/** Further writes of the transaction that changes a user. */
type UserChanged = (userId: UserId) => readonly TransactWrite[];

interface SavedUser {
  readonly user: User;
  readonly outcome: SaveOutcome;
  readonly before: User | undefined;
  readonly stamp: ChangeStamp | undefined;
}

/** Users, customers, persons and items: small records that are replaced whole when they differ. */
export class People {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #persons: CustomerDocuments<Person>;
  readonly #onChanged: UserChanged;

  constructor(operations: Operations, keys: Keys, persons: CustomerDocuments<Person>, onChanged: UserChanged) {
    this.#operations = operations;
    this.#keys = keys;
    this.#persons = persons;
    this.#onChanged = onChanged;
  }

  /** With a stamp, each user who is new or changed has an entry in the log of users. */
  saveUsers(
    users: readonly User[],
    keep: readonly string[] = [],
    note?: NoteSaved<User>,
    stamp?: ChangeStamp,
  ): Promise<SaveCounts> {
    return replaceRecords(this.#operations, users, {
      name: "users",
      keep,
      note,
      schema: userSchema,
      keyOf: (user) => this.#keys.user(user.userId),
      further: (user, outcome, before) => this.#further({ user, outcome, before, stamp }),
    });
  }

  /** Replaces all data of one user, together with the entry of the log and the companion writes for the outcome. */
  async saveUser(user: User, companionOf: CompanionWritesOf<SaveOutcome>, stamp: ChangeStamp): Promise<SaveOutcome> {
    const key = this.#keys.user(user.userId);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (round > 0) await pauseToReread(round);
      const item = await this.#operations.get(key);
      const before = item && rowAs(userSchema, item);
      const outcome = saveOutcomeOf(before && contentHash(before), contentHash(user));
      if (outcome === "unchanged") return outcome;
      const write = { Put: replacing({ ...key, ...user }, item) };
      const further = this.#further({ user, outcome, before, stamp });
      const writes = [write, ...further, ...writesOf(companionOf(outcome))];
      if (await this.#operations.transact(writes)) return outcome;
    }
    throw new ContentionError(`user ${user.userId} keeps being changed by other writers: try again`);
  }

  #further({ user, outcome, before, stamp }: SavedUser): readonly TransactWrite[] {
    const { userId, ...fields } = user;
    const { userId: of = userId, ...stored }: Partial<User> = before ?? {};
    return [
      ...(outcome === "changed" ? this.#onChanged(userId) : []),
      ...changeWrites(this.#keys, stored, fields, { log: "users", of, stamp }),
    ];
  }

  async user(userId: UserId): Promise<User | undefined> {
    const item = await this.#operations.get(this.#keys.user(userId));
    return item === undefined ? undefined : rowAs(userSchema, item);
  }

  /** Customers are also listed by id, by rep and by name, in indexes. */
  saveCustomers(
    customers: readonly Customer[],
    keep: readonly string[] = [],
    note?: NoteSaved<Customer>,
  ): Promise<SaveCounts> {
    return replaceRecords(this.#operations, customers, {
      name: "customers",
      keep,
      note,
      schema: customerSchema,
      keyOf: (one) => this.#keys.snapshotPart(one.customerId, { part: "profile" }),
      extra: ({ customerId, repId, assignedUserId }) => ({
        g1p: this.#keys.customers(),
        g1s: customerId,
        g2p: this.#keys.repCustomers(repId ?? assignedUserId),
        g2s: customerId,
      }),
      further: (customer, outcome) => [
        ...listedCustomer(this.#keys, customer, outcome),
        ...(outcome === "changed" ? [markDirty(this.#keys.changedProfile(customer.customerId))] : []),
      ],
    });
  }

  /** Those whose profiles have changed since what is made of them was made. */
  async changedOf(customerIds: readonly CustomerId[]): Promise<CustomerId[]> {
    const marks = new Map(customerIds.map((id) => [nameOf(this.#keys.changedProfile(id)), id]));
    const found = await this.#operations.batchGet(customerIds.map((id) => this.#keys.changedProfile(id)));
    return found.flatMap(({ pk, sk }) => marks.get(nameOf({ pk: String(pk), sk: String(sk) })) ?? []);
  }

  /** Gives customers without a profile one with their id only, so that every buyer is listed. */
  async ensureCustomers(customerIds: readonly CustomerId[]): Promise<void> {
    const wanted = [...new Set(customerIds)];
    const known = await this.profiles(wanted);
    const missing = wanted.filter((customerId) => !known.has(customerId));
    for (let i = 0; i < missing.length; i += PUTS_AT_ONCE)
      await Promise.all(
        missing
          .slice(i, i + PUTS_AT_ONCE)
          .map((customerId) => this.#operations.put(this.#emptyProfile(customerId), mustBeNew)),
      );
  }

  /** The write of a customer of whom only the id is known, and nothing is stored. */
  newCustomer(customerId: CustomerId): TransactWrite {
    return { Put: { Item: this.#emptyProfile(customerId), ...mustBeNew } };
  }

  #emptyProfile(customerId: CustomerId) {
    const key = this.#keys.snapshotPart(customerId, { part: "profile" });
    return { ...key, customerId, g1p: this.#keys.customers(), g1s: customerId };
  }

  /** A page of profiles in id order, starting after an id; a customer of the last second may be missing. */
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
      found.push(rowAs(customerSchema, item));
      if (found.length === limit) break;
    }
    return found;
  }

  /**
   * Items are listed by name in an index. Those with a substitute, an end or a time out of stock are also listed in
   * another: a nightly run needs no others.
   */
  saveItems(items: readonly Item[], keep: readonly string[] = [], note?: NoteSaved<Item>): Promise<SaveCounts> {
    const ended = { g1p: this.#keys.endedItems() };
    return replaceRecords(this.#operations, items, {
      name: "items",
      keep,
      note,
      schema: itemSchema,
      keyOf: (item) => this.#keys.item(item.itemId),
      extra: (item) => ({
        ...listedItem(this.#keys, item),
        ...([item.replacedBy, item.discontinuedOn, item.outOfStockFrom].every((one) => one === undefined)
          ? {}
          : { ...ended, g1s: item.itemId }),
      }),
    });
  }

  async users(): Promise<User[]> {
    const users: User[] = [];
    for await (const item of this.#operations.partition(this.#keys.users(), "", false))
      users.push(rowAs(userSchema, item));
    return users;
  }

  async personsOf(customerId: CustomerId): Promise<Person[]> {
    const persons: Person[] = [];
    for await (const person of this.#persons.of(customerId, {}, false)) persons.push(person);
    return persons;
  }

  async itemNames(itemIds: readonly ItemId[]): Promise<Map<ItemId, string>> {
    const items = await this.#operations.batchGet(
      [...new Set(itemIds)].map((itemId) => this.#keys.item(itemId)),
      false,
    );
    return new Map(items.map((item) => rowAs(itemSchema, item)).map((item) => [item.itemId, item.name ?? item.itemId]));
  }

  /**
   * Items with a substitute or an end, by id. One that was imported in the last second may be as it was: nightly runs
   * begin five seconds after they were asked for, and the next one sees it anyway.
   */
  async endedItems(): Promise<Map<ItemId, Item>> {
    const items = new Map<ItemId, Item>();
    for await (const item of this.#operations.query({
      IndexName: "gsi1",
      KeyConditionExpression: "g1p = :ended",
      ExpressionAttributeValues: { ":ended": this.#keys.endedItems() },
    })) {
      const parsed = rowAs(itemSchema, item);
      items.set(parsed.itemId, parsed);
    }
    return items;
  }

  /**
   * The customers of a user: those that name the user as rep, or have no rep and are assigned to the user. Without a
   * user: those that belong to no user. What changed in the last second may be missing.
   */
  async *customersOf(userId: UserId | undefined): AsyncGenerator<Customer> {
    for await (const item of this.#operations.query({
      IndexName: "gsi2",
      KeyConditionExpression: "g2p = :rep",
      ExpressionAttributeValues: { ":rep": this.#keys.repCustomers(userId) },
    }))
      yield rowAs(customerSchema, item);
  }

  async profiles(customerIds: readonly CustomerId[], consistent = false): Promise<Map<CustomerId, Customer>> {
    const keys = customerIds.map((customerId) => this.#keys.snapshotPart(customerId, { part: "profile" }));
    const items = await this.#operations.batchGet(keys, consistent);
    return new Map(items.map((item) => rowAs(customerSchema, item)).map((customer) => [customer.customerId, customer]));
  }
}
