import { median } from "../platform/statistics.ts";
import { linkLight } from "./link-light.ts";
import type { QuantityTable } from "./purchases.ts";
import { type WholeRatio, nearestRatio } from "./ratio.ts";
import type { CodeRedSettings } from "./settings.ts";

/** What a link would do: its ratio, the customers who buy its item, and those of them for whom it would be red. */
interface LinkEffect extends WholeRatio {
  readonly buyers: number;
  readonly wouldBeRed: number;
}

/** The effect of a link from item `a` to item `b` over what all customers bought (docs/reference/code-red.md 7). */
export function linkEffect(
  table: QuantityTable,
  a: number,
  b: number,
  settings: Pick<CodeRedSettings, "percent" | "linkDirection">,
): LinkEffect {
  const { quantity } = table;
  const linked = linkedQuantities(table, a, b);
  const start = table.first[a] ?? 0;
  const ratios = linked.flatMap((units, i) => (units > 0 ? [units / (quantity[start + i] ?? 0)] : []));
  const ratio = nearestRatio(median(ratios) ?? 1);
  let wouldBeRed = 0;
  linked.forEach((units, i) => {
    const light = linkLight({ anchor: quantity[start + i] ?? 0, linked: units }, ratio, settings);
    if (light.light === "red") wouldBeRed += 1;
  });
  return { ...ratio, buyers: linked.length, wouldBeRed };
}

/** What each buyer of `a` bought of `b`, 0 for nothing, in the order of the buyers of `a`. */
function linkedQuantities({ first, customer, quantity }: QuantityTable, a: number, b: number): number[] {
  const end = first[b + 1] ?? 0;
  let at = first[b] ?? 0;
  const found: number[] = [];
  for (let i = first[a] ?? 0; i < (first[a + 1] ?? 0); i += 1) {
    const who = customer[i] ?? 0;
    while (at < end && (customer[at] ?? 0) < who) at += 1;
    found.push(at < end && customer[at] === who ? (quantity[at] ?? 0) : 0);
  }
  return found;
}
