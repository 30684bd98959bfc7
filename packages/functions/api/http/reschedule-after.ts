import { rescheduleWaiting } from "@regulars/flows/notifications/reschedule";
import type { Context } from "hono";
import type { ApiEnv } from "./environment.ts";
import { sendAfter } from "./send-after.ts";

/**
 * Brings forward what waits, once it is called after a change of users or preferences. Asked for before the change: of a
 * request that was cut off between them, the job that sends does it when the request is repeated.
 */
export function rescheduleAfter(c: Context<ApiEnv>): () => Promise<void> {
  let isDone = false;
  sendAfter(c, "outgoing", () => (isDone ? undefined : {}));
  return async () => {
    const { tenant, store, runtime } = c.var;
    await rescheduleWaiting({ tenant, store, now: runtime.clock() });
    isDone = true;
  };
}
