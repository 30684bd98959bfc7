import type { Receipt } from "@regulars/core/platform/idempotency";
import {
  type BacktestId,
  type BacktestJob,
  backtestIdSchema,
  backtestJobSchema,
} from "@regulars/core/insights/backtests/backtest";
import type { BacktestPage, BacktestStore } from "@regulars/core/insights/backtests/backtest-store";
import type { BacktestReport } from "@regulars/core/insights/backtests/run";
import { daySchema } from "@regulars/core/platform/values";
import * as z from "zod";
import { newestFirst } from "../engine/document-pages.ts";
import type { Keys } from "../keys.ts";
import { type NamelessWrite, type Operations, mustBeNew } from "../engine/operations.ts";
import { writesOf } from "../engine/companion-writes.ts";

const estimateSchema = z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable();

const reportSchema = z.object({
  from: daySchema,
  to: daySchema,
  horizonDays: z.int(),
  customers: z.int(),
  orderDays: z.int(),
  seed: z.int(),
  resamples: z.int(),
  kinds: z.array(
    z.object({
      kind: z.string(),
      title: z.string(),
      says: z.string(),
      eligibleCustomers: z.int(),
      truths: z.int(),
      rules: z.array(
        z.object({
          rule: z.string(),
          title: z.string(),
          isOurs: z.boolean(),
          alerts: z.int(),
          hits: z.int(),
          precision: estimateSchema,
          recall: estimateSchema,
          f1: estimateSchema,
          alertsPer100: z.number().nullable(),
          medianLeadDays: z.number().nullable(),
        }),
      ),
    }),
  ),
}) satisfies z.ZodType<BacktestReport>;

/**
 * Backtests: a small item each, so that a page of the list is one small read, and each report in an item of its own. A
 * report has a row a rule and none a customer: some 8 KB, whatever the tenant's size.
 */
export class Backtests implements BacktestStore {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  create(job: BacktestJob, receipt?: Receipt): Promise<boolean> {
    return this.#operations.transact([
      { Put: { Item: { ...this.#keys.openBacktest(), backtestId: job.backtestId }, ...mustBeNew } },
      { Put: { Item: { ...this.#keys.backtest(job.backtestId), ...job }, ...mustBeNew } },
      ...writesOf(receipt),
    ]);
  }

  async open(): Promise<BacktestJob | undefined> {
    const item = await this.#operations.get(this.#keys.openBacktest());
    return item === undefined ? undefined : this.find(backtestIdSchema.parse(item["backtestId"]));
  }

  async close(backtestId: BacktestId): Promise<void> {
    await this.#operations.delete(this.#keys.openBacktest(), {
      ConditionExpression: "backtestId = :it",
      ExpressionAttributeValues: { ":it": backtestId },
    });
  }

  async find(backtestId: BacktestId): Promise<BacktestJob | undefined> {
    const item = await this.#operations.get(this.#keys.backtest(backtestId));
    return item === undefined ? undefined : backtestJobSchema.parse(item);
  }

  save(job: BacktestJob, report?: BacktestReport): Promise<boolean> {
    const { backtestId, version } = job;
    const writes: NamelessWrite[] = [
      {
        Put: {
          Item: { ...this.#keys.backtest(backtestId), ...job },
          ConditionExpression: "version = :before",
          ExpressionAttributeValues: { ":before": version - 1 },
        },
      },
    ];
    if (report !== undefined) writes.push({ Put: { Item: { ...this.#keys.backtestReport(backtestId), report } } });
    return this.#operations.transact(writes);
  }

  async report(backtestId: BacktestId): Promise<BacktestReport | undefined> {
    const item = await this.#operations.get(this.#keys.backtestReport(backtestId));
    return item === undefined ? undefined : reportSchema.parse(item["report"]);
  }

  async page(limit: number, before?: BacktestId): Promise<BacktestPage> {
    const jobs: BacktestJob[] = [];
    const place = before && this.#keys.backtest(before);
    for await (const item of this.#operations.query(newestFirst(this.#keys.backtests(), place, limit))) {
      jobs.push(backtestJobSchema.parse(item));
      if (jobs.length > limit) break;
    }
    const shown = jobs.slice(0, limit);
    return { jobs: shown, next: jobs.length > limit ? shown.at(-1)?.backtestId : undefined };
  }
}
