import type { Alert, FurtherAlert, Message } from "@regulars/core/notifications/message";
import {
  type NewNotification,
  type Notification,
  type Outbox,
  UNSURE_NOTE,
  isUnsure,
} from "@regulars/core/notifications/notification";
import { toInstant } from "@regulars/core/platform/values";
import { type DueDecision, type LeftFinding, hasWaited } from "./decide-due.ts";

/** How it is decided whether a notification is sent. */
export interface ReadyInput {
  readonly outbox: Outbox;
  /** Whether a message is sent now, and which of its parts; default: all that is due. */
  readonly decide?: ((notification: Notification) => Promise<DueDecision> | DueDecision) | undefined;
  /** Called with what an alert does not tell any more. */
  readonly onLeft?: ((left: readonly LeftFinding[], message: Message) => Promise<void>) | undefined;
  readonly clock: () => number;
}

/** Most alerts that become one message: one transaction of the outbox puts it in their place. */
const MOST_TOGETHER = 40;

/**
 * The notifications of one person that are sent now, each without the parts that hold no more; the others are postponed
 * or dropped. Several alerts that have waited are merged into one message before anybody sends it.
 */
export async function readyToSend(
  notifications: readonly Notification[],
  input: ReadyInput,
): Promise<readonly Notification[]> {
  const ready: Notification[] = [];
  for (const notification of notifications) {
    const one = await decided(notification, input);
    if (one !== undefined) ready.push(one);
  }
  const waited = ready.filter(canMerge).slice(0, MOST_TOGETHER);
  if (waited.length < 2) return ready;
  const merged = await mergedAlert(waited, input);
  const inOne = new Set(waited.map(({ id }) => id));
  return [...(merged === undefined ? [] : [merged]), ...ready.filter(({ id }) => !inOne.has(id))];
}

async function decided(
  notification: Notification,
  { decide, onLeft, outbox }: ReadyInput,
): Promise<Notification | undefined> {
  const decision = await decide?.(notification);
  if (decision === undefined) return notification;
  if (decision.do === "hold") {
    await outbox.postpone(notification, decision.until, decision.why);
    return undefined;
  }
  // First what it leaves out, so that a crash in between does it again.
  if (decision.left.length > 0) await onLeft?.(decision.left, notification.message);
  if (decision.do === "drop") {
    await outbox.drop(notification, isUnsure(notification) ? `${decision.note}${UNSURE_NOTE}` : decision.note);
    return undefined;
  }
  return { ...notification, message: decision.message };
}

/** An alert that nobody has tried to send. */
const canMerge = (notification: Notification): notification is Notification & { readonly message: Alert } =>
  notification.message.type === "alert" &&
  notification.attempts === 0 &&
  notification.state === "due" &&
  hasWaited(notification);

/** One message in the place of several, stored first; `undefined` when somebody else was faster. */
async function mergedAlert(
  waited: readonly (Notification & { readonly message: Alert })[],
  { outbox, clock }: ReadyInput,
): Promise<Notification | undefined> {
  const [first] = waited;
  if (first === undefined) return undefined;
  const [, ...others] = waited.flatMap(({ message }): FurtherAlert[] => [
    { kind: message.kind, line: message.line },
    ...(message.others ?? []),
  ]);
  const merged: NewNotification = {
    id: `alerts:${first.id}`,
    dueAt: toInstant(clock()),
    message: { ...first.message, others },
    isOnHold: false,
    queuedAt: first.queuedAt,
    why: first.why,
  };
  if (!(await outbox.merge(waited, merged))) return undefined;
  const { isOnHold: _isOnHold, ...kept } = merged;
  return { ...kept, state: "due", attempts: 0 };
}
