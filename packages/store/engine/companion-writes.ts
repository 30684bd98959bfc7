import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { TransactWrite } from "./operations.ts";

/** Writes that are added to the transaction of another save. */
export class StoreWrites implements CompanionWrites {
  readonly kind = "companion-writes";
  readonly writes: readonly TransactWrite[];

  constructor(writes: readonly TransactWrite[]) {
    this.writes = writes;
  }
}

/** The writes of a companion; empty without one. */
export function writesOf(companion: CompanionWrites | undefined): readonly TransactWrite[] {
  if (companion === undefined) return [];
  if (companion instanceof StoreWrites) return companion.writes;
  throw new Error("these companion writes were not made by this store");
}
