/** How long a caller waits first who knows nothing, ms. */
const FIRST_MS = 25;
const SHORTEST_MS = 15;
const LONGEST_MS = 1_000;
/** Without progress each wait is this many times longer, so that many callers do not overload the store. */
const LONGER = 1.5;

/**
 * How long a caller waits before looking again whether its lead is assigned. First as long as an assignment run needs
 * for a read and a commit, told by the lead's own write; then until its turn, told by how far the runs came since.
 */
export class PollPace {
  readonly #sequence: number | undefined;
  /** No lead is assigned sooner than a run takes. */
  readonly #shortestMs: number;
  #waitMs: number;
  #seen: { readonly lastSequence: number; readonly at: number } | undefined;

  /** `writeMs`: how long the lead's own write took. */
  constructor(sequence: number | undefined, writeMs: number | undefined) {
    this.#sequence = sequence;
    this.#shortestMs = writeMs === undefined ? FIRST_MS : Math.min(LONGEST_MS, Math.max(SHORTEST_MS, 2 * writeMs));
    this.#waitMs = this.#shortestMs;
  }

  /** `random` is from 0 to 1: waiting processes do not all look at once. */
  waitMs(random: number): number {
    return this.#waitMs * (0.5 + random);
  }

  /** Runs came as far as `lastSequence` at a time in ms. */
  saw(lastSequence: number, at: number): void {
    const before = this.#seen;
    this.#seen = { lastSequence, at };
    const came = lastSequence - (before?.lastSequence ?? lastSequence);
    const expectedMs =
      before === undefined || came <= 0 || this.#sequence === undefined
        ? this.#waitMs * LONGER
        : ((this.#sequence - lastSequence) * (at - before.at)) / came;
    this.#waitMs = Math.min(LONGEST_MS, Math.max(this.#shortestMs, expectedMs));
  }
}
