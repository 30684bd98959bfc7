import { type Estimate, estimateOf } from "./estimate.ts";

/** One figure of our rule and of another one: its value, and those of the same draws of customers. */
export interface Compared {
  readonly title: string;
  readonly what: string;
  readonly ours: Figure;
  readonly other: Figure;
  readonly textOf: (value: number) => string;
  /** What speaks against it: ", but on day 91 instead of day 63". */
  readonly but?: string | undefined;
}

export const percent = (part: number): string => `${Math.round(100 * part)} %`;

export interface Figure {
  readonly value: number | undefined;
  readonly samples: readonly (number | undefined)[];
}

/** Where another rule has the better figure: a part of a sentence. */
export interface Simpler {
  readonly text: string;
  /** Whether it is better by more than the choice of customers explains: the 95 % interval does not reach 0. */
  readonly isSure: boolean;
}

export function simplerOf({ title, what, ours, other, textOf, but = "" }: Compared): Simpler[] {
  if (ours.value === undefined || other.value === undefined || other.value <= ours.value) return [];
  const [own, others] = [textOf(ours.value), textOf(other.value)];
  if (own === others) return [];
  const isSure = (differenceOf(ours, other)?.low ?? 0) > 0;
  return [{ text: `“${title}” in ${what}, ${others} instead of ${own}${but}`, isSure }];
}

/** The sentences of the report: what is surely better apart from what chance may explain. */
export function simplerSentences(all: readonly Simpler[]): readonly string[] {
  const sentence = (begin: string, isSure: boolean): string[] => {
    const texts = all.filter((one) => one.isSure === isSure).map(({ text }) => text);
    return texts.length === 0 ? [] : [`${begin}: ${texts.join("; ")}.`];
  };
  return [
    ...sentence("A compared rule is better here", true),
    ...sentence("Better here by no more than chance explains", false),
  ];
}

const less = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a - b;

/** The other figure less ours, with the interval of the differences in each draw. */
function differenceOf(ours: Figure, other: Figure): Estimate | null {
  return estimateOf(
    less(other.value, ours.value),
    other.samples.map((sample, i) => less(sample, ours.samples[i])),
  );
}
