import { keyOfId } from "@regulars/core/platform/id-text";
import type { ItemId } from "@regulars/core/platform/values";
import type { FamilyFates, Key, InFamily } from "../engine/key.ts";

export const catalogKeys = (inFamily: InFamily) => ({
  items: (): string => inFamily("I"),
  item: (itemId: ItemId): Key => ({ pk: inFamily("I"), sk: keyOfId(itemId) }),
  /** GSI1: items that have a substitute, an end or a time out of stock, the only ones a nightly run needs. */
  endedItems: (): string => inFamily("ENDED"),
  /** GSI2: items by the search form of their names. */
  namedItems: (): string => inFamily("INAMES"),
  links: (): string => inFamily("LINK"),
  link: (itemId: ItemId, linkedItemId: ItemId): Key => ({
    pk: inFamily("LINK"),
    sk: `${keyOfId(itemId)}#${keyOfId(linkedItemId)}`,
  }),
  itemNumbers: (): string => inFamily("N"),
  itemNumberChunk: (page: number): Key => ({ pk: inFamily("N"), sk: String(page).padStart(6, "0") }),
});

export const catalogFates = { N: "kept", I: "kept", LINK: "kept" } as const satisfies FamilyFates;
