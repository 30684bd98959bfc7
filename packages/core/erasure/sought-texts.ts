/** Shorter texts are only found as a whole: they are parts of other texts too. */
const SHORTEST_WITHIN = 5;
/** Fewest digits of a phone number. */
const FEWEST_DIGITS = 7;

/** Texts that are looked for in other texts, whatever their case and the blanks around them. */
export interface SoughtTexts {
  readonly isFound: (text: string) => boolean;
  /** The text with `by` in the place of each that is found. */
  readonly replaced: (text: string, by: string) => string;
}

const folded = (text: string): string => text.normalize("NFKC").toLowerCase().trim();

/** The digits of a text that is a phone number in any notation. */
function digitsOf(text: string): string | undefined {
  if (!/^\+?[\d\s().\-/]+$/.test(text)) return undefined;
  const digits = text.replaceAll(/\D/g, "").replace(/^0+/, "");
  return digits.length < FEWEST_DIGITS ? undefined : digits;
}

/** Looks for these texts. As a part of another text they are found where words begin and end. */
export function soughtTexts(texts: Iterable<string>): SoughtTexts {
  const whole = new Set([...texts].map(folded).filter((text) => text !== ""));
  const phones = new Set([...whole].flatMap((text) => digitsOf(text) ?? []));
  const parts = [...whole].filter(({ length }) => length >= SHORTEST_WITHIN).toSorted((a, b) => b.length - a.length);
  const within =
    parts.length === 0
      ? undefined
      : new RegExp(`(?<![\\p{L}\\p{N}])(?:${parts.map(literal).join("|")})(?![\\p{L}\\p{N}])`, "giu");
  const isWhole = (text: string): boolean => whole.has(folded(text)) || phones.has(digitsOf(text.trim()) ?? "");
  const isPart = (text: string): boolean => within !== undefined && text.normalize("NFKC").search(within) !== -1;
  return {
    isFound: (text) => whole.size > 0 && (isWhole(text) || isPart(text)),
    replaced: (text, by) => {
      if (whole.size === 0) return text;
      if (isWhole(text)) return by;
      return within !== undefined && isPart(text) ? text.normalize("NFKC").replaceAll(within, by) : text;
    },
  };
}

/** The text itself; of an e-mail address not a part of a longer one. */
function literal(text: string): string {
  const escaped = text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  return text.includes("@") ? String.raw`(?<![\p{L}\p{N}][._+-])${escaped}(?![._-]?[\p{L}\p{N}])` : escaped;
}
