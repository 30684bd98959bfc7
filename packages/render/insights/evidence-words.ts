import { operandOf } from "@regulars/core/insights/define";
import type { Check, Evidence } from "@regulars/core/insights/finding";
import { daySchema } from "@regulars/core/platform/values";
import type { PageWords } from "../texts/page-words.ts";

type Values = Readonly<Record<string, string | number>>;

/** What a check compares, in the reader's language; in the kind's English words where there are none. */
export function checkText({ id, says, values = {} }: Check, words: PageWords): string {
  const readable = Object.entries(values).map(([name, value]) => [name, dayOr(value, words)] as const);
  return words.find(`check.${id}`, Object.fromEntries(readable)) ?? says;
}

function dayOr(value: string | number, { formats }: PageWords): string | number {
  const day = daySchema.safeParse(value);
  return day.success ? formats.day(day.data) : value;
}

/** How a figure or the level is made: the operand of that name, in the reader's language, else as the kind says it. */
export function ruleText(evidence: Evidence, operand: string, words: PageWords): string | undefined {
  const said = evidence[operand];
  if (typeof said !== "string") return undefined;
  const name = `${rulesOf(evidence)}.${operand}`;
  return words.find(`rule.${name}`, VALUES[name]?.(evidence)) ?? said;
}

/** Checks of one rule begin with the same letters: CH1, CH2. */
const rulesOf = ({ checks }: Evidence): string => /^[A-Z]*/.exec(checks[0]?.id ?? "")?.[0] ?? "";

const percent = (share: unknown): number => Math.round(1000 * operandOf(share)) / 10;

/** The figures in the words of rules. */
const VALUES: Readonly<Record<string, (evidence: Evidence) => Values>> = {
  "CH.levelRule": (evidence) => ({
    perc: percent(evidence["q"]),
    days: operandOf(evidence["H"]),
    shar: percent(evidence["S(t)"]),
  }),
  "OV.levelRule": (evidence) => ({ days: operandOf(evidence["highAfterDays"]) }),
  "WR.levelRule": (evidence) => ({ days: operandOf(evidence["lateAfterDays"]) }),
  "FV.bookRule": ({ book }) => ({ know: book === null ? "no" : "yes" }),
};
