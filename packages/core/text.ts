import * as z from "zod";

/** The longest text that a field may have. */
export const MAX_TEXT = 1_000;

/** A line of text that somebody wrote: trimmed, not empty, of whole characters. */
export const textSchema = z
  .string()
  .trim()
  .min(1, "is missing")
  .max(MAX_TEXT, `is longer than ${MAX_TEXT} characters`)
  .refine((text) => text.isWellFormed(), "has half a character in it");
