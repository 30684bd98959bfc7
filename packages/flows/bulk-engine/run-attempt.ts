import {
  type Attempted,
  begun,
  done,
  extended,
  failed,
  givenBack,
  isAtWork,
  standingAt,
} from "@regulars/core/bulk-engine/attempts";
import { cutText } from "@regulars/core/platform/cut-text";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, toInstant } from "@regulars/core/platform/values";

/** Clocks of a long calculation. */
export interface AttemptEffects {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Milliseconds since an arbitrary moment; never decreases. */
  readonly elapsed: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
}

/** The store of one kind of operation. */
interface AttemptStore<Operation, Report> {
  readonly find: () => Promise<Operation | undefined>;
  /** Saves the operation and its report, if any, in one transaction. `false` if it was changed concurrently. */
  readonly save: (operation: Operation, report?: Report) => Promise<boolean>;
  /** Removes it from the open operations. */
  readonly close: () => Promise<void>;
}

/** How a calculation reports progress and asks whether to continue. */
interface AttemptMonitor<Progress> {
  readonly note: (progress: Partial<Progress>) => void;
  /** Called between steps: `false` if time is up or another runner has taken over. Lets other work run. */
  readonly mayGoOn: () => Promise<boolean>;
}

/**
 * One kind of operation that is one long calculation. A new kind needs, in core, its fields (`attemptFields`, its
 * request, its progress), a store with `version` as the condition of each save, and this description.
 */
interface AttemptKind<Operation extends Attempted & Progress, Progress extends object, Report> {
  readonly store: AttemptStore<Operation, Report>;
  /** The progress at the start of an attempt. */
  readonly noProgress: Progress;
  readonly effects: AttemptEffects;
  /** After this time, ms, an attempt fails with `tooLong`. It must be shorter than the time limit of the runner. */
  readonly patienceMs: number;
  /** The error message of an operation that took too long; `minutes` is the patience. */
  readonly tooLong: (minutes: number) => string;
  readonly unknown: { readonly reason: string; readonly message: string };
  /** The calculation. It refuses with the reason "stopped" when it must not continue. */
  readonly calculate: (operation: Operation, monitor: AttemptMonitor<Progress>) => Promise<Result<Report>>;
}

/** How often other work gets a turn, ms. */
const TURN_MS = 25;
/** How often progress is saved and the lease extended, ms. */
const NOTE_MS = 2_000;

/**
 * Makes one attempt, from the beginning to the report. Does nothing if another runner works on the operation or it has
 * ended. An error is thrown and leaves the operation to the next attempt; the last attempt stores why it failed.
 */
export async function runAttempt<Operation extends Attempted & Progress, Progress extends object, Report>(
  kind: AttemptKind<Operation, Progress, Report>,
): Promise<Result<Operation>> {
  const { store, effects, unknown, noProgress } = kind;
  const now = (): Instant => toInstant(effects.clock());
  const found = await store.find();
  if (found === undefined) return refuse(unknown.reason, unknown.message);
  if (isAtWork(found, now())) return ok(found);
  const standing = standingAt(found, now());
  if (standing.state !== "queued") {
    if (standing !== found) await store.save({ ...standing, version: found.version + 1 });
    await store.close();
    return ok(standing);
  }
  const operation = { ...begun(found, now()), ...noProgress };
  // Another runner has just begun it.
  if (!(await store.save(operation))) return ok(found);
  const attempt = new Attempt(kind, operation);
  try {
    await attempt.toItsEnd();
  } catch (error) {
    const why = error instanceof Error ? cutText(`${error.name}: ${error.message}`, 299) : "of no known kind";
    const failure = { reason: "fault", message: `it met a fault: ${why}` };
    await attempt.end(givenBack(attempt.operation, failure, now()));
    throw error;
  }
  return ok(attempt.operation);
}

class Attempt<Operation extends Attempted & Progress, Progress extends object, Report> {
  operation: Operation;
  readonly #kind: AttemptKind<Operation, Progress, Report>;
  readonly #endsAt: number;
  #progress: Progress;
  #turnAt: number;
  #noteAt: number;
  #noting: Promise<void> | undefined;
  #isMine = true;

  constructor(kind: AttemptKind<Operation, Progress, Report>, operation: Operation) {
    this.#kind = kind;
    this.operation = operation;
    this.#progress = kind.noProgress;
    this.#turnAt = kind.effects.elapsed();
    this.#noteAt = this.#turnAt + NOTE_MS;
    this.#endsAt = this.#turnAt + kind.patienceMs;
  }

  async toItsEnd(): Promise<void> {
    const { calculate, patienceMs, tooLong } = this.#kind;
    const made = await calculate(this.operation, {
      note: (progress) => {
        this.#progress = { ...this.#progress, ...progress };
      },
      mayGoOn: () => this.#mayGoOn(),
    });
    await this.#noting;
    const operation = { ...this.operation, ...this.#progress };
    if (made.ok) await this.end(done(operation, this.#now()), made.value);
    else if (made.reason !== "stopped") {
      const { reason, message } = made;
      await this.end(failed(operation, { reason, message }, this.#now()));
    } else if (this.#isMine) {
      const message = tooLong(Math.round(patienceMs / 60_000));
      await this.end(failed(operation, { reason: "too-long", message }, this.#now()));
    }
  }

  /** Ends the operation, unless another runner has taken over. */
  async end(operation: Operation, report?: Report): Promise<void> {
    await this.#noting;
    if (!this.#isMine || !(await this.#kind.store.save(operation, report))) return;
    this.operation = operation;
    if (operation.state !== "queued") await this.#kind.store.close();
  }

  async #mayGoOn(): Promise<boolean> {
    const { effects } = this.#kind;
    if (effects.elapsed() - this.#turnAt >= TURN_MS) {
      await effects.wait(0);
      this.#turnAt = effects.elapsed();
    }
    if (this.#turnAt >= this.#noteAt && this.#noting === undefined) {
      this.#noting = this.#note().finally(() => {
        this.#noting = undefined;
      });
      await this.#noting;
    }
    return this.#isMine && this.#turnAt < this.#endsAt;
  }

  async #note(): Promise<void> {
    const { store, effects } = this.#kind;
    const operation = { ...extended(this.operation, this.#now()), ...this.#progress };
    this.#isMine = await store.save(operation);
    if (this.#isMine) this.operation = operation;
    this.#noteAt = effects.elapsed() + NOTE_MS;
  }

  #now(): Instant {
    return toInstant(this.#kind.effects.clock());
  }
}
