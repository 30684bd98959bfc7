import { beforeAll, describe, expect, it } from "vitest";
import type { KeptSuggestions } from "@regulars/core/code-red/link-store";
import { type SuggestionRequest, figuresOf, suggestionRequestSchema } from "@regulars/core/code-red/suggest-links";
import { type OrderInput, aHistory } from "@regulars/core/testing";
import { day, toInstant } from "@regulars/core/platform/values";
import type { History } from "@regulars/core/snapshots/history";
import { type FoundLinks, suggestFromOrders } from "@regulars/flows/code-red/suggest-links";
import { historiesOn, wholesaleAnswers, wholesaleOrders } from "./fixtures/online-retail.ts";
import { groceryBaskets, hasRealData } from "./fixtures/real-data.ts";
import { aTenant } from "./fixtures/tenant.ts";
import { valueOf } from "./fixtures/value-of.ts";

/** Suggested links on a year of a real wholesaler's orders and on a month of a grocer's baskets. */

const isThere = hasRealData(import.meta.url);

async function suggest(
  histories: readonly History[],
  asOf: string,
  asked: Partial<SuggestionRequest> & { readonly percent: number },
): Promise<FoundLinks> {
  const tenant = aTenant();
  const store = {
    shards: [0],
    lastNightly: () => Promise.resolve(undefined),
    snapshots: async function* () {
      for (const history of histories) yield await Promise.resolve({ history });
    },
  };
  const kept: KeptSuggestions[] = [];
  const links = { keepSuggestions: async (given: KeptSuggestions) => void (await Promise.resolve(kept.push(given))) };
  const request = suggestionRequestSchema.parse({ from: "2000-01-01", ...asked });
  const now = toInstant(Date.parse("2026-11-23T08:00:00Z"));
  return valueOf(await suggestFromOrders({ tenant, store, links, request, asOf: day(asOf), now }));
}

interface Expected {
  readonly invoices: number;
  readonly supportAtLeast1Pct: number;
  readonly confidence30Joint50: number;
  readonly confidence50Joint50: number;
  readonly top: readonly Readonly<Record<"a" | "b" | "joint" | "nA" | "nB", string | number>>[];
}

describe.skipIf(!isThere)("links that a real wholesaler's orders suggest", () => {
  let orders: ReadonlyMap<string, readonly OrderInput[]>;

  beforeAll(() => {
    orders = wholesaleOrders();
  });

  it.each(["2011-09-30", "2011-11-11", "2011-12-09"])("CR31: are the expected ones up to %s", async (on) => {
    const { links } = wholesaleAnswers<{ readonly links: Expected }>(on);
    const histories = historiesOn(orders, on);
    const bySupport = await suggest(histories, on, { percent: 1, metric: "support", literal: true });
    expect(bySupport.orders).toBe(links.invoices);
    expect(bySupport.suggestions).toHaveLength(links.supportAtLeast1Pct);
    const literal = { literal: true, minJoint: 50 };
    expect((await suggest(histories, on, { percent: 30, ...literal })).suggestions).toHaveLength(
      links.confidence30Joint50,
    );
    expect((await suggest(histories, on, { percent: 50, ...literal })).suggestions).toHaveLength(
      links.confidence50Joint50,
    );
    const top = bySupport.suggestions.map(({ itemId, linkedItemId, joint, withItem, withLinked }) =>
      itemId < linkedItemId
        ? { a: itemId, b: linkedItemId, joint, nA: withItem, nB: withLinked }
        : { a: linkedItemId, b: itemId, joint, nA: withLinked, nB: withItem },
    );
    const ordered = top.toSorted((p, q) => q.joint - p.joint || (`${p.a} ${p.b}` < `${q.a} ${q.b}` ? -1 : 1));
    expect(ordered.slice(0, links.top.length)).toEqual(links.top);
  });

  it("CR31: would mostly be red, so that 145 of 12,773 are offered", async () => {
    const histories = historiesOn(orders, "2011-12-09");
    const offered = await suggest(histories, "2011-12-09", { percent: 10 });
    expect([offered.suggestions.length, offered.held]).toEqual([145, 12_628]);
    expect(offered.suggestions.every(({ buyers, wouldBeRed }) => wouldBeRed * 3 <= buyers)).toBe(true);
    const all = await suggest(histories, "2011-12-09", { percent: 10, all: true });
    expect([all.suggestions.length, all.held]).toEqual([12_773, 0]);
  });
});

describe.skipIf(!isThere)("links that a grocer's baskets suggest", () => {
  let histories: readonly History[];

  beforeAll(() => {
    const orders = [...groceryBaskets()].map(([orderId, items]) => ({
      orderId,
      on: "2026-11-02",
      lines: items.map((itemId) => ({ itemId, quantity: 1 })),
    }));
    histories = [aHistory({ asOf: "2026-11-15", orders })];
  });

  it.each([
    [10, 0],
    [5, 3],
    [3, 19],
    [2, 61],
    [1, 213],
  ])("CR31: are, at %d percent support, %d pairs", async (percent, expected) => {
    const { suggestions } = await suggest(histories, "2026-11-15", { percent, metric: "support", literal: true });
    expect(suggestions).toHaveLength(expected);
  });

  it("CR31: are 1,452 rules at 10 percent confidence and 20 baskets, of which the guard leaves out 227", async () => {
    const ofLift = async (given: Partial<SuggestionRequest>) =>
      (await suggest(histories, "2026-11-15", { percent: 10, minJoint: 20, ...given })).suggestions;
    const literal = await ofLift({ literal: true });
    expect(literal).toHaveLength(1452);
    expect(literal.filter((one) => figuresOf(one).lift < 1.2)).toHaveLength(227);
    expect(await ofLift({ all: true })).toHaveLength(1452 - 227);
    expect(literal[0]).toMatchObject({ itemId: "other vegetables", linkedItemId: "whole milk", joint: 736 });
  });
});
