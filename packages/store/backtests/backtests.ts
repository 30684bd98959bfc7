import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import {
  type BacktestId,
  type BacktestRun,
  backtestIdSchema,
  backtestRunSchema,
} from "@regulars/core/backtests/backtest";
import type { BacktestPage, BacktestStore } from "@regulars/core/backtests/backtest-store";
import type { BacktestReport } from "@regulars/core/backtests/run";
import { daySchema } from "@regulars/core/platform/values";
import * as z from "zod";
import { newestFirst } from "../engine/document-pages.ts";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import { kindScoreSchema } from "@regulars/core/backtests/report-schema";
import { writesOf } from "../engine/companion-writes.ts";

const reportSchema = z.object({
  from: daySchema,
  to: daySchema,
  horizonDays: z.int(),
  customers: z.int(),
  orderDays: z.int(),
  seed: z.int(),
  resamples: z.int(),
  kinds: z.array(kindScoreSchema),
}) satisfies z.ZodType<BacktestReport>;

/**
 * Backtests, each a small item, so that a page of the list is one small read. Its report is a separate item with one
 * row per rule: about 8 KB, however many customers the tenant has.
 */
export class Backtests implements BacktestStore {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  create(backtestRun: BacktestRun, companion?: CompanionWrites): Promise<boolean> {
    return this.#operations.transact([
      { Put: { Item: { ...this.#keys.openBacktest(), backtestId: backtestRun.backtestId }, ...mustBeNew } },
      { Put: { Item: { ...this.#keys.backtest(backtestRun.backtestId), ...backtestRun }, ...mustBeNew } },
      ...writesOf(companion),
    ]);
  }

  async open(): Promise<BacktestRun | undefined> {
    const item = await this.#operations.get(this.#keys.openBacktest());
    return item === undefined ? undefined : this.find(backtestIdSchema.parse(item["backtestId"]));
  }

  async close(backtestId: BacktestId): Promise<void> {
    await this.#operations.delete(this.#keys.openBacktest(), {
      ConditionExpression: "backtestId = :it",
      ExpressionAttributeValues: { ":it": backtestId },
    });
  }

  async find(backtestId: BacktestId): Promise<BacktestRun | undefined> {
    const item = await this.#operations.get(this.#keys.backtest(backtestId));
    return item === undefined ? undefined : rowAs(backtestRunSchema, item);
  }

  save(backtestRun: BacktestRun, report?: BacktestReport): Promise<boolean> {
    const { backtestId, version } = backtestRun;
    const writes: TransactWrite[] = [
      {
        Put: {
          Item: { ...this.#keys.backtest(backtestId), ...backtestRun },
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
    const backtestRuns: BacktestRun[] = [];
    const place = before && this.#keys.backtest(before);
    for await (const item of this.#operations.query(newestFirst(this.#keys.backtests(), place, limit))) {
      backtestRuns.push(rowAs(backtestRunSchema, item));
      if (backtestRuns.length > limit) break;
    }
    const shown = backtestRuns.slice(0, limit);
    return { backtestRuns: shown, next: backtestRuns.length > limit ? shown.at(-1)?.backtestId : undefined };
  }
}
