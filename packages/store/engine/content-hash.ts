import { createHash } from "node:crypto";

/** A short hash of a document's content; the order of its property names does not matter. */
export function contentHash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value, sorted)).digest("base64url").slice(0, 16);
}

function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Replaces a text in a key by its hash, so that the text cannot be read there. */
export const textHash = (text: string): string => createHash("sha256").update(text).digest("base64url");
