import { clockWorkers } from "@regulars/functions/workers/jobs";
import type { ScheduledEvent } from "aws-lambda";
import { localContext } from "./queue.ts";
import type { LocalSystem } from "./system.ts";

const EVERY_MS = 60_000;

/**
 * Replaces EventBridge Scheduler on the local system: runs every scheduled job once a minute, with the scheduler's
 * event.
 */
export function startClock(system: LocalSystem): { readonly stop: () => Promise<void> } {
  const handlers = Object.values(clockWorkers).map(({ handlerFor }) => handlerFor(system.runtime));
  let running = Promise.resolve();
  const run = (): void => {
    running = running
      .then(async () => {
        for (const handler of handlers) await handler(scheduledEvent(), localContext("tick"));
      })
      .catch((error: unknown) => system.runtime.log.error("tick failed", { reason: String(error) }));
  };
  const timer = setInterval(run, EVERY_MS);
  run();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
      await system.queues.idle();
    },
  };
}

const scheduledEvent = (): ScheduledEvent => ({
  version: "0",
  id: crypto.randomUUID(),
  "detail-type": "Scheduled Event",
  source: "aws.scheduler",
  account: "000000000000",
  time: new Date().toISOString(),
  region: "local",
  resources: ["arn:aws:scheduler:local:000000000000:schedule/default/regulars-tick"],
  detail: {},
});
