import { type Distribution, ruleName } from "@regulars/core/sales-plans/distribution";
import type { PageTextId, PageWords } from "@regulars/render/texts/page-words";

const TEXTS: Readonly<Record<string, PageTextId>> = {
  manual: "plans.rule.manual",
  "random>even": "plans.rule.randomEven",
  "random>least": "plans.rule.randomLeast",
  "related>even": "plans.rule.relatedEven",
  "related>least": "plans.rule.relatedLeast",
};

/** How a rule assigns leads, by its name. */
export const ruleText = ({ text }: PageWords, rule: string): string => text(TEXTS[rule] ?? "plans.rule.manual");

/** How a plan assigns its leads. */
export const distributionText = (words: PageWords, distribution: Distribution): string =>
  ruleText(words, ruleName(distribution));
