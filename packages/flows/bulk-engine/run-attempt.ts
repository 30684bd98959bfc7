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
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, toInstant } from "@regulars/core/platform/values";

/** Time, as a long calculation needs it. */
export interface AttemptEffects {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Milliseconds since some moment; it never goes back. */
  readonly elapsed: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
}

/** Where operations of one kind are kept. */
export interface AttemptStore<Operation, Report> {
  readonly find: () => Promise<Operation | undefined>;
  /** `false` when somebody else has changed it since; with its report once there is one, both or neither. */
  readonly save: (operation: Operation, report?: Report) => Promise<boolean>;
  /** It is open no more. */
  readonly close: () => Promise<void>;
}

/** What a calculation is given to report with and to ask. */
export interface AttemptMonitor<Progress> {
  readonly note: (progress: Partial<Progress>) => void;
  /** Asked between steps: `false` when time is up or another runner has taken over. Lets other work have its turn. */
  readonly mayGoOn: () => Promise<boolean>;
}

/**
 * One kind of operation that is one long calculation. A new kind needs, in core, its fields (`attemptFields`, what was asked
 * for, its progress), a store with `version` as the condition of each save, and this description.
 */
export interface AttemptKind<Operation extends Attempted & Progress, Progress extends object, Report> {
  readonly store: AttemptStore<Operation, Report>;
  /** The progress of an attempt that has just begun. */
  readonly noProgress: Progress;
  readonly effects: AttemptEffects;
  /** An attempt that is not done by then fails with `tooLong`: shorter than the time its runner has. */
  readonly patienceMs: number;
  /** What the caller of an operation that took too long is told; `minutes` is the patience. */
  readonly tooLong: (minutes: number) => string;
  readonly unknown: { readonly reason: string; readonly message: string };
  /** The calculation. It refuses with the reason "stopped" when it may not go on. */
  readonly calculate: (operation: Operation, monitor: AttemptMonitor<Progress>) => Promise<Result<Report>>;
}

/** Other work has its turn this often, ms, for as long as it has something to do. */
const TURN_MS = 25;
/** Progress is saved and the lease extended this often, ms. */
const NOTE_MS = 2_000;

/**
 * Makes one attempt, from the beginning to the report. There is nothing to do when somebody works on the operation, or it
 * has ended. After a fault it is left to the next attempt, the error is thrown, and the last attempt says why it failed.
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
  // Somebody else has just begun it.
  if (!(await store.save(operation))) return ok(found);
  const attempt = new Attempt(kind, operation);
  try {
    await attempt.toItsEnd();
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : "of no known kind";
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

  /** A runner that was overtaken saves nothing more. */
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
