import { describe, expect, it } from "vitest";
import { customerIdSchema, day, itemIdSchema, toInstant } from "../platform/values.ts";
import { type IgnoreStamp, isHidden, isWorseSince, stampsOn } from "./ignore.ts";

const stamp = (on: string, days = 180, more: Partial<IgnoreStamp> = {}): IgnoreStamp => ({
  customerId: customerIdSchema.parse("acme"),
  target: { type: "customer" },
  days,
  on: day(on),
  at: toInstant(Date.parse(`${on}T10:00:00Z`)),
  ...more,
});

describe("an ignored customer", () => {
  it("CR24: is hidden on day 179 and back on day 180", () => {
    expect(isHidden(stamp("2026-05-26"), day("2026-11-21"))).toBe(true);
    expect(isHidden(stamp("2026-05-26"), day("2026-11-22"))).toBe(false);
  });

  it("is shown at once with 0 days, and hidden longer when the reader asks for more days", () => {
    expect(isHidden(stamp("2026-11-21"), day("2026-11-21"), 0)).toBe(false);
    expect(isHidden(stamp("2026-05-26"), day("2026-11-22"), 365)).toBe(true);
    expect(isHidden(stamp("2026-11-21", 0), day("2026-11-21"))).toBe(false);
  });

  it("is back earlier once the stamped column's loss has doubled", () => {
    const lost = stamp("2026-05-26", 180, { lost: { months: 3, lostMinor: 20_000 } });
    const column = (lostMinor: number, isRed = true) => ({ lostMinor, isRed });
    expect(isWorseSince(lost, () => column(39_999))).toBe(false);
    expect(isWorseSince(lost, (months) => column(months === 3 ? 40_000 : 0))).toBe(true);
    expect(isWorseSince(stamp("2026-05-26"), () => column(90_000))).toBe(false);
  });

  it("is back earlier, when no column was red, once one is red that has lost twice as much, or that had lost nothing", () => {
    const unred = (lostMinor: number) => stamp("2026-05-26", 180, { lostUnred: [{ months: 3, lostMinor }] });
    const isBack = (then: number, now: number, isRed = true) =>
      isWorseSince(unred(then), (months) => (months === 3 ? { lostMinor: now, isRed } : undefined));
    expect([isBack(10_000, 19_999), isBack(10_000, 20_000), isBack(10_000, 20_000, false)]).toEqual([
      false,
      true,
      false,
    ]);
    expect([isBack(0, 1), isBack(-5_000, 1), isBack(0, 1, false)]).toEqual([true, true, false]);
  });

  it("follows the last stamp, and for a past day only those of that day or before", () => {
    const stamps = [stamp("2026-06-10", 0), stamp("2026-05-26")];
    const on = (today: string) => isHidden(stampsOn(stamps, day(today)).get("customer"), day(today));
    expect([on("2026-05-25"), on("2026-05-26"), on("2026-06-09"), on("2026-06-10")]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it("CR25: keeps stamps of items and links apart", () => {
    const a = itemIdSchema.parse("a");
    const b = itemIdSchema.parse("b");
    const stamps = [
      stamp("2026-05-26", 180, { target: { type: "item", itemId: a } }),
      stamp("2026-05-27", 180, { target: { type: "link", itemId: a, linkedItemId: b } }),
    ];
    expect(stampsOn(stamps, day("2026-06-01")).size).toBe(2);
    expect(stampsOn(stamps, day("2026-06-01")).get("customer")).toBeUndefined();
  });
});
