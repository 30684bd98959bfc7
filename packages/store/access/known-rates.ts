import { LRUCache } from "lru-cache";
import type { Table } from "../engine/table.ts";

/** A bucket as this process knows it. */
export interface KnownRate {
  /** When it is full again by what was used. */
  readonly usedMs: number;
  /** When it is full again by its row. The time between is taken, and only this process may use it. */
  readonly takenMs: number;
  /** Until when others count as users of the bucket too. */
  readonly sharedUntilMs: number;
}

const UNKNOWN: KnownRate = { usedMs: 0, takenMs: 0, sharedUntilMs: 0 };

/** The buckets of a table's actors that a process knows, and which of them it is writing. */
class KnownOfTable {
  readonly #rates: LRUCache<string, KnownRate>;
  readonly #busy = new Map<string, Promise<unknown>>();

  constructor(max: number) {
    this.#rates = new LRUCache({ max });
  }

  get(pk: string): KnownRate {
    return this.#rates.get(pk) ?? UNKNOWN;
  }

  set(pk: string, rate: KnownRate): void {
    this.#rates.set(pk, rate);
  }

  /** Resolves when no work on a bucket is under way. */
  async untilIdle(pk: string): Promise<void> {
    for (let busy = this.#busy.get(pk); busy !== undefined; busy = this.#busy.get(pk)) await busy;
  }

  /** Does a piece of work on a bucket when no other is under way. */
  async oneByOne<T>(pk: string, work: () => Promise<T>): Promise<T> {
    for (let busy = this.#busy.get(pk); busy !== undefined; busy = this.#busy.get(pk)) await busy;
    const done = Promise.withResolvers<undefined>();
    this.#busy.set(pk, done.promise);
    try {
      return await work();
    } finally {
      this.#busy.delete(pk);
      done.resolve(undefined);
    }
  }
}

/** What a process knows of the buckets of each table. */
export class KnownRates {
  readonly #ofTables = new WeakMap<Table, KnownOfTable>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  of(table: Table): KnownOfTable {
    const known = this.#ofTables.get(table) ?? new KnownOfTable(this.#max);
    this.#ofTables.set(table, known);
    return known;
  }
}
