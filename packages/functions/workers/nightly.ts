import { startNight } from "@regulars/flows/nightly/night-in-parts";
import { runNightly } from "@regulars/flows/nightly/run-nightly";
import { cloudQueues } from "../cloud/queues.ts";
import { type QueueWorker, defineQueueJob, lambdaHandler } from "./define-job.ts";
import { nightlyMessageSchema } from "./messages.ts";
import { withHelpers } from "./night-helpers.ts";
import { concludeNight, openNightOf, orNoted } from "./night-of-tenant.ts";
import { sendParts, workAtPart } from "./night-part.ts";

/** A tenant with more customers has its night in parts, a message each. */
const MOST_AT_ONCE = 50_000;

/** Runs nightly runs, one tenant per message; a large tenant's in parts. */
export const nightlyJob = (mostAtOnce = MOST_AT_ONCE): QueueWorker =>
  defineQueueJob({
    id: "nightlyOfTenant",
    schema: nightlyMessageSchema,
    work: async ({ part, ...message }, runtime, patienceMs) => {
      const opened = await openNightOf(message.tenantId, runtime);
      const work = async (): Promise<void> => {
        if (part !== undefined) return workAtPart({ part, ...message }, opened, patienceMs);
        const { store, now, newId } = opened;
        const parts = await startNight({ ...message, store: store.nightly, now, newId, mostAtOnce });
        if (parts !== undefined) return sendParts(message, parts, opened);
        const summary = await withHelpers({ ...message, now }, opened, (helpers) => {
          const input = opened.inputOf(message.asOf, { isOfOneShard: helpers.length > 0 });
          return runNightly({ ...input, ...message, now }, helpers);
        });
        return concludeNight(message, summary, opened);
      };
      await orNoted(work, message.asOf, opened);
    },
  });

export const nightlyOfTenant = nightlyJob();
export const handler = lambdaHandler(nightlyOfTenant, { queues: cloudQueues });
