import type { WordedSection } from "../notifications/worded.ts";
import { NAME_LENGTH, oneLine } from "../plain-text.ts";

/** The counts of all sections: "3 overdue, 2 churn risks, 1 lost item". */
export const digestCountsOf = (sections: readonly WordedSection[]): string =>
  sections.map(({ counted }) => oneLine(counted, NAME_LENGTH)).join(", ");

/** A whole number as people of a locale write it. */
export const formatCount = (count: number, locale: string): string => new Intl.NumberFormat(locale).format(count);

/** How many findings are not among the lines of a section. */
export const moreThanLines = ({ count, lines }: WordedSection): number => Math.max(0, count - lines.length);

/** How many findings a digest tells of, and how many of them are new. */
export const digestTotalsOf = (
  sections: readonly WordedSection[],
): { readonly count: number; readonly newCount: number } =>
  sections.reduce(
    (total, { count, newCount }) => ({ count: total.count + count, newCount: total.newCount + newCount }),
    { count: 0, newCount: 0 },
  );
