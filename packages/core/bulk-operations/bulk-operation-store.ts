import type { Receipt } from "../platform/idempotency.ts";
import type { DealJob, DealJobPage } from "./change-deals.ts";
import type { DealChange } from "../deals/deal-store.ts";
import type { JobId } from "../platform/ids.ts";
import type { Job, JobPage } from "./add-audience.ts";
import type { LeadTicket } from "../leads/queued-lead.ts";

/** Mass actions on an audience. */
export interface BulkJobs {
  readonly startJob: (job: Job, receipt?: Receipt) => Promise<boolean>;
  readonly saveJobPage: (jobId: JobId, page: JobPage) => Promise<void>;
  readonly job: (jobId: JobId) => Promise<Job | undefined>;
  readonly openJobs: () => Promise<readonly JobId[]>;
  readonly jobPage: (jobId: JobId, page: number) => Promise<JobPage | undefined>;
  /** Takes in a piece of a frozen audience and moves the job on, in one transaction; `false` when somebody else did, or a lead of it was overtaken. */
  readonly saveBulkIntake: (leads: readonly LeadTicket[], page: JobPage, job: Job, before: Job) => Promise<boolean>;
}

/** Mass actions on deals. */
export interface DealJobs {
  readonly startDealJob: (job: DealJob, receipt?: Receipt) => Promise<boolean>;
  readonly saveDealJobPage: (jobId: JobId, page: DealJobPage) => Promise<void>;
  readonly dealJob: (jobId: JobId) => Promise<DealJob | undefined>;
  readonly dealJobPage: (jobId: JobId, page: number) => Promise<DealJobPage | undefined>;
  /** Changes a piece of a job's deals and moves it on, in one transaction; `false` when somebody else changed either. */
  readonly saveDealPiece: (
    changes: readonly DealChange[],
    page: DealJobPage,
    job: DealJob,
    before: DealJob,
  ) => Promise<boolean>;
}
