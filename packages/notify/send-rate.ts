/** Waits until the account, and of it a tenant's share, has room for one more mail. */
export type SendRate = (tenantId: string) => Promise<void>;

interface SendRateOptions {
  /** Mails a second that the account may send, of all processes together. */
  readonly readRate: () => Promise<number>;
  /** Processes that may send at once: each takes its part. */
  readonly processes: number;
  /** Milliseconds of one clock, and waiting. */
  readonly elapsed: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
  /** In [0, 1): processes that began together do not go on together. */
  readonly random: () => number;
}

/** The account's rate may be raised while a process lives. */
const READ_AGAIN_MS = 600_000;
/** The least that SES gives an account; also while the rate cannot be read. */
const LEAST_RATE = 1;
/** A tenant's most, of what a process may send: a large mailing leaves room for other tenants' digests. */
const TENANT_SHARE = 0.5;
/** Most tenants whose last mail is remembered. */
const MOST_TENANTS = 1_000;

/** A token bucket of one mail for the account, and one for each tenant; both fill at their rate. */
export function createSendRate({ readRate, processes, elapsed, wait, random }: SendRateOptions): SendRate {
  const known = rateMemory(readRate, elapsed);
  let accountFree = 0;
  const tenantFree = new Map<string, number>();
  return async (tenantId) => {
    const eachMs = (1_000 * processes) / (await known());
    const now = elapsed();
    const at = Math.max(now, accountFree, tenantFree.get(tenantId) ?? 0);
    const jitterMs = at > now ? random() * eachMs : 0;
    accountFree = Math.max(accountFree, now) + eachMs;
    tenantFree.delete(tenantId);
    tenantFree.set(tenantId, at + eachMs / TENANT_SHARE);
    const [oldest] = tenantFree.keys();
    if (tenantFree.size > MOST_TENANTS && oldest !== undefined) tenantFree.delete(oldest);
    if (at + jitterMs > now) await wait(at + jitterMs - now);
  };
}

/** The account's rate, read once for all who wait for it, and again after ten minutes. */
function rateMemory(readRate: () => Promise<number>, elapsed: () => number): () => Promise<number> {
  let rate: Promise<number> | undefined;
  let readAt = 0;
  return () => {
    if (rate === undefined || elapsed() - readAt > READ_AGAIN_MS) {
      readAt = elapsed();
      rate = readRate().then(
        (found) => Math.max(found, LEAST_RATE),
        () => LEAST_RATE,
      );
    }
    return rate;
  };
}
