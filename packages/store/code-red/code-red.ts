import { rowAs } from "@regulars/core/platform/unreadable-row";
import { createHash } from "node:crypto";
import type { CodeRedStore } from "@regulars/core/code-red/code-red-store";
import { onePerPair } from "@regulars/core/catalog/item-link";
import { type IgnoreStamp, ignoreStampSchema, targetKey } from "@regulars/core/code-red/ignore";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { CustomerId, Day } from "@regulars/core/platform/values";
import type { ItemLinks } from "../catalog/item-links.ts";
import { writesOf } from "../engine/companion-writes.ts";
import type { Operations } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";
import type { Orders } from "../orders/orders.ts";
import { openLinks } from "./open-links.ts";
import { ignoresPrefix } from "./keys.ts";

/** Stamps of ignored rows, one item each. */
class Ignores {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  all(): Promise<IgnoreStamp[]> {
    return this.#read(this.#keys.ignores());
  }

  ofCustomer(customerId: CustomerId): Promise<IgnoreStamp[]> {
    return this.#read(this.#keys.ignores(), ignoresPrefix(customerId));
  }

  /** The same stamp twice is stored once. */
  async add(stamp: IgnoreStamp, companion?: CompanionWrites): Promise<void> {
    const unique = createHash("sha256").update(targetKey(stamp.target)).digest("hex").slice(0, 12);
    const Item = { ...this.#keys.ignore(stamp.customerId, stamp.at, unique), ...stamp };
    if (!(await this.#operations.transact([{ Put: { Item } }, ...writesOf(companion)])))
      throw new ContentionError(`another request ignores the same row of ${stamp.customerId}: try again`);
  }

  async #read(pk: string, prefix = ""): Promise<IgnoreStamp[]> {
    const stamps: IgnoreStamp[] = [];
    for await (const item of this.#operations.partition(pk, prefix)) stamps.push(rowAs(ignoreStampSchema, item));
    return stamps;
  }
}

interface Sources {
  readonly links: ItemLinks;
  readonly orders: Pick<Orders, "lastQuoteOf">;
}

/** What Code Red stores of a tenant, and its links. */
export const codeRedStores = (operations: Operations, keys: Keys, sources: Sources) => ({
  codeRed: openCodeRed(operations, keys, sources),
  links: openLinks(operations, keys, sources.links),
});

function openCodeRed(operations: Operations, keys: Keys, { links, orders }: Sources): CodeRedStore {
  const ignores = new Ignores(operations, keys);
  return {
    ignores: () => ignores.all(),
    ignoresOf: (customerId) => ignores.ofCustomer(customerId),
    addIgnore: (stamp, companion) => ignores.add(stamp, companion),
    links: async () => onePerPair(await links.list()),
    lastQuoteOf: (customerId: CustomerId, from: Day, to: Day) => orders.lastQuoteOf(customerId, from, to),
  };
}
