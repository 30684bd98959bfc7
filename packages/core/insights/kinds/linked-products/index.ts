import { codeRedSettingsSchema } from "../../../code-red/settings.ts";
import { numberOf, textOf } from "../../../platform/message-text.ts";
import { template } from "../../../platform/template.ts";
import { minor } from "../../../platform/values.ts";
import { type EvaluationContext, defineInsight, operandOf } from "../../define.ts";
import type { Assessment, Check } from "../../finding.ts";
import { type Facts, detect, factsSchema } from "./facts.ts";
import { evidenceTexts, translations } from "./texts.ts";

function assess(facts: Facts, { currency }: EvaluationContext): Assessment {
  const missing = missingUnits(facts);
  return {
    level: facts.difference === "shortfall" ? "medium" : "watch",
    state: "open",
    atStakeMinor: minor(Math.max(0, Math.round(missing * facts.missingUnitMinor))),
    currency,
    since: facts.since,
    rank: [-missing],
    evidence: {
      rule: "linked-products/1",
      checks: [checkOf(facts)],
      ...facts,
      missingQuantity: Math.round(100 * missing) / 100,
      levelRule:
        "Too few of the linked item is medium: in the digest. Too many, so that the item is bought elsewhere, is watched.",
      atStakeRule: "the missing quantity times missingUnitMinor",
    },
  };
}

/** Units of the linked item; of the item itself when there are too many linked ones. */
function missingUnits({ difference, quantity, linkedQuantity, ratio, linkedRatio }: Facts): number {
  const shortfall = (quantity * linkedRatio) / ratio - linkedQuantity;
  return difference === "shortfall" ? shortfall : (-shortfall * ratio) / linkedRatio;
}

/** Both sides in millionths, as they are compared (docs/reference/code-red.md 6). */
function checkOf({ difference, quantity, linkedQuantity, ratio, linkedRatio, percent }: Facts): Check {
  const expected = Math.round(quantity * 1e6) * linkedRatio;
  const bought = Math.round(linkedQuantity * 1e6) * ratio;
  return {
    id: "LP1",
    says: `quantity off the expected one, times 100, against ${percent} times the expected one, in millionths`,
    values: { perc: percent },
    value: 100 * (difference === "shortfall" ? expected - bought : bought - expected),
    op: ">=",
    threshold: percent * expected,
  };
}

/** Items that are bought together by others, and here in another ratio. */
export const linkedProducts = defineInsight({
  id: "linked-products",
  title: "Linked products",
  noun: { one: "customer with linked products", many: "customers with linked products" },
  version: 1,
  position: 60,
  settings: codeRedSettingsSchema,
  settingsId: "codeRed",
  facts: factsSchema,
  detect,
  assess,
  variables: (evidence, itemName) => ({
    lost: textOf(itemName),
    qlnk: numberOf(operandOf(evidence["linkedQuantity"])),
    quan: numberOf(operandOf(evidence["quantity"])),
    mths: numberOf(operandOf(evidence["months"])),
    expc: numberOf(operandOf(evidence["expectedQuantity"])),
    diff: textOf(evidence["difference"] === "surplus" ? "more" : "fewer"),
  }),
  text: template(
    "<lost>: <quan> and <qlnk> in the last {mths, plural, one {month} other {# months}}, {diff, select, more {more} other {fewer}} than the <expc> expected",
  ),
  followUp: template(
    "Hello <pers>, most customers order <lost> together. May I add what is missing to your next order, or do you have enough for now? Best regards, <cont>",
  ),
  translations,
  evidenceTexts,
});
