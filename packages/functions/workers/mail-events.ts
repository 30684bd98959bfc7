import { noteMailEvent } from "@regulars/flows/notifications/note-mail-event";
import type { Runtime } from "../runtime.ts";
import { defineQueueJob, lambdaHandler } from "./define-job.ts";
import { openTenant } from "./open-tenant.ts";
import { type SesEvent, mailEventOf, sesEventSchema } from "./ses-event.ts";

/** Notes what happened to mails: delivered, bounced, complained. Their addresses may get no more mail. */
export const noteMailEvents = defineQueueJob({
  id: "noteMailEvents",
  schema: sesEventSchema,
  work: note,
});

async function note(given: SesEvent, runtime: Runtime): Promise<void> {
  const told = mailEventOf(given);
  // A mail of another system that uses the same configuration set, or an event that changes nothing here.
  if (told === undefined) return;
  const { tenantId, event } = told;
  const { store } = await openTenant(tenantId, runtime);
  const stopped = await noteMailEvent({ suppressions: store.suppressions, outbox: store.outbox, event });
  runtime.report("mail event", { tenantId, fate: event.fate, suppressed: stopped.length });
}

export const handler = lambdaHandler(noteMailEvents);
