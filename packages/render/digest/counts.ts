import type { DigestToDo } from "@regulars/core/notifications/message";
import type { WordedDigest, WordedSection } from "../notifications/worded.ts";
import { NAME_LENGTH, oneLine } from "../plain-text.ts";
import type { Words } from "../texts/words.ts";

/**
 * The counts of all kinds, and of what is due: "3 overdue, 2 churn risks, 1 customer with lost items, 2 to do"; where
 * there is nothing else, of what has ended.
 */
export function digestCountsOf({ sections, toDo, cleared, words }: WordedDigest): string {
  const due = dueText(toDo, words);
  const counts = [...sections.map(({ counted }) => oneLine(counted, NAME_LENGTH)), ...(due === undefined ? [] : [due])];
  return counts.length === 0 ? closedCountText(cleared, words) : counts.join(", ");
}

/** "3 closed cases", or nothing. */
export const closedCountText = (cleared: WordedDigest["cleared"], { say }: Words): string =>
  cleared === undefined ? "" : say("digest.closedCount", { numb: cleared.count });

/** How many entries the reader was told at once. */
export const toldCountOf = (sections: readonly WordedSection[]): number =>
  sections.reduce((total, { toldCount = 0 }) => total + toldCount, 0);

/** How many entries of the rep's list are not among the lines. */
export const moreThanLines = ({ sections, lines }: Pick<WordedDigest, "sections" | "lines">): number =>
  Math.max(0, digestTotalsOf(sections).count - lines.length);

/** How many entries the rep's list has, and how many of them are new. */
export const digestTotalsOf = (
  sections: readonly WordedSection[],
): { readonly count: number; readonly newCount: number } =>
  sections.reduce(
    (total, { count, newCount }) => ({ count: total.count + count, newCount: total.newCount + newCount }),
    { count: 0, newCount: 0 },
  );

/** "2 to do": how many follow-ups are due; `undefined` when none is. */
export const dueText = (toDo: DigestToDo | undefined, { say }: Words): string | undefined =>
  toDo === undefined || toDo.due === 0 ? undefined : say("toDo.due", { numb: toDo.due });
