import { createHmac, timingSafeEqual } from "node:crypto";
import type { TenantId } from "@regulars/core/platform/values";

const TOLERANCE_SECONDS = 5 * 60;
const MOST_SIGNATURES = 10;

/** 32 bytes that a key's holder signs with: made of the key's id and the API's own secret, so that they are kept nowhere. */
const signingBytes = (secret: string, tenantId: TenantId, keyId: string): Buffer =>
  createHmac("sha256", secret).update(`webhook\n${tenantId}\n${keyId}`).digest();

/** The secret that a key's holder signs with, as it is shown the one time: `whsec_` and base64 (Standard Webhooks 1.0.0). */
export const signingSecret = (secret: string, tenantId: TenantId, keyId: string): string =>
  `whsec_${signingBytes(secret, tenantId, keyId).toString("base64")}`;

/** What a signed request's address says of who signed it: `?sender=TENANT:NAME`, every live key of a name being good. */
export const senderName = (tenantId: TenantId, keyName: string): string => `${tenantId}:${keyName}`;

/** What a signed request says of itself. */
export interface Signed {
  readonly id: string;
  /** Seconds since 1970, as text. */
  readonly timestamp: string;
  /** `v1,<base64>`, several parted by blanks. */
  readonly signature: string;
}

/** Whose signature is looked for. */
export interface Signer {
  /** The API's own secret, that signers' secrets are made of. */
  readonly secret: string;
  readonly tenantId: TenantId;
  readonly keyId: string;
}

/** Whether a body, byte for byte, was signed by this key's holder, not more than five minutes ago or ahead. Compared in constant time. */
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
