import { counted } from "../../../platform/counted.ts";
import { toDayNumber } from "../../../platform/values.ts";
import type { Check } from "../../finding.ts";
import type { Facts, Settings } from "./facts.ts";
import { HIGH_TAIL, absenceTail } from "./rule.ts";

/** Days without the item on the last day on which the rule held. */
const heldDays = ({ heldOpen, lastOrderOn }: Facts): number =>
  heldOpen === undefined ? 0 : toDayNumber(heldOpen.until) - toDayNumber(lastOrderOn);

/**
 * The rule's inequalities on the last day on which they held, which may be today; then that the finding has not
 * expired.
 */
export function checksOf(facts: Facts, silentDays: number, settings: Settings): readonly Check[] {
  const { heldOpen } = facts;
  const when = heldOpen === undefined ? "" : `, on ${heldOpen.until}`;
  const held = heldOpen === undefined ? { held: "no", date: "" } : { held: "yes", date: heldOpen.until };
  const texts = { when, held };
  return [
    {
      id: "LI1",
      says: `order days in the last ${counted(settings.windowDays, "day")}${when}`,
      values: { days: settings.windowDays, ...held },
      value: facts.windowOrders,
      op: ">",
      threshold: settings.moreThanOrders,
    },
    ...(facts.foundBy.includes("rule") ? ruleChecks(facts, silentDays, texts, settings) : []),
    ...(facts.foundBy.includes("score") ? scoreChecks(facts, texts, settings) : []),
    ...(heldOpen === undefined && !facts.foundBy.includes("score") ? [] : [stillOpen(silentDays, settings)]),
  ];
}

/** The day of a check, where it is not today: in the English sentence, and as values of the others. */
interface Texts {
  readonly when: string;
  readonly held: { readonly held: string; readonly date: string };
}

/** LI2-LI5, the seed's literal rule. */
function ruleChecks(facts: Facts, silentDays: number, { when, held }: Texts, settings: Settings): readonly Check[] {
  const { heldOpen } = facts;
  return [
    {
      id: "LI2",
      says: `order days with the item in the last ${counted(settings.windowDays, "day")}${when}`,
      values: { days: settings.windowDays, ...held },
      value: facts.windowItemOrders,
      op: ">=",
      threshold: settings.minItemOrders,
    },
    {
      id: "LI3",
      says: `orders without it times (item orders - 1), over twice the orders it usually took${when}`,
      values: held,
      value: ordersThen(facts) * (facts.itemOrders - 1),
      op: ">",
      threshold: 2 * facts.steps,
    },
    {
      id: "LI4",
      says: `days without the item, over its longest gap${when}`,
      values: held,
      value: heldOpen === undefined ? silentDays : heldDays(facts),
      op: ">",
      threshold: facts.longestGapDays,
    },
    {
      id: "LI5",
      says: `last order with the item, before the latest order${when}`,
      values: held,
      value: facts.lastOrderOn,
      op: "<",
      threshold: heldOpen?.latestOrderOn ?? facts.latestOrderOn,
    },
  ];
}

const scoreChecks = (facts: Facts, { when, held }: Texts, settings: Settings): readonly Check[] => [
  {
    id: "LS2",
    says: `order days with the item in the last ${counted(settings.lookbackDays, "day")}${when}`,
    values: { days: settings.lookbackDays, ...held },
    value: facts.itemOrders,
    op: ">=",
    threshold: settings.minItemOrders,
  },
  {
    id: "LS3",
    says: `probability of so many orders without it, by its own rate${when}`,
    values: held,
    value: absenceTail({ ...facts, ordersWithout: ordersThen(facts) }),
    op: "<=",
    threshold: HIGH_TAIL,
  },
];

const ordersThen = ({ heldOpen, ordersWithout }: Facts): number => heldOpen?.ordersWithout ?? ordersWithout;

const stillOpen = (silentDays: number, { expiresAfterDays }: Settings): Check => ({
  id: "LI6",
  says: "it was lost and has not been bought since: days without it, until the finding expires",
  value: silentDays,
  op: "<=",
  threshold: expiresAfterDays,
});
