import { describe, expect, it } from "vitest";
import { currencySchema, minor, toInstant, userIdSchema } from "../platform/values.ts";
import { reopenedDeal } from "../deals/cancel.ts";
import { draw } from "../platform/random.ts";
import { closingCountOf } from "../deals/closing-count.ts";
import type { ClosedOutcome, Deal } from "../deals/deal.ts";
import { dealIdSchema, contactIdSchema, planIdSchema, reasonIdSchema, statusIdSchema } from "../platform/ids.ts";
import { movedDeal } from "../deals/move.ts";
import { percentages } from "./percentages.ts";
import { type ReportCount, type ReportRow, clarificationKey, isInCell, refusalReport } from "./refusal-report.ts";
import { csvCell } from "@regulars/render/csv";
import type { Stages } from "../sales-plans/status.ts";
import { transferredDeal } from "../deals/transfer.ts";

const CLOSINGS = 10_000;
const REASONS = ["rsn_price", "rsn_time", "rsn_other"].map((id) => reasonIdSchema.parse(id));
const MANAGERS = ["A", "B", "C"].map((id) => userIdSchema.parse(id));
const PLANS = ["pln_1", "pln_2"].map((id) => planIdSchema.parse(id));
const WORDS = ["too dear", "Too  dear", "ＴＯＯ dear", "later", "", undefined];

const status = (name: string, kind: "intermediate" | "won" | "lost") => ({
  statusId: statusIdSchema.parse(`st_${name}`),
  name,
  kind,
  colour: "#1D4ED8",
});
const stages: Stages = {
  statuses: [status("s1", "intermediate"), status("s2", "intermediate"), status("won", "won"), status("lost", "lost")],
  tombstones: [],
};
const reasons = new Map(
  REASONS.map((reasonId) => [
    reasonId,
    { reasonId, name: `Reason ${reasonId}`, needsClarification: false, isArchived: false },
  ]),
);

/** Closings of deals that are moved, closed, reopened and transferred at random, by the product's own rules. */
function randomClosings(seed: number): ClosedOutcome[] {
  let state = seed;
  const below = (count: number): number => {
    const drawn = draw(state);
    ({ state } = drawn);
    return Math.floor(drawn.value * count);
  };
  const one = <T>(values: readonly T[]): T => {
    const [value] = values.slice(below(values.length)).map((chosen) => ({ chosen }));
    if (value === undefined) throw new Error("nothing to choose from");
    return value.chosen;
  };
  const closings: ClosedOutcome[] = [];
  for (let i = 0; closings.length < CLOSINGS; i += 1) {
    let at = Date.parse("2026-01-01T00:00:00Z") + below(365 * 86_400) * 1_000;
    let deal: Deal = {
      dealId: dealIdSchema.parse(`deal_${i}`),
      planId: one(PLANS),
      personId: contactIdSchema.parse(`per_${i}`),
      title: "Course",
      amountMinor: minor(1_999),
      currency: currencySchema.parse(one(["EUR", "USD"])),
      statusId: statusIdSchema.parse("st_s1"),
      managerId: one(MANAGERS),
      isExtra: false,
      version: 1,
      createdAt: toInstant(at),
      changedAt: toInstant(at),
    };
    for (let step = 0; step < 1 + below(8); step += 1) {
      at += 3_600_000;
      deal = stepOf(deal, toInstant(at));
    }
  }
  return closings.slice(0, CLOSINGS);

  function stepOf(deal: Deal, now: Deal["createdAt"]): Deal {
    const choice = below(4);
    if (choice === 0) {
      const moved = transferredDeal(deal, one(MANAGERS), { members: MANAGERS.map(memberOf) }, now);
      return moved.ok ? (moved.value ?? deal) : deal;
    }
    if (deal.closing !== undefined && choice === 1) {
      const reopened = reopenedDeal(deal, stages, now);
      if (!reopened.ok) return deal;
      const standing = closings.findLastIndex(({ dealId }) => dealId === deal.dealId);
      const closing = closings[standing];
      if (closing !== undefined) closings[standing] = { ...closing, cancelled: { at: now, actorId: "user:boss" } };
      return reopened.value.deal;
    }
    const to = one(stages.statuses);
    const given = to.kind === "lost" ? { reasonId: one([...REASONS, undefined]), clarification: one(WORDS) } : {};
    const moved = movedDeal(deal, to.statusId, given, { stages, reasons, at: now });
    const after = moved.ok ? moved.value : undefined;
    if (after === undefined) return deal;
    const { closing, dealId, planId, managerId, statusId, amountMinor, currency, version } = after;
    if (closing !== undefined)
      closings.push({
        ...closing,
        dealId,
        planId,
        managerId,
        statusId,
        amountMinor,
        currency,
        version,
        actorId: "user:boss",
      });
    return after;
  }
}

