import type { ItemId } from "../platform/values.ts";

/** Two items that are bought together, `ratio` of the one with `linkedRatio` of the other (seed 002); one way. */
export interface ItemLink {
  readonly itemId: ItemId;
  readonly linkedItemId: ItemId;
  /** Both whole numbers from 1. */
  readonly ratio: number;
  readonly linkedRatio: number;
}
