import { describe, expect, it } from "vitest";
import { day, itemIdSchema, toInstant } from "../platform/values.ts";
import { type LinkDecision, type ReviewGiven, hasDoubled, reviewed } from "./link-review.ts";
import { suggestionRequestSchema } from "./suggest-links.ts";

const id = (text: string) => itemIdSchema.parse(text);
const at = toInstant(Date.UTC(2026, 10, 1));
const suggestion = (from: string, to: string, joint = 20) => ({
  itemId: id(from),
  linkedItemId: id(to),
  ratio: 1,
  linkedRatio: 24,
  joint,
  withItem: 40,
  withLinked: 50,
  orders: 200,
  buyers: 9,
  wouldBeRed: 1,
});
const run = {
  ...suggestionRequestSchema.parse({ from: "2026-01-01", percent: 10 }),
  asOf: day("2026-11-15"),
  orders: 200,
  held: 0,
  at: toInstant(Date.UTC(2026, 10, 16)),
};
const decision = (state: LinkDecision["state"], joint = 20): LinkDecision => ({
  ...suggestion("gun", "bullet", joint),
  state,
  at,
  from: day("2026-01-01"),
  asOf: day("2026-10-31"),
});
const states = (given: Partial<ReviewGiven>) =>
  reviewed({ run, suggestions: [suggestion("gun", "bullet")], decisions: [], links: [], ...given }).map(
    ({ itemId, linkedItemId, state }) => `${itemId} ${linkedItemId} ${state}`,
  );
const pair = { itemId: id("gun"), linkedItemId: id("bullet") };

describe("reviewed", () => {
  it("CR32: suggests what nobody has decided about, with who asked and when", () => {
    expect(states({})).toEqual(["gun bullet suggested"]);
    expect(reviewed({ run, suggestions: [suggestion("gun", "bullet")], decisions: [], links: [] })[0]?.at).toBe(run.at);
  });

  it("CR32: remembers a rejected pair in both directions, until its orders have doubled", () => {
    const both = (joint: number) => [suggestion("gun", "bullet", joint), suggestion("bullet", "gun", joint)];
    const rejected = { decisions: [decision("rejected")] };
    expect(states({ ...rejected, suggestions: both(39) })).toEqual(["gun bullet rejected"]);
    expect(states({ ...rejected, suggestions: both(40) })).toEqual(["gun bullet suggested", "bullet gun suggested"]);
    expect(states({ ...rejected, suggestions: [] })).toEqual(["gun bullet rejected"]);
    expect(states({ ...rejected, run: undefined, suggestions: [] })).toEqual(["gun bullet rejected"]);
  });

  it("CR32: shows an accepted pair while its link is there, and suggests it again when somebody removed that", () => {
    const accepted = { decisions: [decision("accepted")] };
    expect(states({ ...accepted, links: [pair] })).toEqual(["gun bullet accepted"]);
    expect(states(accepted)).toEqual(["gun bullet suggested"]);
  });

  it("CR32: leaves out pairs that are linked by hand, in either direction", () => {
    expect(states({ links: [pair] })).toEqual([]);
    expect(states({ links: [{ itemId: id("bullet"), linkedItemId: id("gun") }] })).toEqual([]);
  });
});

describe("hasDoubled", () => {
  const rejected = decision("rejected");

  it("CR32: takes twice the orders with both", () => {
    expect([39, 40].map((joint) => hasDoubled(rejected, { joint }, run))).toEqual([false, true]);
  });

  it("CR32: takes twice as many a day of a longer past, so that an earlier first day brings nothing back", () => {
    // 304 days with 20 orders, then 669 days: 88 are twice as many a day.
    const longer = { from: day("2025-01-01"), asOf: day("2026-10-31") };
    expect([40, 88, 89].map((joint) => hasDoubled(rejected, { joint }, longer))).toEqual([false, false, true]);
  });
});
