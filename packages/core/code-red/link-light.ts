import type { ItemLink } from "../catalog/item-link.ts";
import { isAtLeastPercent } from "./light.ts";
import type { CodeRedSettings } from "./settings.ts";

/** How a customer's quantities of two linked items compare. Quantities are whole millionths of base units. */
interface LinkQuantities {
  readonly anchor: number;
  readonly linked: number;
}

export type LinkLight =
  | { readonly light: "red"; readonly difference: "shortfall" | "surplus" }
  | { readonly light: "green" }
  | { readonly light: "grey"; readonly reason: "nothing-bought" | "anchor-missing" };

type Ratio = Pick<ItemLink, "ratio" | "linkedRatio">;

/**
 * The one light of a link: shortfall and surplus against the quantity that the entered direction expects
 * (docs/reference/code-red.md 6). Returns never make a quantity negative.
 */
export function linkLight(
  { anchor, linked }: LinkQuantities,
  { ratio, linkedRatio }: Ratio,
  { percent, linkDirection }: Pick<CodeRedSettings, "percent" | "linkDirection">,
): LinkLight {
  const [a, b] = [Math.max(0, anchor), Math.max(0, linked)];
  if (a === 0) return { light: "grey", reason: b > 0 ? "anchor-missing" : "nothing-bought" };
  const expected = a * linkedRatio;
  const bought = b * ratio;
  if (isAtLeastPercent(expected - bought, expected, percent)) return { light: "red", difference: "shortfall" };
  if (linkDirection === "any" && isAtLeastPercent(bought - expected, expected, percent))
    return { light: "red", difference: "surplus" };
  return { light: "green" };
}

/**
 * The quantity of the first item that the linked one expects, to two decimals: the mirror of a bidirectional link, a
 * text without a light of its own.
 */
export const mirrorQuantity = (linked: number, { ratio, linkedRatio }: Ratio): number =>
  expectedQuantity(linked, { ratio: linkedRatio, linkedRatio: ratio });

/** The expected quantity of the linked item in base units, to two decimals; for display only. */
export const expectedQuantity = (anchor: number, { ratio, linkedRatio }: Ratio): number =>
  Math.round((Math.max(0, anchor) * linkedRatio * 100) / ratio) / 100;
