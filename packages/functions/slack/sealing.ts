import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { Sealing } from "@regulars/core/platform/sealing";
import type { TenantId } from "@regulars/core/platform/values";

const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const VERSION = "v1.";

/**
 * Seals with AES-256-GCM under a key of the tenant's own, made of the stage's sealing key; the tenant is authenticated
 * too. `keys` are the current one and, while keys are changed, the one before, separated by a space.
 */
export function sealingWith(keys: string): Sealing {
  const secrets = keys.split(" ").filter((key) => key !== "");
  const [current] = secrets;
  if (current === undefined) throw new Error("there is no sealing key");
  return {
    seal: (tenantId, text) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, keyOf(current, tenantId), nonce).setAAD(Buffer.from(tenantId));
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return VERSION + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
    },
    open: (tenantId, sealed) => {
      for (const secret of secrets) {
        const text = opened(keyOf(secret, tenantId), tenantId, sealed);
        if (text !== undefined) return text;
      }
      return undefined;
    },
  };
}

const keyOf = (secret: string, tenantId: TenantId): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, tenantId, "regulars credentials", KEY_BYTES));

function opened(key: Buffer, tenantId: TenantId, sealed: string): string | undefined {
  if (!sealed.startsWith(VERSION)) return undefined;
  const bytes = Buffer.from(sealed.slice(VERSION.length), "base64url");
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(tenantId))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}
