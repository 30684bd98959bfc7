import { whyText } from "@regulars/core/notifications/why";
import { csvCell } from "../csv.ts";
import type { Delivery } from "./delivery.ts";

const HEAD = [
  "id",
  "due",
  "state",
  "channel",
  "to",
  "subject",
  "why",
  "attempts",
  "sent",
  "provider id",
  "delivered",
  "bounced",
  "bounce says",
  "complained",
  "maybe twice",
  "clicked in Slack",
  "action",
  "last error",
  "note",
];

/** The log of messages as CSV: one row each, times in UTC. */
export const deliveriesCsv = (rows: readonly Delivery[]): string =>
  [HEAD, ...rows.map(cellsOf)].map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");

const cellsOf = ({ notification, channel, to, subject }: Delivery): (string | number | null)[] => {
  const { id, dueAt, state, attempts, sentAt, providerId, maybeDuplicate, lastError, why, note } = notification;
  const { delivered, bounced, complained, clicked } = notification;
  return [
    id,
    dueAt,
    state,
    channel,
    to,
    subject,
    why === undefined ? null : whyText(why),
    attempts,
    sentAt ?? null,
    providerId ?? null,
    delivered?.at ?? null,
    bounced?.at ?? null,
    bounced?.detail ?? null,
    complained?.at ?? null,
    maybeDuplicate === true ? "yes" : null,
    clicked?.at ?? null,
    clicked?.detail ?? null,
    lastError ?? null,
    note ?? null,
  ];
};
