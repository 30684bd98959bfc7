import type { Instant } from "../platform/values.ts";
import type { Alert, Digest, IntroductionMail } from "./message.ts";
import type { Suppression } from "./suppression.ts";

/** Where an alert is posted: a channel's or a user's id in the tenant's workspace, and what people call it. */
export interface AlertPlace {
  readonly type: "channel" | "direct";
  readonly id: string;
  readonly name: string;
}

/** Where one message goes: to the first place that takes it, else by mail. */
export interface AlertRoute {
  readonly places: readonly AlertPlace[];
  readonly mail?: { readonly name: string; readonly address: string } | undefined;
  /** The places of what goes by mail, should its address take none. */
  readonly instead?: readonly AlertPlace[] | undefined;
  /** Set where the reader's address takes no mail: whose it is, and why. */
  readonly suppressed?: SuppressedReader | undefined;
  /** Why it goes to Slack and not by mail, where that is not its reader's wish. */
  readonly why?: string | undefined;
}

/** A reader to whose address no mail is sent. */
export interface SuppressedReader {
  readonly name: string;
  readonly address: string;
  readonly suppression: Suppression;
}

/** What the tenant's workspace says to a call; `gone`: it was not taken because the place or the workspace is gone. */
export type Posted =
  { readonly providerId: string } | { readonly gone: "place" | "workspace"; readonly reason: string };

/** What may be told in Slack. */
export type SlackTold = Alert | IntroductionMail | Digest;

/** One tenant's way to tell alerts, a colleague what they are asked for, and a digest to whom no mail reaches. */
export interface AlertRouting {
  readonly routeOf: (message: SlackTold) => Promise<AlertRoute>;
  /** Absent: the tenant has no Slack. */
  readonly workspace?: AlertWorkspace | undefined;
}

/** One tenant's Slack workspace. Its calls throw when Slack cannot be asked now. */
export interface AlertWorkspace {
  readonly post: (place: AlertPlace, message: PostedMessage, key: string) => Promise<Posted>;
  /** The message with this key that was posted to the place since then; `"unknown"` when that cannot be read. */
  readonly find: (place: AlertPlace, key: string, since: Instant) => Promise<string | "unknown" | undefined>;
  /** Called when a place did not take an alert. */
  readonly onGone: (place: AlertPlace, gone: "place" | "workspace", reason: string) => Promise<void>;
}

/** A rendered message: the text of notifications, and Slack's blocks. */
export interface PostedMessage {
  readonly text: string;
  readonly blocks: readonly object[];
}
