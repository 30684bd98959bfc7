import type { HookDelivery } from "./inbound-request.ts";

/** What tunnels sent. */
export interface HookLog {
  readonly noteHooks: (deliveries: readonly HookDelivery[]) => Promise<void>;
  /** A sender's, the newest first. */
  readonly hooks: (scope: string, limit: number) => Promise<readonly HookDelivery[]>;
  readonly hook: (scope: string, requestId: string) => Promise<HookDelivery | undefined>;
}
