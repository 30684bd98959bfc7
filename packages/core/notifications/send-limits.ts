import type { TokenBucket, TokenBucketState } from "../access/rate-limit.ts";
import { type Instant, toInstant } from "../platform/values.ts";
import type { Message } from "./message.ts";
import { readerOf } from "./readers-language.ts";
import type { RouteRule, Why } from "./route.ts";

const HOUR_MS = 3_600_000;

/** Messages that one person gets within an hour at most; a digest is one a day by itself, and is not counted. */
export const MOST_TO_ONE = 20;
/** Messages that a tenant sends within an hour at most. */
export const MOST_OF_TENANT = 20_000;

/** A limit on what is sent: whose it is, its bucket, and the rule that the log tells. */
export interface SendLimit {
  readonly actorId: string;
  readonly bucket: TokenBucket;
  readonly rule: Extract<RouteRule, "reader-limit" | "tenant-limit">;
}

/**
 * The limit of whoever gets a message. None of a digest, of a message to everybody in a channel, and of a group mailing,
 * which each address gets once.
 */
export function limitOfReader(message: Message): SendLimit | undefined {
  const reader = message.type === "digest" || message.type === "group" ? undefined : readerOf(message);
  if (reader === undefined) return undefined;
  const bucket = { refillMs: HOUR_MS / MOST_TO_ONE, windowMs: HOUR_MS, aheadMs: 0 };
  return { actorId: `sent-to:${reader}`, bucket, rule: "reader-limit" };
}

/** The tenant's limit, for so many messages at once. */
export const limitOfTenant = (messages: number): SendLimit => ({
  actorId: "sent-by-tenant",
  bucket: { refillMs: (messages * HOUR_MS) / MOST_OF_TENANT, windowMs: HOUR_MS, aheadMs: 0 },
  rule: "tenant-limit",
});

/** Until when and why a message waits whose limit is reached. */
export const heldBy = (
  { bucket, rule }: SendLimit,
  { resetAtMs }: TokenBucketState,
): { readonly until: Instant; readonly why: Why } => ({
  until: toInstant(Math.ceil(resetAtMs - bucket.windowMs + bucket.refillMs)),
  why: { rule, decidedBy: "usual" },
});
