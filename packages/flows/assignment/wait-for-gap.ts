import type { PlanId } from "@regulars/core/platform/ids";
import type { PlanContext } from "../sales-context.ts";

/** How long a ticket that was taken may stay away before it is given up: its taker then takes a new one. */
const GAP_PATIENCE_MS = 1_000;
const GAP_LOOK_MS = 15;

/** Remembers since when a gap has been seen. */
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

/** A ticket that is taken and not there yet is waited for a little, then given up. */
export async function waitForGap(
  { store, world }: PlanContext,
  planId: PlanId,
  gap: readonly number[],
  watch: GapWatch,
): Promise<void> {
  if (watch.hasWaited(gap[0] ?? 0)) await Promise.all(gap.map((ticket) => store.voidTicket(planId, ticket)));
  else await world.wait(GAP_LOOK_MS);
}
