import type { Instant } from "../platform/values.ts";

/** What a tenant may have due: notifications to send, or work of plans, operations, backtests and webhooks. */
export const dueKinds = ["outgoing", "plans"] as const;
export type DueKind = (typeof dueKinds)[number];

/**
 * A tenant's due rows: the sweeps of all tenants read them, and so cost nothing for tenants without one. A row is there
 * before what it announces.
 */
export interface DueRows {
  /**
   * Told by whoever has looked for what is due: `isIdle` when there was nothing. Rows of times that have come are removed
   * once they have been idle for longer than any writer may take from a row to what it announces.
   */
  readonly settle: (kind: DueKind, now: Instant, isIdle: boolean) => Promise<void>;
}
