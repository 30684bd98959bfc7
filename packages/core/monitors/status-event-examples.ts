import type { PublishedEvent } from "../platform/domain-event.ts";
import { monitorIdSchema } from "../platform/ids.ts";
import { customerIdSchema, day, toInstant } from "../platform/values.ts";
import { type StatusEventType, statusEvent } from "./status-log.ts";

const statusId = monitorIdSchema.parse("neglected");
const owner = { type: "company", customerId: customerIdSchema.parse("acme") } as const;
const since = day("2026-01-14");

/** For each event type a made-up customer who gets or loses a status. */
export const statusEventExamples: Readonly<Record<StatusEventType, PublishedEvent>> = {
  "status.entered": statusEvent(
    { statusId, owner, type: "entered", on: since, since },
    toInstant(Date.UTC(2026, 0, 15, 3)),
  ),
  "status.left": statusEvent(
    { statusId, owner, type: "left", on: day("2026-01-21"), since },
    toInstant(Date.UTC(2026, 0, 22, 3)),
  ),
};
