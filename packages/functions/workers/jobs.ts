import type { ClockJobKey, QueueJobKey } from "../../../infra/job-keys.ts";
import { backtest } from "./backtest.ts";
import type { ClockWorker, QueueWorker } from "./define-job.ts";
import { erase } from "./erase.ts";
import { deliver } from "./deliver.ts";
import { nightlyOfTenant } from "./nightly.ts";
import { noteMailEvents } from "./mail-events.ts";
import { planWork } from "./plan-work.ts";
import { plansTick } from "./plans-tick.ts";
import { rebuild } from "./rebuild.ts";
import { slackWork } from "./slack-work.ts";
import { tick } from "./tick.ts";
import { informWebhooks } from "./webhooks.ts";

/** The workers of all jobs in infra/jobs.ts, for the local system. In the cloud each is a function of its own. */
export const queueWorkers: Readonly<Record<QueueJobKey, QueueWorker>> = {
  nightlyOfTenant,
  rebuild,
  deliver,
  informWebhooks,
  noteMailEvents,
  slackWork,
  planWork,
  backtest,
  erase,
};

export const clockWorkers: Readonly<Record<ClockJobKey, ClockWorker>> = { tick, plansTick };
