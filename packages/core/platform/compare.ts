/** Orders texts by UTF-16 code units, whatever the locale: for `toSorted`. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
