import type { NewNotification } from "../notifications/notification.ts";
import type { CompanionWrites } from "../platform/idempotency.ts";
import type { Instant } from "../platform/values.ts";
import type { Handled } from "./handled.ts";
import type { InstallState } from "./install-state.ts";
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
  /** Keeps who is on their way to Slack. A companion write is written with it. */
  readonly keepState: (state: InstallState, companion?: CompanionWrites) => Promise<void>;
  /** Takes it out, once; `undefined`: it is not there, or not any more. */
  readonly takeState: (nonce: string) => Promise<InstallState | undefined>;
  readonly handled: (findingId: string, episode: string) => Promise<Handled | undefined>;
  /** The writes of what was done, on the condition that nobody did anything since `version - 1`. */
  readonly handledWrites: (handled: Handled) => CompanionWrites;
  /** The same by itself; `false`: somebody did something. */
  readonly saveHandled: (handled: Handled) => Promise<boolean>;
}
