import type { RateLimitStore } from "@regulars/core/access/rate-limit";
import type { Notification, Outbox } from "@regulars/core/notifications/notification";
import { type SendLimit, heldBy, limitOfReader, limitOfTenant } from "@regulars/core/notifications/send-limits";

interface Limiting {
  readonly rates: RateLimitStore;
  readonly outbox: Pick<Outbox, "postpone">;
  readonly clock: () => number;
}

/** Makes messages wait that go beyond what is sent within an hour; the log says why. What was tried once is not counted again. */
export interface SendLimits {
  /** Those of a batch that the tenant may send now. */
  readonly ofTenant: (due: readonly Notification[]) => Promise<readonly Notification[]>;
  /** Whether the reader of a message may get it now. */
  readonly ofReader: (notification: Notification) => Promise<boolean>;
}

export function withinLimits({ rates, outbox, clock }: Limiting): SendLimits {
  const taken = async (limit: SendLimit, notifications: readonly Notification[]): Promise<boolean> => {
    const state = await rates.take(limit.actorId, clock(), limit.bucket);
    if (state.isAllowed) return true;
    const { until, why } = heldBy(limit, state);
    for (const notification of notifications) await outbox.postpone(notification, until, why);
    return false;
  };
  return {
    ofTenant: async (due) => {
      const fresh = due.filter(isFresh);
      const isWithin = fresh.length === 0 || (await taken(limitOfTenant(fresh.length), fresh));
      return isWithin ? due : due.filter((one) => !isFresh(one));
    },
    ofReader: async (notification) => {
      const limit = isFresh(notification) ? limitOfReader(notification.message) : undefined;
      return limit === undefined || taken(limit, [notification]);
    },
  };
}

const isFresh = ({ attempts, state }: Notification): boolean => attempts === 0 && state === "due";
