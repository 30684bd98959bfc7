/** Most characters of a name that an index of names sorts by. */
const MOST = 200;

/** Letters that Unicode takes for none with an accent, as they are typed without them. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ħ: "h",
  ı: "i",
};

/**
 * A text as searches compare it: without accents, case and repeated blanks, so that "akerblad" finds "Åkerblad", and
 * "moller" finds "Møller". Cut to 200 characters.
 */
export const searchForm = (text: string): string =>
  formerSearchForm(text)
    .replaceAll(/[ßæœøłđðþħı]/g, (letter) => PLAIN[letter] ?? letter)
    .slice(0, MOST);

/** The form that an earlier version stored names in, with letters like ø: a name has it until it is saved again. */
export const formerSearchForm = (text: string): string =>
  text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll(/\s+/g, " ").trim().slice(0, MOST);

/** The same with the last word first, by which people are found by their family names. */
export function lastWordFirst(name: string): string {
  const words = searchForm(name).split(" ");
  return [words.at(-1) ?? "", ...words.slice(0, -1)].join(" ").trim();
}
