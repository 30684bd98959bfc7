import * as z from "zod";

export const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), "has a control character in it");

/** The refinement of texts that people write: half a character would be stored as another one. */
export const wellFormed = [(text: string): boolean => text.isWellFormed(), "contains a lone surrogate"] as const;

/** One line of text written by a person, of so many characters: trimmed, not empty, well-formed Unicode. */
export const textUpTo = (most: number) =>
  z
    .string()
    .trim()
    .min(1, "is missing")
    .max(most, `is longer than ${most} characters`)
    .refine(...wellFormed);

/** The longest text that a field may have. */
export const MAX_TEXT = 1_000;

export const textSchema = textUpTo(MAX_TEXT);

/** A note that somebody may leave empty: well-formed Unicode. */
export const noteSchema = (most: number) =>
  z
    .string()
    .max(most)
    .refine(...wellFormed);

/** A text in which invisible characters that programs obey, control characters and marks of direction, are blanks. */
export const visibleText = (text: string): string =>
  /^[ -~]*$/.test(text) ? text : text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu, " ");

/** `textSchema` of a text from a file or another system, whose unseen characters are replaced. */
export const intakeTextSchema = z.string().overwrite(visibleText).pipe(textSchema);

/** UTF-8 bytes of a text. */
export function textBytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
