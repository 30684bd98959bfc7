import type { JobId } from "@regulars/core/platform/ids";
import type { Key, InFamily } from "../engine/key.ts";

export const bulkEngineKeys = (inFamily: InFamily) => ({
  openJobs: (): string => inFamily("JOBS"),
  openJob: (jobId: JobId): Key => ({ pk: inFamily("JOBS"), sk: jobId }),
  job: (jobId: JobId): Key => ({ pk: inFamily(`JOB#${jobId}`), sk: "JOB" }),
  jobPages: (jobId: JobId): string => inFamily(`JOB#${jobId}`),
  jobPage: (jobId: JobId, page: number): Key => ({
    pk: inFamily(`JOB#${jobId}`),
    sk: `PAGE#${String(page).padStart(6, "0")}`,
  }),
  dealJob: (jobId: JobId): Key => ({ pk: inFamily(`JOB#${jobId}`), sk: "DEALS" }),
  dealJobPage: (jobId: JobId, page: number): Key => ({
    pk: inFamily(`JOB#${jobId}`),
    sk: `DEALS#${String(page).padStart(6, "0")}`,
  }),
});
