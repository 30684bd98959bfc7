import type { Instant } from "../platform/values.ts";

/** What can happen to an e-mail after it was handed over. */
export const fates = ["delivered", "delayed", "bounced", "complained", "rejected"] as const;
export type Fate = (typeof fates)[number];

/** What happened to one e-mail, as its provider reports it: perhaps twice, and in any order. */
export interface MailEvent {
  /** The same whenever the same event is reported. */
  readonly id: string;
  readonly at: Instant;
  readonly fate: Fate;
  /** Of a bounce: the address will never take a mail. */
  readonly isPermanent: boolean;
  readonly addresses: readonly string[];
  /** What the receiver's server said, or which kind of complaint. */
  readonly detail?: string | undefined;
  /** The notification that the mail was of. */
  readonly notificationId?: string | undefined;
}
