import type { NewNotification } from "../notifications/notification.ts";
import type { CompanionWrites } from "../platform/idempotency.ts";
import type { Instant } from "../platform/values.ts";
import type { SlackInstallation } from "./installation.ts";

/** What a tenant has of Slack. */
export interface SlackStore {
  readonly installation: () => Promise<SlackInstallation | undefined>;
  /** `false` when somebody else has changed it since `version - 1`. A companion write is written with it. */
  readonly saveInstallation: (installation: SlackInstallation, companion?: CompanionWrites) => Promise<boolean>;
  /** Erases the connection with its tokens; `false` when there is none. */
  readonly eraseInstallation: (companion?: CompanionWrites) => Promise<boolean>;
  /**
   * Queues the notices of a problem, unless they were queued after `since`: both in one transaction. `false`: they were.
   */
  readonly tellOnce: (
    problem: string,
    since: Instant,
    at: Instant,
    notices: readonly NewNotification[],
  ) => Promise<boolean>;
}
