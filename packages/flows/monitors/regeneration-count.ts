import type { Regeneration } from "@regulars/core/monitors/regeneration";
import type { WatchState } from "@regulars/core/nightly/night-watch";
import { cutText } from "@regulars/core/platform/cut-text";
import type { MonitorId } from "@regulars/core/platform/ids";
import type { SettledCustomer } from "./evaluate-customer.ts";
import type { StatusContext } from "./status-context.ts";

/** Counts what an evaluation of all customers finds, by monitor. */
export class RegenerationCount {
  readonly #context: StatusContext;
  readonly #matches = new Map<string, number>();
  readonly #failures = new Map<string, string>();
  #customers = 0;

  constructor(context: StatusContext) {
    this.#context = context;
  }

  add({ held, failed }: Pick<SettledCustomer, "held" | "failed">): void {
    this.#customers += 1;
    for (const { statusId } of held) this.#matches.set(statusId, (this.#matches.get(statusId) ?? 0) + 1);
    for (const [statusId, reason] of failed) this.#failures.set(statusId, reason);
  }

  state(): Omit<WatchState, "shard"> {
    return { customers: this.#customers, matches: this.#matches, failures: this.#failures };
  }

  /** Adds the counts of other customers. */
  join({ customers, matches, failures }: Omit<WatchState, "shard">): void {
    this.#customers += customers;
    for (const [statusId, count] of matches) this.#matches.set(statusId, (this.#matches.get(statusId) ?? 0) + count);
    for (const [statusId, reason] of failures) this.#failures.set(statusId, reason);
  }

  /** The counts of a monitor so far, added to those of an earlier part. */
  of(statusId: MonitorId, earlier?: Pick<Regeneration, "customers" | "matches" | "failure">) {
    const failed = this.#failures.get(statusId);
    const failure = failed === undefined ? earlier?.failure : cutText(failed, 499);
    return {
      customers: (earlier?.customers ?? 0) + this.#customers,
      matches: (earlier?.matches ?? 0) + (this.#matches.get(statusId) ?? 0),
      ...(failure === undefined ? {} : { failure }),
    };
  }

  /** All customers were seen: every monitor that was waiting is regenerated. None was after a night with the same ones. */
  async finish(): Promise<void> {
    const { books, store, now } = this.#context;
    if (this.#context.known?.watchedWith === books.stamp) return;
    const known = await store.statuses.regenerations(this.#context.known === undefined);
    for (const { statusId, criteriaVersion } of books.monitors.values()) {
      const before = known.get(statusId);
      if (before?.criteriaVersion === criteriaVersion && before.finishedAt !== undefined) continue;
      // They were changed while the customers were read.
      if (before !== undefined && before.criteriaVersion > criteriaVersion) continue;
      await store.statuses.saveRegeneration({
        statusId,
        criteriaVersion,
        doneShards: [...store.nightly.shards],
        ...this.of(statusId),
        startedAt: before?.criteriaVersion === criteriaVersion ? before.startedAt : now,
        finishedAt: now,
      });
    }
  }
}
