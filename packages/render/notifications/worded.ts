import type { Alert, Digest, FurtherAlert, MessageLine } from "@regulars/core/notifications/message";
import type { ToldBefore } from "@regulars/core/notifications/notification";
import { type MessageText, type TextSource, numberOf, textOf } from "@regulars/core/platform/message-text";
import { type Formats, formatsOf } from "../texts/formats.ts";
import { isolated } from "../texts/isolated.ts";
import { type Words, wordsOf } from "../texts/words.ts";
import { sourceOf, writeText } from "../texts/write-text.ts";

/** A line of a message with its texts in the reader's language: plain and not escaped. */
export interface WordedLine extends Omit<MessageLine, "why" | "followUp"> {
  /** "silent 22 days, usually 14; …" */
  readonly why: string;
  /** A first message to the customer, ready to copy. */
  readonly followUp: string;
}

export type WordedSection = Digest["sections"][number] & {
  /** "3 churn risks", for subjects and summaries. */
  readonly counted: string;
};

/** An entry of the rep's list: a finding, and the reasons of those folded under it. */
export interface WordedEntry extends WordedLine {
  /** The kind's title: "Churn risk". */
  readonly title: string;
  readonly also: readonly string[];
}

/** What has ended since the digest before: how many, and the first, each with its kind's title. */
interface WordedCleared {
  readonly count: number;
  readonly first: readonly { readonly title: string; readonly customerName: string }[];
}

/** What the reader was told in a message of its own, with its kind's title. */
type WordedTold = Omit<ToldBefore, "kind"> & { readonly title: string };

export interface WordedDigest extends Omit<Digest, "sections" | "lines" | "cleared" | "told"> {
  readonly cleared?: WordedCleared | undefined;
  /** The first of what is counted and not listed. */
  readonly told?: readonly WordedTold[] | undefined;
  readonly sections: readonly WordedSection[];
  readonly lines: readonly WordedEntry[];
  readonly words: Words;
}

/** A finding that is told together with another one. */
export interface WordedFurther {
  readonly title: string;
  readonly line: WordedLine;
}

export interface WordedAlert extends Omit<Alert, "line" | "others"> {
  readonly title: string;
  readonly line: WordedLine;
  readonly others?: readonly WordedFurther[] | undefined;
  readonly words: Words;
}

/** A digest with the texts and formats of its locale. Throws when a text does not exist. */
export function wordDigest(digest: Digest, texts: TextSource, told: readonly ToldBefore[] = []): WordedDigest {
  const formats = formatsOf(digest.locale);
  const customers = formatsOf(digest.customersLocale ?? digest.locale);
  return {
    ...digest,
    words: wordsOf(digest.locale, texts),
    sections: digest.sections.map((section) => ({
      ...section,
      counted: countedPhraseOf(section, texts, digest.locale),
    })),
    told: told.map(({ kind, ...one }) => ({ ...one, title: titleOf(kind, texts, formats) })),
    cleared: digest.cleared && {
      count: digest.cleared.count,
      first: digest.cleared.first.map(({ kind, customerName }) => ({
        title: titleOf(kind, texts, formats),
        customerName,
      })),
    },
    lines: digest.lines.map(({ kind, also, ...line }) => ({
      ...wordLine(line, texts, formats, customers),
      title: titleOf(kind, texts, formats),
      also: also.map((one) => writeText(one, texts, formats)),
    })),
  };
}

/** An alert with the texts and formats of its locale. Throws when a text does not exist. */
export function wordAlert(alert: Alert, texts: TextSource): WordedAlert {
  const formats = formatsOf(alert.locale);
  const customers = formatsOf(alert.customersLocale ?? alert.locale);
  const worded = ({ kind, line }: FurtherAlert): WordedFurther => ({
    title: titleOf(kind, texts, formats),
    line: wordLine(line, texts, formats, customers),
  });
  return { ...alert, words: wordsOf(alert.locale, texts), ...worded(alert), others: alert.others?.map(worded) };
}

/** A text whose values stay in their places: a name from right to left would turn the numbers beside it. */
const isolatedIn = ({ variables, ...text }: MessageText): MessageText => ({
  ...text,
  variables: Object.fromEntries(
    Object.entries(variables).map(([name, one]) => [name, one.type === "text" ? textOf(isolated(one.text)) : one]),
  ),
});

/** A line in the reader's formats, its message to the customer in those of `customers`. */
export const wordLine = (
  line: MessageLine,
  texts: TextSource,
  formats: Formats,
  customers: Formats = formats,
): WordedLine => ({
  ...line,
  why: writeText(isolatedIn(line.why), texts, formats),
  followUp: writeText(line.followUp, texts, customers),
});

/** The title of a kind of insight. */
export const titleOf = (kind: string, texts: TextSource, { language }: Pick<Formats, "language">): string =>
  sourceOf(`${kind}.title`, texts, language);

/** The number of entries of one kind: "3 churn risks", "1 customer with lost items". */
export const countedPhraseOf = (
  { kind, count }: Pick<Digest["sections"][number], "kind" | "count">,
  texts: TextSource,
  locale: string,
): string => writeText({ template: `${kind}.counted`, variables: { numb: numberOf(count) } }, texts, formatsOf(locale));
