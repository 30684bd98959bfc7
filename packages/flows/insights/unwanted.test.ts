import { beforeEach, describe, expect, it } from "vitest";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { addDays } from "@regulars/core/platform/period";
import { customerIdSchema, day, toInstant } from "@regulars/core/platform/values";
import { type InsightTenant, aRep, anInsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import { valueOf } from "../../../test/fixtures/value-of.ts";
import { listFindings } from "./list-findings.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const AS_OF = day("2026-11-22");
const ago = (days: number) => addDays(AS_OF, -days);

/** Orders every 4 days up to today, with rye in each until `lastRye` days ago. */
const orders = (lastRye: number) =>
  Array.from({ length: 60 }, (_, i) => 4 * (59 - i)).map((days) => ({
    on: ago(days),
    lines: days >= lastRye ? ["rye", "oats"] : ["oats"],
  }));

let made: InsightTenant;
beforeEach(async () => {
  made = anInsightTenant();
  await made.testTenant.store.imports.saveUsers([aRep("ria")]);
  await made.customers({ acme: "ria", b: "ria", c: "ria", d: "ria" });
});

const statesOf = async (input: { readonly asOf?: typeof AS_OF; readonly customer?: string } = {}) => {
  const { tenant, store } = made.testTenant;
  const { findings } = valueOf(
    await listFindings({
      tenant,
      store: store.nightly,
      catalog: builtInInsights,
      filter: { customerId: customerIdSchema.parse(input.customer ?? "acme"), kind: "lost-items" },
      asOf: input.asOf,
      now: toInstant(Date.parse("2026-11-23T06:00:00Z")),
    }),
  );
  return findings.map(({ id, state, evidence }) => [id, state, evidence["suppressed"]]);
};

const RYE = "lost-items:acme:rye";

describe("an item that nobody buys any more", () => {
  it("AC04 is no customer's loss: it is set aside with the reason, and nobody is told", async () => {
    await made.sales("acme", orders(60));
    for (const id of ["b", "c", "d"]) await made.sales(id, orders(40));
    await made.nightly(AS_OF);
    await indexesCaughtUp();
    const unwanted = [[RYE, "unwanted", "nobody buys it"]];
    expect(await statesOf()).toEqual(unwanted);
    expect(await statesOf({ asOf: AS_OF })).toEqual(unwanted);
    for (const fromSource of [false, true]) {
      const { forYou } = await made.page(AS_OF, { rep: "ria", fromSource });
      expect(forYou.ranked.filter(({ finding }) => finding.kind === "lost-items")).toEqual([]);
      expect(forYou.setAside.map(({ finding }) => [finding.id, finding.state])).toContainEqual([RYE, "unwanted"]);
    }
    expect(Object.keys(await made.outbox()).filter((id) => id.startsWith("alert:lost-items"))).toEqual([]);
    expect(await made.testTenant.writesOf(() => made.nightly(AS_OF))).toBe(0);
  });

  it.each<readonly [string, Readonly<Record<string, number>>]>([
    ["another customer bought it 29 days ago", { b: 40, c: 40, d: 28 }],
    ["only two others did in the 90 days before", { b: 40, c: 40, d: 220 }],
  ])("AC04 is told as a loss while %s", async (_name, lastRye) => {
    await made.sales("acme", orders(60));
    for (const [id, days] of Object.entries(lastRye)) await made.sales(id, orders(days));
    await made.nightly(AS_OF);
    expect(await statesOf()).toEqual([[RYE, "open", undefined]]);
    expect(await statesOf({ asOf: AS_OF })).toEqual([[RYE, "open", undefined]]);
    expect(Object.keys(await made.outbox())).toContain(`alert:${RYE}:${ago(60)}`);
  });

  it("AC04 counts the other customers only, not the one that lost it", async () => {
    await made.sales("acme", orders(28));
    for (const id of ["b", "c", "d"]) await made.sales(id, orders(32));
    await made.nightly(AS_OF);
    expect(await statesOf()).toEqual([[RYE, "unwanted", "nobody buys it"]]);
    expect(await statesOf({ customer: "b", asOf: AS_OF })).toEqual([["lost-items:b:rye", "open", undefined]]);
  });
});
