import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import type { TenantId } from "@regulars/core/platform/values";
import * as z from "zod";
import { Problem } from "./problem.ts";

/** A cursor's contents: the tenant, the list with its filters, and the entry after which the next page begins. */
const cursorSchema = z.strictObject({ t: z.string(), l: z.string(), after: z.string() });
type Cursor = z.output<typeof cursorSchema>;

/** Makes and reads the cursors of one tenant. */
export interface Cursors {
  /** `list` names the route and its filters: the cursor is valid for no other list. */
  readonly write: (list: string, after: string) => string;
  readonly read: (list: string, cursor: string | undefined) => string | undefined;
}

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypted, not only signed: the last entry may be one that the reader does not see. */
export function cursorsOf(secret: string, tenantId: TenantId): Cursors {
  const key = createHash("sha256").update(`cursor ${secret}`).digest();
  return {
    write: (list, after) => seal(key, { t: tenantId, l: nameOf(list), after }),
    read: (list, cursor) => {
      if (cursor === undefined) return undefined;
      const { t, l, after } = unseal(key, Buffer.from(cursor, "base64url"));
      if (t !== tenantId) throw new Problem({ status: 404, code: "unknown-cursor", detail: "there is no such cursor" });
      if (l !== nameOf(list)) throw unusable();
      return after;
    },
  };
}

/** A hash, so that the cursor is short whatever the filters. */
const nameOf = (list: string): string => createHash("sha256").update(list).digest("base64url");

function seal(key: Buffer, cursor: Cursor): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  const sealed = [cipher.update(JSON.stringify(cursor), "utf8"), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString("base64url");
}

function unseal(key: Buffer, bytes: Buffer): Cursor {
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  if (tag.length < TAG_BYTES) throw unusable();
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(tag);
  const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
  try {
    return cursorSchema.parse(JSON.parse(Buffer.concat([text, decipher.final()]).toString()));
  } catch {
    throw unusable();
  }
}

const unusable = (): Problem =>
  new Problem({
    status: 400,
    code: "unusable-cursor",
    detail: "the cursor is not from this list: leave it out to start again",
    errors: [{ path: "cursor", code: "unusable-cursor", message: "is not a cursor of this list" }],
  });
