import { CrowdedError } from "@regulars/core/platform/contention-error";

/** Most leads of one plan that one process works on at the same time; more are asked to come again. */
const MOST_INSIDE = 500;
/** Weight of the last lead in the mean time between two leads. */
const NEWEST = 0.1;
const LONGEST_WAIT_SECONDS = 60;

/** Lets a bounded number of leads in, so that nobody waits longer than they would by coming again. */
export class LeadGate {
  readonly #most: number;
  #inside = 0;
  #betweenMs = 0;
  #lastMs: number | undefined;

  constructor(most = MOST_INSIDE) {
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#inside === 0;
  }

  /** `elapsed` is in ms. Throws a `CrowdedError` that says when those inside will be done. */
  async pass<T>(elapsed: () => number, work: () => Promise<T>): Promise<T> {
    if (this.#inside >= this.#most) {
      const seconds = Math.ceil((this.#inside * this.#betweenMs) / 1_000);
      const wait = Math.min(Math.max(seconds, 1), LONGEST_WAIT_SECONDS);
      throw new CrowdedError(`${this.#inside} leads of this plan wait already: send the lead again in ${wait} s`, wait);
    }
    // After a pause the time since the last lead says nothing.
    if (this.#inside === 0) this.#lastMs = elapsed();
    this.#inside += 1;
    try {
      return await work();
    } finally {
      this.#inside -= 1;
      const now = elapsed();
      if (this.#lastMs !== undefined) this.#betweenMs += NEWEST * (now - this.#lastMs - this.#betweenMs);
      this.#lastMs = now;
    }
  }
}
