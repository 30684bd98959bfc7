import { type Regeneration, isOfLaterCriteria, regenerationOf } from "@regulars/core/monitors/regeneration";
import type { EvaluatedWith, WatchState } from "@regulars/core/nightly/night-watch";
import { cutText } from "@regulars/core/platform/cut-text";
import type { MonitorId } from "@regulars/core/platform/ids";
import type { SettledCustomer } from "./evaluate-customer.ts";
import { saveRegeneration } from "./save-regeneration.ts";
import type { StatusContext } from "./status-context.ts";

/** Why a monitor failed, as it is kept. */
export const failureText = (reason: string): string => cutText(reason, 499);

/** Without monitors. */
const NOTHING: EvaluatedWith = { book: undefined, versions: new Map() };

/** What these and those were evaluated with alike. */
const inBoth = (these: EvaluatedWith, those: EvaluatedWith): EvaluatedWith => ({
  book: these.book === those.book ? these.book : undefined,
  versions: new Map([...these.versions].filter(([statusId, version]) => those.versions.get(statusId) === version)),
});

/** Counts what an evaluation of all customers finds, by monitor. */
export class RegenerationCount {
  readonly #context: StatusContext;
  readonly #matches = new Map<string, number>();
  readonly #failures = new Map<string, string>();
  readonly #own: EvaluatedWith;
  #isOwnNoted = false;
  #evaluatedWith: EvaluatedWith | undefined;
  #customers = 0;

  constructor(context: StatusContext) {
    this.#context = context;
    const { stamp: book, monitors } = context.books;
    const versions = new Map([...monitors].map(([statusId, { criteriaVersion }]) => [statusId, criteriaVersion]));
    this.#own = { book, versions };
  }

  add({ held, failed }: Pick<SettledCustomer, "held" | "failed">): void {
    this.#customers += 1;
    if (!this.#isOwnNoted) this.#note(this.#own);
    this.#isOwnNoted = true;
    for (const { statusId } of held) this.#matches.set(statusId, (this.#matches.get(statusId) ?? 0) + 1);
    for (const [statusId, reason] of failed) this.#failures.set(statusId, reason);
  }

  state(): Omit<WatchState, "shard"> {
    return {
      customers: this.#customers,
      matches: this.#matches,
      failures: this.#failures,
      evaluatedWith: this.#evaluatedWith,
    };
  }

  /** Adds the counts of other customers; none where no monitor was evaluated. */
  join(state: Omit<WatchState, "shard"> | undefined): void {
    if (state === undefined) {
      this.#note(NOTHING);
      return;
    }
    const { customers, matches, failures, evaluatedWith } = state;
    if (evaluatedWith !== undefined) this.#note(evaluatedWith);
    this.#customers += customers;
    for (const [statusId, count] of matches) this.#matches.set(statusId, (this.#matches.get(statusId) ?? 0) + count);
    for (const [statusId, reason] of failures) this.#failures.set(statusId, reason);
  }

  #note(used: EvaluatedWith): void {
    const before = this.#evaluatedWith;
    this.#evaluatedWith = before === undefined ? used : inBoth(before, used);
  }

  /** What everybody was evaluated with so far. */
  evaluatedWith(): EvaluatedWith {
    return this.#evaluatedWith ?? this.#own;
  }

  /** The counts of a monitor so far, added to those of an earlier part. */
  of(statusId: MonitorId, earlier?: Pick<Regeneration, "customers" | "matches" | "failure">) {
    const failed = this.#failures.get(statusId);
    const failure = failed === undefined ? earlier?.failure : failureText(failed);
    return {
      customers: (earlier?.customers ?? 0) + this.#customers,
      matches: (earlier?.matches ?? 0) + (this.#matches.get(statusId) ?? 0),
      ...(failure === undefined ? {} : { failure }),
    };
  }

  /**
   * All customers were seen: every monitor that was waiting is regenerated, if its criteria were the same for everybody.
   * None was waiting after a night with the same ones.
   */
  async finish(): Promise<void> {
    const { store, now } = this.#context;
    const { book, versions } = this.evaluatedWith();
    if (book !== undefined && this.#context.known?.watchedWith === book) return;
    const known = await store.statuses.regenerations(this.#context.known === undefined);
    for (const [statusId, criteriaVersion] of versions) {
      await saveRegeneration(store.statuses, { statusId, known: known.get(statusId) }, (stored) => {
        // They were changed while the customers were read.
        if (isOfLaterCriteria(stored, criteriaVersion)) return undefined;
        const { startedAt, finishedAt } = regenerationOf({ statusId, criteriaVersion }, stored, now);
        if (finishedAt !== undefined) return undefined;
        const doneShards = [...store.nightly.shards];
        return { statusId, criteriaVersion, doneShards, ...this.of(statusId), startedAt, finishedAt: now };
      });
    }
  }
}
