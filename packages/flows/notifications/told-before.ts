import { channelOf } from "@regulars/core/notifications/channel";
import type { Message, ToldFinding } from "@regulars/core/notifications/message";
import type { Notification, NotificationState, Outbox, ToldBefore } from "@regulars/core/notifications/notification";
import { zoneClock } from "@regulars/core/platform/zone-clock";
import { dayNumber, toDay } from "@regulars/core/platform/values";
import { alertOfFinding } from "./alert-of-finding.ts";

/** The most that a digest names: its sentence stays one. */
const MOST_NAMED = 5;

/**
 * When and where its reader was told what a digest counts and does not list: only of one that lists nothing, which would
 * not say what there is to act on. `zone` is the reader's.
 */
export async function toldBefore(
  message: Message,
  { outbox, zone }: { readonly outbox: Pick<Outbox, "find">; readonly zone: string },
): Promise<readonly ToldBefore[]> {
  if (message.type !== "digest" || message.lines.length > 0) return [];
  const told = (message.told ?? []).slice(0, MOST_NAMED);
  const found = await Promise.all(told.map(async (one) => toldAs(one, await alertOf(one, outbox), zone)));
  return found.filter((one) => one !== undefined);
}

const alertOf = async ({ findingId, episode }: ToldFinding, outbox: Pick<Outbox, "find">) =>
  episode === undefined ? undefined : alertOfFinding({ findingId, episode }, outbox);

/** "07:02". */
const clockText = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");

/** States of an alert that is yet to come. */
const COMING: readonly NotificationState[] = ["due", "sending"];

/** What the log says of a finding's alert; nothing of one that was not sent and is not tried again. */
function toldAs({ findingId, kind }: ToldFinding, alert: Notification | undefined, zone: string) {
  if (alert?.message.type !== "alert") return undefined;
  const { message, sentAt, providerId, state } = alert;
  const lines = [message.line, ...(message.others ?? []).map(({ line }) => line)];
  const line = lines.find((one) => one.findingId === findingId);
  if (line === undefined) return undefined;
  const { customerName } = line;
  if (sentAt === undefined) return COMING.includes(state) ? { kind, customerName } : undefined;
  const { day, minute } = zoneClock(zone).localTime(Date.parse(sentAt));
  const channel = channelOf(message, providerId);
  return { kind, customerName, sent: { on: toDay(dayNumber(day)), time: clockText(minute), channel } };
}
