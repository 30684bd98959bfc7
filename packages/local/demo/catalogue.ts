import { addDays } from "@regulars/core/platform/period";
import type { Day } from "@regulars/core/platform/values";
import { itemGroups } from "./item-groups.ts";
import type { Random } from "./random.ts";
import { stories } from "./stories.ts";

/** A row of a file, as its cells: an empty cell is an absent value. */
export type Cells = Readonly<Record<string, string>>;

/** Something the demo company sells. `costMinor` is absent where it was never entered. */
export interface CatalogueItem {
  readonly itemId: string;
  readonly name: string;
  readonly baseUnit: string;
  readonly priceMinor: number;
  readonly costMinor?: number;
}

/** Items that only the stories' customers buy. */
const storyItems: readonly Omit<CatalogueItem, "costMinor">[] = [
  { itemId: "ST-9001", name: "Espresso beans Morning Pier 1 kg", baseUnit: "bag", priceMinor: 1590 },
  { itemId: "ST-9002", name: "Oat drink, barista 1 l", baseUnit: "carton", priceMinor: 165 },
  { itemId: "ST-9003", name: "Crème fraîche 38 % 2 kg", baseUnit: "tub", priceMinor: 890 },
  { itemId: "ST-9004", name: "Fryer oil Classic 10 l", baseUnit: "can", priceMinor: 1980 },
  { itemId: "ST-9005", name: "Fryer oil Long Life 10 l", baseUnit: "can", priceMinor: 2140 },
  { itemId: "ST-9006", name: "Cardamom bun, frozen", baseUnit: "piece", priceMinor: 58 },
  { itemId: "ST-9007", name: "Muesli Nut Harvest 5 kg", baseUnit: "bag", priceMinor: 2290 },
  { itemId: "ST-9008", name: "Tomato passata San Remo 2.5 kg", baseUnit: "can", priceMinor: 640 },
  { itemId: "ST-9009", name: "Paper cups, 25 cl, sleeve of 50", baseUnit: "sleeve", priceMinor: 310 },
  { itemId: "ST-9010", name: "Lids for paper cups, 25 cl, sleeve of 50", baseUnit: "sleeve", priceMinor: 190 },
];

/** Freight and deposits: lines of kind `charge`. */
export const charges = {
  freight: { itemId: "FREIGHT", name: "Delivery below the order minimum", baseUnit: "trip", priceMinor: 950 },
  deposit: { itemId: "DEPOSIT", name: "Crate deposit", baseUnit: "crate", priceMinor: 400 },
} as const satisfies Record<string, CatalogueItem>;

export interface Catalogue {
  /** What anyone may buy. */
  readonly range: readonly CatalogueItem[];
  readonly byId: ReadonlyMap<string, CatalogueItem>;
}

/** Every item with its list price; the cost is known of most. */
export function catalogueOf(random: Random): Catalogue {
  const range = itemGroups.flatMap(({ prefix, baseUnit, products, sizes }) =>
    products.flatMap(([product, price], p) =>
      sizes.map(([size, factor], s) =>
        withCost(
          {
            itemId: `${prefix}-${1000 + p * 10 + s}`,
            name: `${product}, ${size}`,
            baseUnit,
            priceMinor: Math.max(12, Math.round(price * factor)),
          },
          random,
        ),
      ),
    ),
  );
  const planted = storyItems.map((item) => withCost(item, random));
  return { range, byId: new Map([...range, ...planted].map((item) => [item.itemId, item])) };
}

function withCost(item: Omit<CatalogueItem, "costMinor">, random: Random): CatalogueItem {
  const costMinor = Math.round((item.priceMinor * random.int(64, 84)) / 100);
  return random.chance(0.06) ? item : { ...item, costMinor };
}

/** The items file, charges included. A discontinued item ended a month before the as-of day. */
export function itemRecords(catalogue: Catalogue, asOf: Day): Cells[] {
  const planned = stories.flatMap(({ plan }) => plan.items ?? []);
  return [...catalogue.byId.values(), charges.freight, charges.deposit].map(({ itemId, name, baseUnit }) => {
    const story = planned.find((item) => item.itemId === itemId);
    return {
      itemId,
      name,
      baseUnit,
      replacedBy: story?.replacedBy ?? "",
      discontinuedOn: story?.isDiscontinued === true ? addDays(asOf, -30) : "",
      outOfStockFrom: "",
      outOfStockTo: "",
    };
  });
}
