import * as z from "zod";
import type { SalesFigures } from "@regulars/core/sales-figures/figures";
import { customerIdSchema } from "@regulars/core/platform/values";
import { contentHash } from "../engine/content-hash.ts";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";

const sumSchema = z.object({
  netMinor: z.number(),
  costedNetMinor: z.number(),
  costMinor: z.number(),
  absoluteNetMinor: z.number(),
  absoluteCostedNetMinor: z.number(),
  units: z.number(),
  linesWithoutValue: z.int(),
});

const performersSchema = z.array(
  z.object({
    customerId: customerIdSchema,
    units: z.number(),
    netMinor: z.number(),
    costedNetMinor: z.number(),
    costMinor: z.number(),
  }),
);

const lowestSchema = z.object({
  customers: z.int(),
  units: performersSchema,
  gpPct: performersSchema,
  withoutGp: performersSchema,
  withoutGpCount: z.int(),
});

const invoicedSchema = z.object({ totalMinor: z.number(), withoutRate: z.int() });

const figuresSchema = z.object({
  week: sumSchema,
  previousWeek: sumSchema,
  invoiced: z.object({ week: invoicedSchema, previousWeek: invoicedSchema }).optional(),
  lowest: z.object({ "7": lowestSchema, "30": lowestSchema, "90": lowestSchema }),
});

/** The sales figures of the last nightly run: one small item for each rep, team and territory, and one for all. */
export class Sales {
  readonly #operations: Operations;
  readonly #keys: Keys;

  constructor(operations: Operations, keys: Keys) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async all(): Promise<Map<string, SalesFigures>> {
    const figures = new Map<string, SalesFigures>();
    for await (const item of this.#operations.partition(this.#keys.salesFigures()))
      figures.set(String(item["sk"]), figuresSchema.parse(item["figures"]));
    return figures;
  }

  async of(scope: string): Promise<SalesFigures | undefined> {
    const item = await this.#operations.get(this.#keys.salesFiguresOf(scope));
    return item === undefined ? undefined : figuresSchema.parse(item["figures"]);
  }

  /** Writes the figures that differ, and deletes the scopes that no longer exist. */
  async replace(figures: ReadonlyMap<string, SalesFigures>): Promise<void> {
    const stored = await this.all();
    const differing = [...figures].filter(([scope, now]) => {
      const before = stored.get(scope);
      return before === undefined || contentHash(before) !== contentHash(now);
    });
    await this.#operations.batchPut(
      differing.map(([scope, now]) => ({ ...this.#keys.salesFiguresOf(scope), figures: now })),
    );
    for (const scope of stored.keys())
      if (!figures.has(scope)) await this.#operations.delete(this.#keys.salesFiguresOf(scope));
  }
}
