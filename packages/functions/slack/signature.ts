import { createHmac, timingSafeEqual } from "node:crypto";

const TOLERANCE_SECONDS = 5 * 60;

/** The headers with which Slack signs a call. */
interface SlackSigned {
  /** X-Slack-Request-Timestamp: seconds since 1970, as text. */
  readonly timestamp: string;
  /** X-Slack-Signature: `v0=` and 64 hexadecimal digits. */
  readonly signature: string;
}

/** The signature of a body, byte for byte, at a time (https://docs.slack.dev/authentication/verifying-requests-from-slack). */
export const slackSignature = (raw: Uint8Array, timestamp: string, secret: string): string =>
  `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:`).update(raw).digest("hex")}`;

/**
 * Whether Slack signed this body with one of the secrets, at most five minutes ago or ahead. While the secret is changed
 * there are two. Compares in constant time.
 */
export function isFromSlack(
  raw: Uint8Array,
  { timestamp, signature }: SlackSigned,
  secrets: readonly string[],
  nowMs: number,
): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const given = Buffer.from(signature);
  return secrets
    .map((secret) => Buffer.from(slackSignature(raw, timestamp, secret)))
    .some((expected) => given.length === expected.length && timingSafeEqual(given, expected));
}
