import type { Message } from "@regulars/core/notifications/message";
import type { MessageSender, Outbox } from "@regulars/core/notifications/notification";
import { TryLaterError } from "@regulars/core/platform/try-later-error";
import { type Arrival, arrivalOf } from "./predict.ts";
import { type Year, killedAt } from "./year.ts";

/** The process that sends was killed. */
export class KilledError extends Error {}

/** A sender that notes what arrives when, takes nothing while its receiver is closed, and is killed as the year says. */
export function watchedSender({ closed }: Year, clock: () => number) {
  const arrivals: Arrival[] = [];
  const perKey = new Map<string, number>();
  const killed = new Set<string>();
  let kills = 0;
  const messageSender: MessageSender = {
    deliver: (message, key) => {
      const [receiver, userId, now] = [
        message.type === "digest" ? "mail" : "slack",
        readerIn(message),
        clock(),
      ] as const;
      const stop = closed[receiver].find(({ from, until }) => from <= now && now < until);
      if (stop !== undefined) return Promise.reject(new TryLaterError("not now", stop.until - now, receiver));
      const how = killedAt(userId, now);
      if (how !== "before") {
        perKey.set(key, (perKey.get(key) ?? 0) + 1);
        const ids = findingsIn(message);
        const told = message.type === "digest" ? [ids] : ids.map((id) => [id]);
        arrivals.push(...told.map((one) => arrivalOf(now, userId, message.type, one)));
      }
      if (how !== undefined) {
        kills += 1;
        killed.add(key);
        return Promise.reject(new KilledError(key));
      }
      return Promise.resolve({ providerId: key });
    },
  };
  /** An outbox to which a killed process writes no more of the message that it was about to record. */
  const endingWith = (whole: Outbox): Outbox => ({
    ...whole,
    markFailed: (notification, failure) => {
      if (killed.delete(notification.id)) throw new KilledError(notification.id);
      return whole.markFailed(notification, failure);
    },
  });
  return { messageSender, endingWith, arrivals, perKey, kills: () => kills };
}

const readerIn = (message: Message): string => {
  if (message.type === "alert") return message.rep?.userId ?? "";
  return message.type === "digest" ? message.userId : "";
};

const findingsIn = (message: Message): readonly string[] => {
  if (message.type === "digest") return message.lines.map(({ findingId }) => findingId);
  if (message.type !== "alert") return [];
  return [message.line, ...(message.others ?? []).map(({ line }) => line)].map(({ findingId }) => findingId);
};
