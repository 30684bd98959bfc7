import { type ItemLink, itemLinkSchema } from "@regulars/core/catalog/item-link";
import type { NoteSaved, SaveCounts } from "@regulars/core/platform/save-counts";

import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { replaceRecords } from "../engine/replace-records.ts";

/** Links between items, one for each pair and direction. */
export class ItemLinks {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  save(links: readonly ItemLink[], note?: NoteSaved<ItemLink>): Promise<SaveCounts> {
    const keyOf = ({ itemId, linkedItemId }: ItemLink) => this.#keys.link(itemId, linkedItemId);
    return replaceRecords(this.#operations, links, {
      name: "links between items",
      note,
      schema: itemLinkSchema,
      keyOf,
    });
  }

  /** All links of the tenant, by item and linked item. */
  async list(): Promise<ItemLink[]> {
    const links: ItemLink[] = [];
    for await (const item of this.#operations.partition(this.#keys.links())) links.push(itemLinkSchema.parse(item));
    return links;
  }
}
