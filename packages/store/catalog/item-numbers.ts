import { rowAs } from "@regulars/core/platform/unreadable-row";
import * as z from "zod";
import { type ItemId, itemIdSchema } from "@regulars/core/platform/values";
import type { LineKind, OrderLine } from "@regulars/core/orders/order";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { type Heads, KeptReads, noHeads } from "../tenants/heads.ts";

/** What an item number means: an item, whether it is goods, and its price when it got the number. */
interface NumberedItem {
  readonly itemId: ItemId;
  readonly kind: LineKind;
  readonly unitPriceMinor: number | undefined;
}

const PAGE = 256;
const NO_PRICE = -1;

const pageSchema = z.object({
  sk: z.string(),
  items: z.array(itemIdSchema),
  charges: z.array(z.int()).default([]),
  prices: z.array(z.number()),
});

type StoredPage = z.output<typeof pageSchema>;

/** What a process keeps for requests that only read; of few tenants, because an assortment may be large. */
const kept = new KeptReads<readonly StoredPage[]>("catalog", 50);

/**
 * The tenant's item numbers, which history chunks contain instead of item ids. Numbers are assigned in the order in
 * which items first occur, and never change; stored chunks of numbers are only appended to.
 */
export class ItemNumbers {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #heads: Heads;
  readonly #items: NumberedItem[] = [];
  readonly #numbers = new Map<string, number>();
  /** By number; NaN without a price: asked for each line of all histories. */
  #prices = new Float64Array(PAGE).fill(Number.NaN);
  #firstUnknown = 0;
  #loading: Promise<void> | undefined;
  #interning: Promise<void> = Promise.resolve();

  constructor(operations: Operations, keys: Keys, heads = noHeads) {
    this.#operations = operations;
    this.#keys = keys;
    this.#heads = heads;
  }

  /** Reads all numbers once. Use `reload` when a chunk contains a number that another process has assigned since. */
  load(): Promise<void> {
    this.#loading ??= kept
      .read(this.#heads, () => this.#stored())
      .then((pages) => this.#noteAll(pages))
      .catch((error: unknown) => {
        this.#loading = undefined;
        throw error;
      });
    return this.#loading;
  }

  async reload(): Promise<void> {
    this.#noteAll(await this.#stored());
  }

  async #stored(): Promise<readonly StoredPage[]> {
    const pages: StoredPage[] = [];
    for await (const stored of this.#operations.partition(this.#keys.itemNumbers()))
      pages.push(rowAs(pageSchema, stored));
    return pages;
  }

  #noteAll(pages: readonly StoredPage[]): void {
    for (const chunk of pages) {
      const charges = new Set(chunk.charges);
      chunk.items.forEach((itemId, i) => {
        const price = chunk.prices[i] ?? NO_PRICE;
        this.#note(Number(chunk.sk) * PAGE + i, {
          itemId,
          kind: charges.has(i) ? "charge" : "goods",
          unitPriceMinor: price === NO_PRICE ? undefined : price,
        });
      });
    }
  }

  #note(number: number, item: NumberedItem): void {
    this.#items[number] = item;
    this.#numbers.set(nameOf(item), number);
    if (number >= this.#prices.length) {
      const larger = new Float64Array(number * 2).fill(Number.NaN);
      larger.set(this.#prices);
      this.#prices = larger;
    }
    this.#prices[number] = item.unitPriceMinor ?? Number.NaN;
    while (this.#items[this.#firstUnknown] !== undefined) this.#firstUnknown += 1;
  }

  /** Every number below this one has an item. */
  get firstUnknown(): number {
    return this.#firstUnknown;
  }

  get count(): number {
    return this.#items.length;
  }

  at(number: number): NumberedItem | undefined {
    return this.#items[number];
  }

  readonly unitPriceOf = (number: number): number | undefined => {
    const price = this.#prices[number] ?? Number.NaN;
    return Number.isNaN(price) ? undefined : price;
  };

  /** Whether the item has a number, as goods or as a charge. */
  has(itemId: ItemId): boolean {
    return (
      this.#numbers.has(nameOf({ itemId, kind: "goods" })) || this.#numbers.has(nameOf({ itemId, kind: "charge" }))
    );
  }

  /** The item number of the line. Throws if the item has none. */
  numberOf(line: Pick<OrderLine, "itemId" | "kind">): number {
    const number = this.#numbers.get(nameOf(line));
    if (number === undefined) throw new Error(`item ${line.itemId} has no number yet`);
    return number;
  }

  /** Assigns numbers to the items of these lines that have none, in line order, and stores them. */
  intern(lines: Iterable<OrderLine>): Promise<void> {
    const wanted = [...lines];
    const interned = this.#interning.then(() => this.#intern(wanted));
    this.#interning = interned.catch(() => undefined);
    return interned;
  }

  async #intern(lines: readonly OrderLine[]): Promise<void> {
    await this.load();
    for (;;) {
      const fresh = new Map<string, NumberedItem>();
      for (const line of lines)
        if (!this.#numbers.has(nameOf(line)) && !fresh.has(nameOf(line)))
          fresh.set(nameOf(line), { itemId: line.itemId, kind: line.kind, unitPriceMinor: unitPrice(line) });
      if (fresh.size === 0) return;
      if (!(await this.#append([...fresh.values()]))) await this.reload();
    }
  }

  /** Fills the last stored chunk, then new ones; `false` if another process was faster. */
  async #append(items: readonly NumberedItem[]): Promise<boolean> {
    for (let from = 0; from < items.length;) {
      const start = this.#items.length;
      const chunk = Math.floor(start / PAGE);
      const held = this.#items.slice(chunk * PAGE);
      const added = items.slice(from, from + PAGE - held.length);
      const written = await this.#operations.put(
        { ...this.#keys.itemNumberChunk(chunk), ...pageOf([...held, ...added]) },
        held.length === 0
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : {
              ConditionExpression: "size(#items) = :held",
              ExpressionAttributeNames: { "#items": "items" },
              ExpressionAttributeValues: { ":held": held.length },
            },
      );
      if (!written) return false;
      added.forEach((item, i) => this.#note(start + i, item));
      from += added.length;
    }
    return true;
  }
}

const nameOf = ({ itemId, kind }: Pick<NumberedItem, "itemId" | "kind">): string => `${kind}#${itemId}`;

function pageOf(items: readonly NumberedItem[]) {
  return {
    items: items.map((item) => item.itemId),
    charges: items.flatMap((item, i) => (item.kind === "charge" ? [i] : [])),
    prices: items.map((item) => item.unitPriceMinor ?? NO_PRICE),
  };
}

/** A line's unit price, if it is a whole number of minor units. */
function unitPrice({ quantity, netMinor }: OrderLine): number | undefined {
  if (netMinor === undefined || quantity === 0) return undefined;
  const price = netMinor / quantity;
  return Number.isSafeInteger(price) && price > 0 ? price : undefined;
}
