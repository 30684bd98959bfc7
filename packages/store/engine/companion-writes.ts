import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { TransactWrite } from "./transact-write.ts";

/** Writes that are added to the transaction of another save. */
export class StoreWrites implements CompanionWrites {
  readonly kind = "companion-writes";
  readonly #made: readonly TransactWrite[] | (() => readonly TransactWrite[]);

  /** Those that are known only when the transaction is made, as a function. */
  constructor(writes: readonly TransactWrite[] | (() => readonly TransactWrite[])) {
    this.#made = writes;
  }

  get writes(): readonly TransactWrite[] {
    return typeof this.#made === "function" ? this.#made() : this.#made;
  }
}

/** The writes of a companion; empty without one. */
export function writesOf(companion: CompanionWrites | undefined): readonly TransactWrite[] {
  if (companion === undefined) return [];
  if (companion instanceof StoreWrites) return companion.writes;
  throw new Error("these companion writes were not made by this store");
}
