import * as z from "zod";
import type { ItemLink } from "../../../catalog/item-link.ts";
import { heldSince, lastMonthOn } from "../../../code-red/last-month.ts";
import { lastDocuments } from "../../../code-red/documents-with.ts";
import { BoughtQuantities, type LinkRow, linkRows, linksOf } from "../../../code-red/links.ts";
import { comparisonOn } from "../../../code-red/periods.ts";
import { type CodeRedSettings, columnMonths } from "../../../code-red/settings.ts";
import { addDays } from "../../../platform/period.ts";
import {
  type Day,
  type ItemId,
  dayNumber,
  daySchema,
  itemIdSchema,
  toDay,
  toDayNumber,
} from "../../../platform/values.ts";
import type { History } from "../../../snapshots/history.ts";
import type { Detection } from "../../define.ts";
import { linkSubject } from "../../subject.ts";

export const factsSchema = z.object({
  itemId: itemIdSchema,
  linkedItemId: itemIdSchema,
  since: daySchema,
  lastMonth: z.string(),
  months: z.literal(columnMonths),
  percent: z.int(),
  ratio: z.int(),
  linkedRatio: z.int(),
  lagDays: z.int(),
  from: daySchema,
  to: daySchema,
  quantity: z.number(),
  linkedQuantity: z.number(),
  expectedQuantity: z.number(),
  difference: z.enum(["shortfall", "surplus"]),
  /** Mean net price of one unit of the item that is missing, as the customer paid it; 0 when it never bought any. */
  missingUnitMinor: z.number(),
  documents: z.array(z.string()),
});
export type Facts = z.infer<typeof factsSchema>;

/** Links that are red at the customer; `undefined` without links, or when none of their items was bought. */
export function detect(
  history: History,
  asOf: Day,
  settings: CodeRedSettings,
): readonly Detection<Facts>[] | undefined {
  const assessLink = linkAssessor(history, settings);
  const rows = linksOf(history, history.links ?? []).flatMap((link) => {
    const row = assessLink(link, asOf);
    return row === undefined ? [] : [{ link, row }];
  });
  if (rows.length === 0) return undefined;
  return rows.flatMap(({ link, row }) => detectionOf({ history, asOf, settings, assessLink }, link, row));
}

/** One link's row on a day; `undefined` when none of its items was bought. */
type AssessLink = (link: ItemLink, asOf: Day) => LinkRow | undefined;

/** Assesses links of a customer; each window's quantities are added up once, however many links there are. */
function linkAssessor(history: History, settings: CodeRedSettings): AssessLink {
  const bought = new BoughtQuantities(history);
  return (link, asOf) =>
    linkRows(history, { links: windowOn(asOf, settings, link), asOf: toDayNumber(asOf), settings }, [link], bought)[0];
}

/** The complete months that a link compares: those after which the time that its linked item may lag is over. */
const windowOn = (asOf: Day, settings: CodeRedSettings, { lagDays = 0 }: ItemLink) => {
  const plain = { ...settings, mode: "completeMonths", seasonal: false } as const;
  return comparisonOn(addDays(asOf, -lagDays), settings.linkMonths, plain, []).current;
};

interface Assessing {
  readonly history: History;
  readonly asOf: Day;
  readonly settings: CodeRedSettings;
  readonly assessLink: AssessLink;
}

function detectionOf(
  { history, asOf, settings, assessLink }: Assessing,
  link: ItemLink,
  row: LinkRow,
): Detection<Facts>[] {
  if (row.light.light !== "red") return [];
  const { itemId, linkedItemId, ratio, linkedRatio, lagDays = 0 } = link;
  const { difference } = row.light;
  const delay = settings.closeDays + lagDays;
  const { from, to } = windowOn(asOf, settings, link);
  const missing = difference === "shortfall" ? linkedItemId : itemId;
  const facts: Facts = {
    itemId,
    linkedItemId,
    since: heldSince(asOf, delay, (on) => assessLink(link, on)?.light.light === "red"),
    lastMonth: lastMonthOn(asOf, delay).month,
    months: settings.linkMonths,
    percent: settings.percent,
    ratio,
    linkedRatio,
    lagDays,
    from: toDay(from),
    to: toDay(to),
    quantity: row.anchor,
    linkedQuantity: row.linked,
    expectedQuantity: row.expected,
    difference,
    missingUnitMinor: unitPriceOf(history, missing),
    documents: lastDocuments(history, { from, to: dayNumber(to + lagDays) }, [itemId, linkedItemId]),
  };
  return [{ subject: linkSubject(itemId, linkedItemId), episode: facts.since, facts }];
}

/** Lines without a rate, and returns, tell no price. */
function unitPriceOf({ documents, itemOf }: History, itemId: ItemId): number {
  const { count, isCredit, firstLine, item, quantity, netMinor } = documents;
  let [net, units] = [0, 0];
  for (let d = 0; d < count; d += 1) {
    if (isCredit[d] === 1) continue;
    for (let l = firstLine[d] ?? 0; l < (firstLine[d + 1] ?? 0); l += 1) {
      const card = itemOf(item[l] ?? -1);
      const bought = quantity[l] ?? 0;
      const value = netMinor[l] ?? Number.NaN;
      if (card.itemId !== itemId || !card.isGoods || bought <= 0 || Number.isNaN(value)) continue;
      net += value;
      units += bought;
    }
  }
  return units > 0 ? net / units : 0;
}
