import { codeRedSettingsSchema } from "../../../code-red/settings.ts";
import { dayOf, numberOf, textOf } from "../../../platform/message-text.ts";
import { template } from "../../../platform/template.ts";
import { daySchema, minor } from "../../../platform/values.ts";
import { type EvaluationContext, defineInsight, operandOf } from "../../define.ts";
import type { Assessment, Check } from "../../finding.ts";
import { type Facts, detect, factsSchema } from "./facts.ts";
import { evidenceTexts, translations } from "./texts.ts";

function assess(facts: Facts, { currency }: EvaluationContext): Assessment {
  const { unwanted, ...operands } = facts;
  return {
    level: "medium",
    state: unwanted === true ? "unwanted" : "open",
    atStakeMinor: minor(Math.max(0, Math.round(facts.valueBeforeMinor - facts.valueMinor))),
    currency,
    since: facts.since,
    rank: [facts.chance],
    evidence: {
      rule: "dropped-items/1",
      checks: checksOf(facts),
      ...operands,
      ...(unwanted === true ? { suppressed: "nobody buys it" } : {}),
      chanceRule: CHANCE_RULE,
      levelRule: "Confirmed items are medium: in the digest, not told at once.",
      atStakeRule: "valueBeforeMinor less valueMinor, at least 0",
    },
  };
}

const checksOf = (facts: Facts): readonly Check[] => [
  {
    id: "DI1",
    says: "orders with the item in the compared period",
    value: facts.ordersBefore,
    op: ">=",
    threshold: facts.minInvoices,
  },
  {
    id: "DI2",
    says: `quantity that is missing, times 100, against ${facts.percent} times the one before`,
    values: { perc: facts.percent },
    value: Math.round(100e6 * (facts.quantityBefore - facts.quantity)) / 1e6,
    op: ">=",
    threshold: Math.round(1e6 * facts.percent * facts.quantityBefore) / 1e6,
  },
  {
    id: "DI3",
    says: "chance of so few orders with the item, by the share of the customer's orders",
    value: facts.chance,
    op: "<=",
    threshold: facts.chanceLimit,
  },
];

const CHANCE_RULE =
  "chance = P[Bin(ordersBefore + orders, allOrders / (allOrdersBefore + allOrders)) <= orders]; chanceLimit is that of Benjamini and Hochberg's procedure at 10 % over itemsCompared items";

/** Items that a customer buys less of, more than their own orders explain. */
export const droppedItems = defineInsight({
  id: "dropped-items",
  title: "Dropped items",
  noun: { one: "customer with dropped items", many: "customers with dropped items" },
  version: 1,
  position: 50,
  settings: codeRedSettingsSchema,
  settingsId: "codeRed",
  facts: factsSchema,
  detect,
  assess,
  variables: (evidence, itemName) => ({
    lost: textOf(itemName),
    quan: numberOf(operandOf(evidence["quantity"])),
    qbef: numberOf(operandOf(evidence["quantityBefore"])),
    mths: numberOf(operandOf(evidence["months"])),
    ordr: numberOf(operandOf(evidence["orders"])),
    obef: numberOf(operandOf(evidence["ordersBefore"])),
    allo: numberOf(operandOf(evidence["allOrders"])),
    abef: numberOf(operandOf(evidence["allOrdersBefore"])),
    lsal: dayOf(daySchema.parse(evidence["lastOrderOn"])),
  }),
  text: template(
    "<lost>: <quan> in the last {mths, plural, one {month} other {# months}} after <qbef> before; in <ordr> of {allo, plural, one {# order} other {# orders}} after <obef> of <abef>, last <lsal>",
  ),
  followUp: template(
    "Hello <pers>, you have ordered less <lost> than before. Shall I add it to the next order? And if it did not suit you, tell me: I will gladly find something else. Best regards, <cont>",
  ),
  translations,
  evidenceTexts,
});
