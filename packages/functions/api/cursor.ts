import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { TenantId } from "@regulars/core/values";
import * as z from "zod";
import { Problem } from "./problem.ts";

/** What a list's cursor holds, signed: whose it is, of which list with which filters, and after what it goes on. */
const cursorSchema = z.strictObject({ t: z.string(), l: z.string(), after: z.string() });

/** Makes and reads the cursors of one tenant. */
export interface Cursors {
  /** `list` names the route and its filters: a cursor is good for no other. */
  readonly write: (list: string, after: string) => string;
  readonly read: (list: string, cursor: string | undefined) => string | undefined;
}

const SIGNATURE_BYTES = 32;

export function cursorsOf(secret: string, tenantId: TenantId): Cursors {
  const sign = (text: string): Buffer => createHmac("sha256", secret).update(text).digest();
  return {
    write: (list, after) => {
      const text = JSON.stringify({ t: tenantId, l: list, after } satisfies z.input<typeof cursorSchema>);
      return Buffer.concat([sign(text), Buffer.from(text)]).toString("base64url");
    },
    read: (list, cursor) => {
      if (cursor === undefined) return undefined;
      const bytes = Buffer.from(cursor, "base64url");
      const text = bytes.subarray(SIGNATURE_BYTES).toString();
      const signature = bytes.subarray(0, SIGNATURE_BYTES);
      if (signature.length < SIGNATURE_BYTES || !timingSafeEqual(signature, sign(text))) throw unusable();
      const { t, l, after } = cursorSchema.parse(JSON.parse(text));
      if (t !== tenantId) throw new Problem({ status: 404, code: "unknown-cursor", detail: "there is no such cursor" });
      if (l !== list) throw unusable();
      return after;
    },
  };
}

const unusable = (): Problem =>
  new Problem({
    status: 400,
    code: "unusable-cursor",
    detail: "the cursor is not one that this list gave: leave it out to begin again",
    errors: [{ path: "cursor", code: "unusable-cursor", message: "is not a cursor of this list" }],
  });
