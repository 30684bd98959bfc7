import { createHmac, timingSafeEqual } from "node:crypto";
import type { TenantId } from "@regulars/core/values";
import { Webhook } from "standardwebhooks";

const TOLERANCE_SECONDS = 5 * 60;
const MOST_SIGNATURES = 10;

/**
 * The secret that a key's holder signs with: made of the key's id, so that it is kept nowhere. 32 bytes, written
 * `whsec_` and base64 (Standard Webhooks 1.0.0).
 */
export const signingSecret = (secret: string, tenantId: TenantId, keyId: string): string =>
  `whsec_${createHmac("sha256", secret).update(`webhook\n${tenantId}\n${keyId}`).digest("base64")}`;

/** What a signed request says of itself. */
export interface Signed {
  readonly id: string;
  /** Seconds since 1970, as text. */
  readonly timestamp: string;
  /** `v1,<base64>`, several parted by blanks. */
  readonly signature: string;
}

/** Whether a raw body was signed with this secret, not more than five minutes ago or ahead. Compared in constant time. */
export function isSigned(raw: string, { id, timestamp, signature }: Signed, secret: string, nowMs: number): boolean {
  if (!/^\d{1,12}$/.test(timestamp) || id === "" || id.length > 200) return false;
  const seconds = Number(timestamp);
  if (Math.abs(nowMs / 1000 - seconds) > TOLERANCE_SECONDS) return false;
  const expected = Buffer.from(new Webhook(secret).sign(id, new Date(seconds * 1000), raw));
  return signature
    .split(" ")
    .slice(0, MOST_SIGNATURES)
    .some((one) => {
      const given = Buffer.from(one);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
}
