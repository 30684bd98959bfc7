import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type * as z from "zod";

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Texts that only this system can read and make. */
interface Seal {
  readonly seal: (value: object) => string;
  /** The sealed value; `undefined` for a text that was not sealed here, or was changed. */
  readonly open: <T>(text: string, schema: z.ZodType<T>) => T | undefined;
}

/**
 * Seals with AES-256-GCM under a key of its own for each purpose. The secret may be two, separated by a blank: the first
 * seals, both open.
 */
export function sealOf(secret: string, purpose: string): Seal {
  const keys = secret
    .trim()
    .split(/ +/)
    .map((one) => Buffer.from(hkdfSync("sha256", one, "", `regulars ${purpose}`, 32)));
  return {
    seal: (value) => {
      const [key = Buffer.alloc(0)] = keys;
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, key, iv);
      const body = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
    },
    open: (text, schema) => {
      const bytes = Buffer.from(text, "base64url");
      for (const key of keys) {
        const opened = decrypted(bytes, key);
        if (opened !== undefined) return schema.safeParse(opened).data;
      }
      return undefined;
    },
  };
}

function decrypted(bytes: Buffer, key: Buffer): unknown {
  if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined;
  try {
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const body = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
