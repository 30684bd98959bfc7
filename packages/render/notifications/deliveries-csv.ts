import type { Notification } from "@regulars/core/notifications/notification";
import { csvCell } from "../csv.ts";

/** One message of the log, with what depends on its reader's words. */
export interface DeliveryRow {
  readonly notification: Notification;
  readonly channel: string;
  readonly to: string;
  readonly subject: string;
}

const HEAD = [
  "id",
  "due",
  "state",
  "channel",
  "to",
  "subject",
  "attempts",
  "sent",
  "provider id",
  "delivered",
  "bounced",
  "bounce says",
  "complained",
  "maybe twice",
  "last error",
];

/** The log of messages as CSV: one row each, times in UTC. */
export const deliveriesCsv = (rows: readonly DeliveryRow[]): string =>
  [HEAD, ...rows.map(cellsOf)].map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");

const cellsOf = ({ notification, channel, to, subject }: DeliveryRow): (string | number | null)[] => {
  const { id, dueAt, state, attempts, sentAt, providerId, maybeDuplicate, lastError } = notification;
  const { delivered, bounced, complained } = notification;
  return [
    id,
    dueAt,
    state,
    channel,
    to,
    subject,
    attempts,
    sentAt ?? null,
    providerId ?? null,
    delivered?.at ?? null,
    bounced?.at ?? null,
    bounced?.detail ?? null,
    complained?.at ?? null,
    maybeDuplicate === true ? "yes" : null,
    lastError ?? null,
  ];
};
