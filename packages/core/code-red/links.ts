import type { History } from "../snapshots/history.ts";
import type { ItemLink } from "../catalog/item-link.ts";
import type { Period } from "../platform/period.ts";
import { type DayNumber, type ItemId, dayNumber } from "../platform/values.ts";
import { type LinkLight, expectedQuantity, linkLight, mirrorQuantity } from "./link-light.ts";
import type { ComparisonPlan } from "./plan.ts";

/** A link's light at one customer. Quantities are net, in base units, not below 0. */
export interface LinkRow {
  readonly itemId: ItemId;
  readonly linkedItemId: ItemId;
  readonly anchor: number;
  readonly linked: number;
  readonly expected: number;
  /** Of a bidirectional link: the quantity of the item that the linked one expects. */
  readonly mirror?: number | undefined;
  readonly light: LinkLight;
}

const MILLIONTHS = 1e6;

/** What of a plan links need. */
export type LinkPlan = Pick<ComparisonPlan, "links" | "asOf" | "settings">;

/** The customer's links of which they bought a part, red ones first (docs/reference/code-red.md 6). */
export function linkRows(
  history: History,
  plan: LinkPlan,
  links: readonly ItemLink[],
  bought: BoughtQuantities = new BoughtQuantities(history),
): readonly LinkRow[] {
  return links
    .flatMap((link) => {
      const quantities = {
        anchor: bought.of(link.itemId, plan.links),
        linked: bought.of(link.linkedItemId, laggedWindow(plan.links, link.lagDays ?? 0, plan.asOf)),
      };
      const light = linkLight(quantities, link, plan.settings);
      if (light.light === "grey" && light.reason === "nothing-bought") return [];
      const anchor = Math.max(0, quantities.anchor) / MILLIONTHS;
      const linked = Math.max(0, quantities.linked) / MILLIONTHS;
      return [
        {
          itemId: link.itemId,
          linkedItemId: link.linkedItemId,
          anchor,
          linked,
          expected: expectedQuantity(anchor, link),
          ...(link.bidirectional === true ? { mirror: mirrorQuantity(linked, link) } : {}),
          light,
        },
      ];
    })
    .toSorted(byLight);
}

/** The window of a linked item that is bought later, never after the plan's day. */
const laggedWindow = ({ from, to }: Period, lagDays: number, asOf: DayNumber): Period => ({
  from: dayNumber(from + lagDays),
  to: dayNumber(Math.min(to + lagDays, asOf)),
});

const byLight = (a: LinkRow, b: LinkRow): number =>
  Number(b.light.light === "red") - Number(a.light.light === "red") ||
  (a.itemId < b.itemId ? -1 : a.itemId > b.itemId ? 1 : a.linkedItemId < b.linkedItemId ? -1 : 1);

/** Net quantities of items by window, in whole millionths; each window is added up once. */
export class BoughtQuantities {
  readonly #history: History;
  readonly #windows = new Map<string, Map<ItemId, number>>();

  constructor(history: History) {
    this.#history = history;
  }

  of(itemId: ItemId, window: Period): number {
    const name = `${window.from} ${window.to}`;
    const sums = this.#windows.get(name) ?? quantitiesIn(this.#history, window);
    this.#windows.set(name, sums);
    return sums.get(itemId) ?? 0;
  }
}

function quantitiesIn({ documents, itemOf }: History, { from, to }: Period): Map<ItemId, number> {
  const sums = new Map<ItemId, number>();
  const { count, day, firstLine, item, quantity } = documents;
  for (let d = 0; d < count; d += 1) {
    const on = day[d] ?? 0;
    if (on < from || on > to) continue;
    for (let l = firstLine[d] ?? 0; l < (firstLine[d + 1] ?? 0); l += 1) {
      const card = itemOf(item[l] ?? -1);
      if (!card.isGoods) continue;
      sums.set(card.itemId, (sums.get(card.itemId) ?? 0) + Math.round((quantity[l] ?? 0) * MILLIONTHS));
    }
  }
  return sums;
}
