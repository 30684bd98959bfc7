import * as z from "zod";
import { type CauseName, causeNames } from "../../../code-red/causes.ts";
import { codeRedSettingsSchema } from "../../../code-red/settings.ts";
import { listOf, moneyOf, numberOf, phraseOf, textOf } from "../../../platform/message-text.ts";
import { template } from "../../../platform/template.ts";
import { type Currency, currencySchema } from "../../../platform/values.ts";
import { defineInsight, operandOf } from "../../define.ts";
import type { Evidence } from "../../finding.ts";
import { assess } from "./assess.ts";
import { detect, factsSchema } from "./facts.ts";
import { evidenceTexts, translations } from "./texts.ts";

const causesSchema = z.record(z.enum(causeNames), z.number());

/** A cause in words; a gain has its own. */
const causePhrases: Readonly<Record<CauseName, { readonly lost: string; readonly gained: string }>> = {
  workingDays: { lost: "fewerDays", gained: "moreDays" },
  market: { lost: "asEverybody", gained: "unlikeEverybody" },
  orders: { lost: "fewerOrders", gained: "moreOrders" },
  orderValue: { lost: "smallerOrders", gained: "largerOrders" },
  credits: { lost: "moreCredits", gained: "fewerCredits" },
  rest: { lost: "otherLoss", gained: "otherGain" },
};

/** The causes in words, the largest loss first and gains last; those of nothing are left out. */
function causesInWords(evidence: Evidence, currency: Currency) {
  const causes = causesSchema.parse(evidence["causes"]);
  return causeNames
    .map((name) => ({ name, part: causes[name] }))
    .filter(({ part }) => part !== 0)
    .toSorted((a, b) => b.part - a.part)
    .map(({ name, part }) =>
      phraseOf(part > 0 ? causePhrases[name].lost : causePhrases[name].gained, {
        mony: moneyOf([{ minor: Math.abs(part), currency }]),
      }),
    );
}

/** Customers whose value fell, confirmed over at least three months, and why. */
export const fallingValue = defineInsight({
  id: "falling-value",
  title: "Falling value",
  noun: { one: "falling customer", many: "falling customers" },
  version: 1,
  position: 40,
  settings: codeRedSettingsSchema,
  settingsId: "codeRed",
  isPartOfSilence: true,
  needsBooks: true,
  facts: factsSchema,
  detect,
  assess,
  variables: (evidence) => {
    const currency = currencySchema.parse(evidence["currency"]);
    return {
      lost: moneyOf([{ minor: operandOf(evidence["lostMinor"]), currency }]),
      mths: numberOf(operandOf(evidence["months"])),
      ago0: textOf(evidence["seasonal"] === true ? "year" : "before"),
      caus: listOf(causesInWords(evidence, currency)),
    };
  },
  phrases: {
    asEverybody: "<mony> with the market",
    unlikeEverybody: "while everybody gained <mony>",
    fewerDays: "<mony> from fewer working days",
    moreDays: "offset by <mony> from more working days",
    fewerOrders: "<mony> from fewer orders",
    moreOrders: "offset by <mony> from more orders",
    smallerOrders: "<mony> from smaller orders",
    largerOrders: "offset by <mony> from larger orders",
    moreCredits: "<mony> from more credits",
    fewerCredits: "offset by <mony> from fewer credits",
    otherLoss: "<mony> from other changes",
    otherGain: "offset by <mony> from other changes",
  },
  text: template(
    "down <lost> in the last {mths, plural, one {month} other {# months}}{ago0, select, year { against the year before} other {}}: <caus>",
  ),
  followUp: template(
    "Hello <pers>, I saw that you have ordered less from us lately, and wanted to ask whether all is well. Is there anything that we should do better, or that you now need in another way? Just reply, or tell me when I may call. Best regards, <cont>",
  ),
  translations,
  evidenceTexts,
});
