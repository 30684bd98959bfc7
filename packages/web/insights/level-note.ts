import type { Evidence, Level, State } from "@regulars/core/insights/finding";
import { ruleText } from "@regulars/render/insights/evidence-words";
import type { PageWords } from "@regulars/render/texts/page-words";

/**
 * Tail probability limits, 0 to 1: at most this share of the customer's own history is as extreme as the finding
 * (docs/reference/insights.md 2.2, 2.3).
 */
const HIGH_UNTIL = 0.01;
const MEDIUM_UNTIL = 0.05;

interface Levelled {
  readonly level: Level;
  readonly state: State;
  readonly evidence: Evidence;
}

/**
 * Sentences that say how the level was decided and which messages it causes. Reads only the operands `tail` and
 * `levelRule`, which are common to all kinds.
 */
export function levelNote({ level, state, evidence }: Levelled, words: PageWords): readonly string[] {
  const decided = ruleText(evidence, "levelRule", words) ?? tailNote(evidence["tail"], level, words);
  return [decided, words.say(state === "open" ? `note.${level}` : `note.${state}`)];
}

function tailNote(tail: unknown, level: Level, words: PageWords): string {
  if (typeof tail !== "number") return words.say("note.values");
  const levelOfTail = tail <= HIGH_UNTIL ? "high" : tail <= MEDIUM_UNTIL ? "medium" : "watch";
  return words.say(levelOfTail === level ? "note.shareAndLevels" : "note.share", { text: shareText(tail, words) });
}

function shareText(share: number, { say, formats: { locale } }: PageWords): string {
  const format = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  return share < 0.00001 ? say("note.lessThan", { text: format.format(0.001) }) : `${format.format(share * 100)} %`;
}
