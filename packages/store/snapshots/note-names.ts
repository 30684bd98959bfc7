import { noteLetters } from "@regulars/core/insights/note-letters";

const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
/** What most notes are of: a status of the customer itself whose id was given (functions/effects.ts). */
const USUAL_NAME = new RegExp(`^F#([^#]+)#sts_([${LETTERS}]{26})$`);
const longOf = (kind: string, letters: string): string => `F#${kind}#sts_${letters}`;

const letterOf = new Map(noteLetters.map(({ kind, letter }) => [kind, letter]));
const kindOf = new Map(noteLetters.map(({ kind, letter }) => [letter, kind]));

/** The id's 130 bits in signs that take a byte each: `!` to `~`. */
const [FIRST_SIGN, SIGNS, LENGTH] = [33, 94n, 20];

/** As the name of an attribute, which every night reads: 21 bytes instead of 48. */
export function shortName(name: string): string {
  const [, kind = "", letters = ""] = USUAL_NAME.exec(name) ?? [];
  const letter = letterOf.get(kind);
  if (letter === undefined) return name;
  let left = 0n;
  for (const one of letters) left = left * 32n + BigInt(LETTERS.indexOf(one));
  let signs = "";
  for (let i = 0; i < LENGTH; i += 1) {
    signs += String.fromCharCode(FIRST_SIGN + Number(left % SIGNS));
    left /= SIGNS;
  }
  return letter + signs;
}

const MOST_NAMES = 1_000;
const longNames = new Map<string, string>();

/** The name that was made short; any other as it is. Found again: a night reads those of few monitors at many customers. */
export function longName(name: string): string {
  const kind = name.length === 1 + LENGTH ? kindOf.get(name.charAt(0)) : undefined;
  if (kind === undefined) return name;
  const known = longNames.get(name);
  if (known !== undefined) return known;
  let left = 0n;
  for (let i = LENGTH; i > 0; i -= 1) left = left * SIGNS + BigInt(name.charCodeAt(i) - FIRST_SIGN);
  let letters = "";
  for (let i = 0; i < 26; i += 1) {
    letters = (LETTERS[Number(left % 32n)] ?? "") + letters;
    left /= 32n;
  }
  const long = longOf(kind, letters);
  if (longNames.size < MOST_NAMES) longNames.set(name, long);
  return long;
}
