import type { Notification, NotificationState, Outbox } from "@regulars/core/notifications/notification";

const PAGE = 100;

interface LogInput {
  readonly outbox: Pick<Outbox, "page">;
  readonly state?: NotificationState | undefined;
  /** The `next` of the answer before. */
  readonly before?: string | undefined;
  /** Notifications of one answer. */
  readonly most: number;
}

/** The latest notifications of the log, as many as wanted, and where the next ones begin. */
export async function readLog({ outbox, state, before, most }: LogInput) {
  const found: Notification[] = [];
  let next = before;
  do {
    const page = await outbox.page({ limit: Math.min(PAGE, most - found.length), state, before: next });
    found.push(...page.notifications);
    next = page.next;
  } while (next !== undefined && found.length < most);
  return { notifications: found, ...(next === undefined ? {} : { next }) };
}
