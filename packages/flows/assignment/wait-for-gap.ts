import type { PlanId } from "@regulars/core/platform/ids";
import type { SalesContext } from "../sales-context.ts";

/** How long a taken sequence number may be missing before it is voided, ms; its lead then takes a new one. */
const GAP_PATIENCE_MS = 1_000;
const GAP_POLL_MS = 15;

/** Records since when a gap has been seen. */
export class GapWatch {
  readonly #elapsed: () => number;
  #first = -1;
  #since = 0;

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  hasWaited(first: number): boolean {
    if (first !== this.#first) {
      this.#first = first;
      this.#since = this.#elapsed();
    }
    return this.#elapsed() - this.#since >= GAP_PATIENCE_MS;
  }
}

/** Waits a little for sequence numbers that are taken but not stored yet, then voids them. */
export async function waitForGap(
  { store, effects }: SalesContext,
  planId: PlanId,
  gap: readonly number[],
  watch: GapWatch,
): Promise<void> {
  if (watch.hasWaited(gap[0] ?? 0))
    await Promise.all(gap.map((sequence) => store.assignment.voidSequence(planId, sequence)));
  else await effects.wait(GAP_POLL_MS);
}
