import type { Receipt } from "@regulars/core/platform/idempotency";
import type { NamelessWrite } from "./operations.ts";

/** Writes that go into another save's transaction. */
export class WrittenReceipt implements Receipt {
  readonly kind = "receipt";
  readonly writes: readonly NamelessWrite[];

  constructor(writes: readonly NamelessWrite[]) {
    this.writes = writes;
  }
}

/** A receipt's writes; none without one. */
export function writesOf(receipt: Receipt | undefined): readonly NamelessWrite[] {
  if (receipt === undefined) return [];
  if (receipt instanceof WrittenReceipt) return receipt.writes;
  throw new Error("a receipt that this store has not made");
}
