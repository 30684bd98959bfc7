import { type Job, type JobPage, jobPageSchema, jobSchema } from "@regulars/core/bulk-operations/add-audience";
import { type JobId, jobIdSchema } from "@regulars/core/platform/ids";
import type { Receipt } from "@regulars/core/platform/idempotency";
import type { LeadTicket } from "@regulars/core/leads/queued-lead";
import type { keysOf } from "../keys.ts";
import { type NamelessWrite, type Operations, mustBeNew } from "../engine/operations.ts";
import { writesOf } from "../engine/companion-writes.ts";
import type { Intakes } from "../leads/lead-intake.ts";

/** Mass actions: the job, its frozen audience page by page, and the list of those that are not done. */
export class Jobs {
  readonly #operations: Operations;
  readonly #keys: ReturnType<typeof keysOf>;
  readonly #intakes: Intakes;

  constructor(operations: Operations, keys: ReturnType<typeof keysOf>, intakes: Intakes) {
    this.#operations = operations;
    this.#keys = keys;
    this.#intakes = intakes;
  }

  start(job: Job, receipt?: Receipt): Promise<boolean> {
    return this.#operations.transact([
      { Put: { Item: { ...this.#keys.job(job.jobId), ...job }, ...mustBeNew } },
      { Put: { Item: { ...this.#keys.openJob(job.jobId), jobId: job.jobId } } },
      ...writesOf(receipt),
    ]);
  }

  async job(jobId: JobId): Promise<Job | undefined> {
    const item = await this.#operations.get(this.#keys.job(jobId));
    return item === undefined ? undefined : jobSchema.parse(item);
  }

  async open(): Promise<JobId[]> {
    const open: JobId[] = [];
    for await (const item of this.#operations.partition(this.#keys.openJobs()))
      open.push(jobIdSchema.parse(item["jobId"]));
    return open;
  }

  async page(jobId: JobId, page: number): Promise<JobPage | undefined> {
    const item = await this.#operations.get(this.#keys.jobPage(jobId, page));
    return item === undefined ? undefined : jobPageSchema.parse(item);
  }

  async savePage(jobId: JobId, page: JobPage): Promise<void> {
    await this.#operations.put({ ...this.#keys.jobPage(jobId, page.page), ...page });
  }

  save(job: Job, before: Job): Promise<boolean> {
    return this.#operations.transact(this.#jobWrites(job, before));
  }

  saveIntake(leads: readonly LeadTicket[], page: JobPage, job: Job, before: Job): Promise<boolean> {
    return this.#operations.transact([
      ...this.#jobWrites(job, before),
      { Put: { Item: { ...this.#keys.jobPage(job.jobId, page.page), ...page } } },
      ...leads.flatMap((lead) => this.#intakes.ticketWrites(lead)),
    ]);
  }

  /** On the condition that nobody else has moved the job on. */
  #jobWrites(job: Job, before: Job): NamelessWrite[] {
    const writes: NamelessWrite[] = [
      {
        Put: {
          Item: { ...this.#keys.job(job.jobId), ...job },
          ConditionExpression: "#next = :next AND #state = :state",
          ExpressionAttributeNames: { "#next": "next", "#state": "state" },
          ExpressionAttributeValues: { ":next": before.next, ":state": before.state },
        },
      },
    ];
    if (job.state === "done") writes.push({ Delete: { Key: this.#keys.openJob(job.jobId) } });
    return writes;
  }
}
