import type { Item } from "@regulars/core/catalog/item";
import type { ItemLink } from "@regulars/core/catalog/item-link";
import type { ItemInfo } from "@regulars/core/snapshots/history";
import type { ItemId, PersonId } from "@regulars/core/platform/values";
import type { ItemNumbers } from "../catalog/item-numbers.ts";
import { CorruptChunkError } from "../engine/bytes.ts";

/** What is read of the items once for a run. */
export interface Catalog {
  readonly links: readonly ItemLink[];
  /** Who is stored as a person and is none: activities with them are no contacts. */
  readonly nonPersons: ReadonlySet<PersonId>;
  /** Persons who opted out: their activities name nobody. */
  readonly outPersons: ReadonlySet<string>;
  /** What is known of an item, by its number: made once for all customers, asked for each line. */
  readonly itemOf: (number: number) => ItemInfo;
}

/** What a catalog is read from. */
export interface CatalogParts {
  readonly numbers: ItemNumbers;
  readonly endedItems: () => Promise<ReadonlyMap<ItemId, Item>>;
  readonly links: () => Promise<readonly ItemLink[]>;
  readonly nonPersons: () => Promise<ReadonlySet<PersonId>>;
  readonly outPersons: () => Promise<ReadonlySet<string>>;
}

export async function readCatalog(parts: CatalogParts): Promise<Catalog> {
  const { numbers } = parts;
  const [ended, links, nonPersons, outPersons] = await Promise.all([
    parts.endedItems(),
    parts.links(),
    parts.nonPersons(),
    parts.outPersons(),
  ]);
  const cards: (ItemInfo | undefined)[] = [];
  const made = (number: number): ItemInfo => {
    const card = infoOf(number, numbers, ended);
    // An array with holes is slow to read, and this one is read for each line.
    while (cards.length < numbers.count) cards.push(undefined);
    cards[number] = card;
    return card;
  };
  return { links, nonPersons, outPersons, itemOf: (number) => cards[number] ?? made(number) };
}

function infoOf(number: number, numbers: ItemNumbers, ended: ReadonlyMap<ItemId, Item>): ItemInfo {
  const numbered = numbers.at(number);
  if (numbered === undefined) throw new CorruptChunkError(`item number ${number} belongs to no item`);
  const item = ended.get(numbered.itemId);
  return {
    itemId: numbered.itemId,
    isGoods: numbered.kind === "goods",
    replacedBy: item?.replacedBy,
    discontinuedOn: item?.discontinuedOn,
    outOfStockFrom: item?.outOfStockFrom,
    outOfStockTo: item?.outOfStockTo,
  };
}
