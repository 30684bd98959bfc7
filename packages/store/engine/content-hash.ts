import { createHash } from "node:crypto";

/** A short hash of what a document says, the same for the same content whatever the order of its names. */
export function contentHash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value, sorted)).digest("base64url").slice(0, 16);
}

function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A hash that stands for a text in a key: what it says is not to be read there. */
export const textHash = (text: string): string => createHash("sha256").update(text).digest("base64url");
