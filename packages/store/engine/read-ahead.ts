import type { Key } from "./key.ts";
import type { StoredItem } from "./own-write.ts";

/** Items that were read together: the keys that were asked for, and what there is of them. */
export interface Ahead {
  readonly keys: readonly Key[];
  readonly items: readonly StoredItem[];
}

/** Items that were read before they are asked for, by their keys. Each is given once. */
export class ReadAhead {
  readonly #items = new Map<string, StoredItem | undefined>();

  /** Where a key has no item, that too is known. */
  keep({ keys, items }: Ahead): void {
    const found = new Map(items.map((item) => [nameOf(item), item]));
    for (const key of keys) this.#items.set(nameOf({ ...key }), found.get(nameOf({ ...key })));
  }

  /** What is known of a key; `undefined` when nothing is. */
  take(key: Key): { readonly item: StoredItem | undefined } | undefined {
    const name = nameOf({ ...key });
    if (!this.#items.has(name)) return undefined;
    const item = this.#items.get(name);
    this.#items.delete(name);
    return { item };
  }
}

const nameOf = ({ pk, sk }: Readonly<Record<string, unknown>>): string => `${String(pk)} ${String(sk)}`;
