import { createHmac, timingSafeEqual } from "node:crypto";
import type { TenantId } from "@regulars/core/platform/values";

const TOLERANCE_SECONDS = 5 * 60;
const MOST_SIGNATURES = 10;

/**
 * The 32-byte signing secret of an API key, derived from the key's id and the API's own secret, so that it is not
 * stored.
 */
const signingBytes = (secret: string, tenantId: TenantId, keyId: string): Buffer =>
  createHmac("sha256", secret).update(`webhook\n${tenantId}\n${keyId}`).digest();

/** The signing secret of an API key as its owner gets it, once: `whsec_` and base64 (Standard Webhooks 1.0.0). */
export const signingSecret = (secret: string, tenantId: TenantId, keyId: string): string =>
  `whsec_${signingBytes(secret, tenantId, keyId).toString("base64")}`;

/** The `?sender=` of a signed request's address, `TENANT:NAME`: every active key of the name is accepted. */
export const senderName = (tenantId: TenantId, keyName: string): string => `${tenantId}:${keyName}`;

/** The headers of a signed request. */
export interface Signed {
  readonly id: string;
  /** Seconds since 1970, as text. */
  readonly timestamp: string;
  /** `v1,<base64>`; several are separated by spaces. */
  readonly signature: string;
}

/** The API key that should have signed. */
interface Signer {
  /** The API's own secret, from which signing secrets are derived. */
  readonly secret: string;
  readonly tenantId: TenantId;
  readonly keyId: string;
}

/**
 * Whether a body, byte for byte, was signed with this key's secret, at most five minutes ago or ahead. Compares in
 * constant time.
 */
export function isSigned(
  raw: Uint8Array,
  { id, timestamp, signature }: Signed,
  { secret, tenantId, keyId }: Signer,
  nowMs: number,
): boolean {
  if (!/^\d{1,12}$/.test(timestamp) || id === "" || id.length > 200) return false;
  const seconds = Number(timestamp);
  if (Math.abs(nowMs / 1000 - seconds) > TOLERANCE_SECONDS) return false;
  const mac = createHmac("sha256", signingBytes(secret, tenantId, keyId))
    .update(`${id}.${timestamp}.`)
    .update(raw);
  const expected = Buffer.from(`v1,${mac.digest("base64")}`);
  return signature
    .split(" ")
    .slice(0, MOST_SIGNATURES)
    .some((one) => {
      const given = Buffer.from(one);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
}