const memberOf = (userId: (typeof MANAGERS)[number]) => ({
  userId,
  weight: 1,
  hours: [],
  vacations: [],
  isPaused: false,
});

const sum = (counts: readonly ReportCount[]): number => counts.reduce((total, { count }) => total + count, 0);
const percentSum = (counts: readonly ReportCount[]): number =>
  Math.round(counts.reduce((total, { percent }) => total + (percent ?? 0), 0) * 10) / 10;

function cellsOf({ won, lost, reasons: rows, cancelled }: ReportRow) {
  const clarified = rows.flatMap(({ clarifications = [] }) => clarifications);
  return [won, lost, ...rows, ...clarified, ...(cancelled === undefined ? [] : [cancelled])];
}

describe("the refusal report", () => {
  it("SP34 scenario 21: of 10,000 random closings with cancels and transfers adds up in every row, and every cell leads to as many", () => {
    const closings = randomClosings(20_261_123);
    const standing = closings.filter(({ cancelled }) => cancelled === undefined).length;
    expect(standing).toBeGreaterThan(5_000);
    expect(closings.length - standing).toBeGreaterThan(1_000);
    for (const by of ["plan", "manager"] as const) {
      const names = { plans: new Map(), users: new Map(), reasons: new Map() };
      const { rows, total } = refusalReport(
        closings.map(closingCountOf),
        { by, withClarifications: true, withCancelled: true },
        names,
      );
      expect(rows).toHaveLength(by === "plan" ? 2 : 3);
      expect(total.closings).toBe(standing);
      expect(rows.reduce((all, row) => all + row.closings, 0)).toBe(standing);
      for (const row of [...rows, total]) {
        expect(row.won.count + row.lost.count).toBe(row.closings);
        expect(sum(row.reasons)).toBe(row.lost.count);
        expect(row.reasons.some(({ reasonId }) => reasonId === null)).toBe(true);
        expect([percentSum([row.won, row.lost]), percentSum(row.reasons)]).toEqual([100, 100]);
        for (const reason of row.reasons) {
          expect(sum(reason.clarifications ?? [])).toBe(reason.count);
          expect(percentSum(reason.clarifications ?? [])).toBe(100);
        }
        for (const { cell, count } of cellsOf(row)) expect(closings.filter(isInCell(cell))).toHaveLength(count);
      }
    }
  });

  it("SP32 counts clarifications that differ only in spelling as one", () => {
    expect(new Set(["Straße", " STRASSE", "ｓtraße ", "stra\u00dfe"].map(clarificationKey)).size).toBe(1);
    expect(clarificationKey(" too\t dear \n")).toBe("too dear");
    expect(clarificationKey(undefined)).toBe("");
  });
});

describe("percentages", () => {
  it.each([
    [
      [1, 1, 1],
      [33.4, 33.3, 33.3],
    ],
    [
      [2, 1],
      [66.7, 33.3],
    ],
    [
      [0, 0],
      [null, null],
    ],
    [[], []],
    [
      [4_238, 2_473],
      [63.2, 36.8],
    ],
    [
      [1, 9_999],
      [0, 100],
    ],
  ])("of %j are %j", (counts, expected) => {
    expect(percentages(counts)).toEqual(expected);
  });
});

describe("a cell of a CSV file", () => {
  it.each([
    ["=1+1", "'=1+1"],
    [" @SUM(A1)", "' @SUM(A1)"],
    ["＋cmd", "'＋cmd"],
    ["\u200b-2", "'\u200b-2"],
    ["\t=x", '"\'\t=x"'],
    ['say "hi", now', '"say ""hi"", now"'],
    ["plain", "plain"],
  ])("of %j is %j", (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });
});
