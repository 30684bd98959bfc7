import type { Receipt } from "@regulars/core/platform/idempotency";
import {
  type DealJob,
  type DealJobPage,
  dealJobPageSchema,
  dealJobSchema,
} from "@regulars/core/bulk-operations/change-deals";
import type { JobId } from "@regulars/core/platform/ids";
import type { DealChange } from "@regulars/core/deals/deal-store";
import type { keysOf } from "../keys.ts";
import { type NamelessWrite, type Operations, mustBeNew } from "../engine/operations.ts";
import { writesOf } from "../engine/companion-writes.ts";
import type { Deals } from "../deals/deals.ts";

/** Mass actions on deals: the job, and its deals page by page. */
export class DealJobs {
  readonly #operations: Operations;
  readonly #keys: ReturnType<typeof keysOf>;
  readonly #deals: Deals;

  constructor(operations: Operations, keys: ReturnType<typeof keysOf>, deals: Deals) {
    this.#operations = operations;
    this.#keys = keys;
    this.#deals = deals;
  }

  start(job: DealJob, receipt?: Receipt): Promise<boolean> {
    const open = { Put: { Item: { ...this.#keys.openJob(job.jobId), jobId: job.jobId } } };
    return this.#operations.transact([
      { Put: { Item: { ...this.#keys.dealJob(job.jobId), ...job }, ...mustBeNew } },
      ...(job.state === "done" ? [] : [open]),
      ...writesOf(receipt),
    ]);
  }

  async job(jobId: JobId): Promise<DealJob | undefined> {
    const item = await this.#operations.get(this.#keys.dealJob(jobId));
    return item === undefined ? undefined : dealJobSchema.parse(item);
  }

  async page(jobId: JobId, page: number): Promise<DealJobPage | undefined> {
    const item = await this.#operations.get(this.#keys.dealJobPage(jobId, page));
    return item === undefined ? undefined : dealJobPageSchema.parse(item);
  }

  async savePage(jobId: JobId, page: DealJobPage): Promise<void> {
    await this.#operations.put({ ...this.#keys.dealJobPage(jobId, page.page), ...page });
  }

  /** On the condition that nobody else has moved the job on or changed one of the deals. */
  savePiece(changes: readonly DealChange[], page: DealJobPage, job: DealJob, before: DealJob): Promise<boolean> {
    const { jobId } = job;
    const beside: NamelessWrite[] = [
      {
        Put: {
          Item: { ...this.#keys.dealJob(jobId), ...job },
          ConditionExpression: "#next = :next",
          ExpressionAttributeNames: { "#next": "next" },
          ExpressionAttributeValues: { ":next": before.next },
        },
      },
      { Put: { Item: { ...this.#keys.dealJobPage(jobId, page.page), ...page } } },
    ];
    if (job.state === "done") beside.push({ Delete: { Key: this.#keys.openJob(jobId) } });
    return this.#deals.saveTogether(changes, beside);
  }
}
