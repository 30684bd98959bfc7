const digits = new Intl.NumberFormat("en");

/** A count with its noun, in English: "1 deal", "2 deals", "1,204 entries". Without `many`, the plural ends in "s". */
export const counted = (count: number, one: string, many?: string): string =>
  `${figureOf(count)} ${nounFor(count, one, many)}`;

/** Small counts look the same everywhere, and there are many. */
const figureOf = (count: number): string =>
  Number.isInteger(count) && count >= 0 && count < 1000 ? String(count) : digits.format(count);

/** The noun alone: "deal" for 1, else "deals". */
export const nounFor = (count: number, one: string, many = `${one}s`): string => (count === 1 ? one : many);
