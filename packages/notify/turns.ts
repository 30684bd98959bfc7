/** Turns of tenants: only one message of a tenant is on its way to Slack at a time. */
export interface Turns {
  /** Waits for the tenant's turn; resolves to what gives it back. */
  readonly take: (tenantId: string) => Promise<() => void>;
}

/** Turns in the order in which they were asked for. */
export function createTurns(): Turns {
  const lines = new Map<string, Promise<void>>();
  return {
    take: async (tenantId) => {
      const before = lines.get(tenantId);
      const turn = Promise.withResolvers<void>();
      lines.set(tenantId, turn.promise);
      await before;
      return () => {
        turn.resolve();
        if (lines.get(tenantId) === turn.promise) lines.delete(tenantId);
      };
    },
  };
}

/** Time, in milliseconds of one clock, and waiting. */
interface Pacing {
  readonly elapsed: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
  /** Least time between two messages in one channel. */
  readonly everyMs: number;
}

/** Most channels whose last message is remembered; older ones have long been free again. */
const MOST_CHANNELS = 1_000;

/** Waits until a channel may get its next message: Slack takes one a second and channel. */
export function createPace({ elapsed, wait, everyMs }: Pacing): (channel: string) => Promise<void> {
  const free = new Map<string, number>();
  return async (channel) => {
    const now = elapsed();
    const at = Math.max(now, free.get(channel) ?? now);
    free.delete(channel);
    free.set(channel, at + everyMs);
    const [oldest] = free.keys();
    if (free.size > MOST_CHANNELS && oldest !== undefined) free.delete(oldest);
    if (at > now) await wait(at - now);
  };
}
