import { rowAs } from "@regulars/core/platform/unreadable-row";
import { type Item, itemSchema } from "@regulars/core/catalog/item";
import type { Customer } from "@regulars/core/customers/customer";
import { type Person, personSchema } from "@regulars/core/customers/person";
import { keyOfId } from "@regulars/core/platform/id-text";
import { formerSearchForm, lastWordFirst, searchForm } from "@regulars/core/platform/search-form";
import type { SaveOutcome } from "@regulars/core/platform/save-counts";
import { type CustomerId, customerIdSchema } from "@regulars/core/platform/values";
import type { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { Keys } from "../keys.ts";

/** Most names of a kind that are read to look inside them; beyond these, names are found by how they begin. */
const MOST_READ = 2_000;

/** The row by which a customer is listed by name: their own has both indexes in use. */
export function listedCustomer(
  keys: Keys,
  { customerId, name = "" }: Customer,
  outcome: SaveOutcome,
): readonly TransactWrite[] {
  const key = keys.customerName(customerId);
  const form = searchForm(name);
  if (form !== "") return [{ Put: { Item: { ...key, customerId, g1p: keys.customerNames(), g1s: form } } }];
  return outcome === "changed" ? [{ Delete: { Key: key } }] : [];
}

/** Where a person is listed by name: by the whole of it, and by its last word. */
export function listedPerson(keys: Keys, { name = "" }: Person): Readonly<Record<string, string>> {
  const form = searchForm(name);
  if (form === "") return {};
  return { g1p: keys.personNames(), g1s: form, g2p: keys.personLastNames(), g2s: lastWordFirst(name) };
}

/** Where an item is listed by name. */
export function listedItem(keys: Keys, { name = "" }: Item): Readonly<Record<string, string>> {
  const form = searchForm(name);
  return form === "" ? {} : { g2p: keys.namedItems(), g2s: form };
}

/** Is called when there are names that a search has not looked inside. */
type OnLeft = () => void;

/**
 * Finds customers, persons and items by their names, with reads that do not grow with the tenant. Of more than 2,000
 * names of a kind, the others are found by how they begin.
 */
export class NameSearch {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  /** Ids of customers whose id or name begins with a text; then of those that have it in their name. */
  async *customers(text: string, onLeft?: OnLeft): AsyncGenerator<CustomerId> {
    const { customers, customerNames } = this.#keys;
    const seen = new Set<string>();
    const lists = [
      this.#beginning(1, customerNames(), text),
      this.#beginningAs(1, customers(), text),
      this.#having(1, customerNames(), text, onLeft),
    ];
    for (const list of lists)
      for await (const { customerId } of list) {
        const id = customerIdSchema.parse(customerId);
        if (!seen.has(id)) yield id;
        seen.add(id);
      }
  }

  /** Persons whose name, or its last word, begins with a text; then those that have it inside. */
  async *persons(text: string, onLeft?: OnLeft): AsyncGenerator<Person> {
    const { personNames, personLastNames } = this.#keys;
    const seen = new Set<string>();
    const lists = [
      this.#beginning(1, personNames(), text),
      this.#beginning(2, personLastNames(), text),
      this.#having(1, personNames(), text, onLeft),
    ];
    for (const list of lists)
      for await (const one of list) {
        const person = rowAs(personSchema, one);
        if (!seen.has(person.personId)) yield person;
        seen.add(person.personId);
      }
  }

  /** Items whose id or name begins with a text; then those that have it in their name. */
  async *items(text: string, onLeft?: OnLeft): AsyncGenerator<Item> {
    const names = this.#keys.namedItems();
    const seen = new Set<string>();
    const lists = [this.#ofIds(text), this.#beginning(2, names, text), this.#having(2, names, text, onLeft)];
    for (const list of lists)
      for await (const one of list) {
        const item = rowAs(itemSchema, one);
        if (!seen.has(item.itemId)) yield item;
        seen.add(item.itemId);
      }
  }

  #ofIds(start: string): AsyncGenerator<StoredItem> {
    return this.#operations.query({
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :start)",
      ExpressionAttributeValues: { ":pk": this.#keys.items(), ":start": keyOfId(start) },
      Limit: 100,
    });
  }

  /** Names that begin with a text, also those that an earlier version stored. */
  async *#beginning(index: 1 | 2, list: string, text: string): AsyncGenerator<StoredItem> {
    for (const start of new Set([searchForm(text), formerSearchForm(text)]))
      yield* this.#beginningAs(index, list, start);
  }

  async *#beginningAs(index: 1 | 2, list: string, start: string): AsyncGenerator<StoredItem> {
    if (start === "") return;
    yield* this.#operations.query({
      IndexName: `gsi${index}`,
      KeyConditionExpression: `g${index}p = :list AND begins_with(g${index}s, :start)`,
      ExpressionAttributeValues: { ":list": list, ":start": start },
      Limit: 100,
    });
  }

  async *#having(index: 1 | 2, list: string, text: string, onLeft?: OnLeft): AsyncGenerator<StoredItem> {
    const part = searchForm(text);
    if (part === "") return;
    let read = 0;
    for await (const one of this.#operations.query({
      IndexName: `gsi${index}`,
      KeyConditionExpression: `g${index}p = :list`,
      ExpressionAttributeValues: { ":list": list },
      Limit: 500,
    })) {
      if (searchForm(String(one[`g${index}s`])).includes(part)) yield one;
      read += 1;
      if (read === MOST_READ) return onLeft?.();
    }
  }
}
