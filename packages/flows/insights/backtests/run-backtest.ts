import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import {
  type BacktestId,
  type BacktestJob,
  begun,
  done,
  failed,
  furthered,
  givenBack,
  isAtWork,
  standingAt,
} from "@regulars/core/insights/backtests/backtest";
import type { BacktestStore } from "@regulars/core/insights/backtests/backtest-store";
import type { NightStore } from "@regulars/core/nightly/nightly-store";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import { backtest } from "./backtest.ts";

/** Time, as a long calculation needs it. */
export interface BacktestWorld {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Milliseconds since some moment; it never goes back. */
  readonly elapsed: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
}

interface WorkBacktestInput {
  readonly catalog: InsightCatalog;
  readonly tenant: Tenant;
  readonly store: BacktestStore;
  readonly night: Pick<NightStore, "shards" | "blocks">;
  readonly world: BacktestWorld;
  readonly backtestId: BacktestId;
  /** What is not done by then is given up, and says so: shorter than the time its runner has. */
  readonly patienceMs: number;
}

/** Others have their turn this often, and for as long as they have something to do. */
const TURN_MS = 25;
/** How far it is is written down this often. */
const NOTE_MS = 2_000;

/**
 * Makes a backtest that was asked for, from its beginning to its report. Whoever is told of it again finds somebody at
 * it, or it done: then there is nothing to do. A fault leaves it to the next attempt, and the last one says why.
 */
export async function workBacktest(input: WorkBacktestInput): Promise<Result<BacktestJob>> {
  const { store, world, backtestId } = input;
  const now = (): Instant => toInstant(world.clock());
  const found = await store.find(backtestId);
  if (found === undefined) return refuse("unknown-backtest", `there is no backtest ${backtestId}`);
  if (isAtWork(found, now())) return ok(found);
  const standing = standingAt(found, now());
  if (standing.state !== "queued") {
    if (standing !== found) await store.save({ ...standing, version: found.version + 1 });
    await store.close(backtestId);
    return ok(standing);
  }
  const job = begun(found, now());
  // Somebody else has just begun it.
  if (!(await store.save(job))) return ok(found);
  const run = new Run(input, job);
  try {
    await run.toItsEnd();
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : "of no known kind";
    await run.end(givenBack(run.job, { reason: "fault", message: `it met a fault: ${why}` }, now()));
    throw error;
  }
  return ok(run.job);
}

/** One attempt at a backtest. */
class Run {
  job: BacktestJob;
  readonly #input: WorkBacktestInput;
  readonly #endsAt: number;
  readonly #progress = { customersRead: 0, customersTried: 0 };
  #turnAt: number;
  #noteAt: number;
  #noting: Promise<void> | undefined;
  #isMine = true;

  constructor(input: WorkBacktestInput, job: BacktestJob) {
    const { world, patienceMs } = input;
    this.#input = input;
    this.job = job;
    this.#turnAt = world.elapsed();
    this.#noteAt = this.#turnAt + NOTE_MS;
    this.#endsAt = this.#turnAt + patienceMs;
  }

  async toItsEnd(): Promise<void> {
    const { tenant, catalog, night, patienceMs } = this.#input;
    const { createdAt, options } = this.job;
    const made = await backtest({ tenant, store: night, catalog, now: createdAt }, options, {
      read: (customers) => {
        this.#progress.customersRead = customers;
      },
      tried: (customers) => {
        this.#progress.customersTried = customers;
      },
      mayGoOn: () => this.#mayGoOn(),
    });
    await this.#noting;
    const job = { ...this.job, ...this.#progress };
    if (made.ok) await this.end(done(job, this.#now()), made.value);
    else if (made.reason !== "stopped") {
      const { reason, message } = made;
      await this.end(failed(job, { reason, message }, this.#now()));
    } else if (this.#isMine) {
      const minutes = Math.round(patienceMs / 60_000);
      const message = `it was not done after ${minutes} minutes: the command line has no such limit, and fewer resamples take less`;
      await this.end(failed(job, { reason: "too-long", message }, this.#now()));
    }
  }

  /** Whoever was overtaken says nothing more. */
  async end(job: BacktestJob, report?: Parameters<BacktestStore["save"]>[1]): Promise<void> {
    await this.#noting;
    if (!this.#isMine || !(await this.#input.store.save(job, report))) return;
    this.job = job;
    if (job.state !== "queued") await this.#input.store.close(job.backtestId);
  }

  async #mayGoOn(): Promise<boolean> {
    const { world } = this.#input;
    if (world.elapsed() - this.#turnAt >= TURN_MS) {
      await world.wait(0);
      this.#turnAt = world.elapsed();
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
    const { store, world } = this.#input;
    const job = furthered(this.job, this.#progress, this.#now());
    this.#isMine = await store.save(job);
    if (this.#isMine) this.job = job;
    this.#noteAt = world.elapsed() + NOTE_MS;
  }

  #now(): Instant {
    return toInstant(this.#input.world.clock());
  }
}
