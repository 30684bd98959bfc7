import { createHash } from "node:crypto";
/** A picture is never taken for anything else, and its address never shows another one. */
export const pictureHeaders = (type: string) => ({
  "content-type": type,
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; sandbox",
  "cache-control": "private, max-age=31536000, immutable",
});

/** The id of a picture: the hash of its bytes. */
export const pictureIdOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
