import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { TransactWrite } from "./operations.ts";

/** Writes that go into another save's transaction. */
export class StoreWrites implements CompanionWrites {
  readonly kind = "companion-writes";
  readonly writes: readonly TransactWrite[];

  constructor(writes: readonly TransactWrite[]) {
    this.writes = writes;
  }
}

/** A companion write's writes; none without one. */
export function writesOf(companion: CompanionWrites | undefined): readonly TransactWrite[] {
  if (companion === undefined) return [];
  if (companion instanceof StoreWrites) return companion.writes;
  throw new Error("companion writes that this store has not made");
}
