import { describe, expect, it } from "vitest";
import type { History } from "@regulars/core/snapshots/history";
import { isInDigest, isSelected } from "@regulars/core/insights/finding";
import { day } from "@regulars/core/platform/values";
import { type DemoFinding, findingsIn } from "./demo-findings.ts";
import { type Scene, historyOf, sceneOf } from "./demo-scenes.ts";
import { stories } from "./stories.ts";

const november = sceneOf(day("2026-11-22"), 1);
const july = sceneOf(day("2025-07-06"), 1);

/** Two seeds on three weekends, a leap day and Christmas. */
const scenes: readonly Scene[] = [
  november,
  sceneOf(day("2026-11-22"), 2),
  sceneOf(day("2027-02-28"), 1),
  sceneOf(day("2027-02-28"), 2),
  july,
  sceneOf(day("2025-07-06"), 3),
  sceneOf(day("2028-02-29"), 3),
  sceneOf(day("2026-12-25"), 3),
];

const levelsIn = (findings: readonly DemoFinding[], kind: string, customerId: string, itemId?: string): string[] =>
  findings
    .filter(
      (one) => one.kind === kind && one.customerId === customerId && (itemId === undefined || one.itemId === itemId),
    )
    .map(({ level, state }) => `${level}, ${state}`);

const onlyFinding = ({ findings }: Scene, kind: string, customerId: string): DemoFinding | undefined =>
  findings.find((one) => one.kind === kind && one.customerId === customerId);

describe.each(scenes)("the demo company of $title", (scene) => {
  const { findings, asOf, measures } = scene;
  const again = (history: History, kind: string) =>
    levelsIn(findingsIn(history, asOf, measures), kind, history.customerId);

  it.each(stories)("$customerId: $planted", ({ customerId, found }) => {
    for (const { kind, itemId, level, state } of found) {
      const expected = level === "none" ? [] : [`${level}, ${state ?? "open"}`];
      expect(levelsIn(findings, kind, customerId, itemId)).toEqual(expected);
    }
  });

  it.each(["C1203", "C1304"])(
    "the item of %s would be lost if its card did not suppression reason it",
    (customerId) => {
      const history = historyOf(scene, customerId);
      const itemOf = (number: number) => ({
        itemId: history.itemOf(number).itemId,
        isGoods: history.itemOf(number).isGoods,
      });
      expect(again(history, "lost-items")).toEqual([]);
      expect(again({ ...history, itemOf }, "lost-items")).toEqual(["high, open"]);
    },
  );

  it("counts two orders of a day as one order event", () => {
    const { documents, orderDayCount } = historyOf(scene, "C1105");
    const sales = documents.isCredit.slice(0, documents.count).filter((isCredit) => isCredit === 0);
    expect(sales.length).toBe(2 * orderDayCount);
  });

  it("does not reduce the debt by a credit memo that is not offset", () => {
    const evidence = onlyFinding(scene, "overdue-payments", "C1308")?.evidence;
    const owed = historyOf(scene, "C1308").receivables.find((one) => one.invoiceId === evidence?.documents[0]);
    expect(evidence?.["openMinor"]).toBe(owed?.totalMinor);
    expect(evidence?.["unappliedCreditMinor"]).toBeGreaterThan(0);
  });

  it("keeps the rest of a partly paid invoice overdue", () => {
    const evidence = onlyFinding(scene, "overdue-payments", "C1110")?.evidence;
    const owed = historyOf(scene, "C1110").receivables.find((one) => one.invoiceId === evidence?.documents[0]);
    expect(evidence?.["openMinor"]).toBe((owed?.totalMinor ?? 0) - (owed?.payments[0]?.amountMinor ?? 0));
    expect(owed?.payments).toHaveLength(1);
  });

  it("values orders in kronor in the base currency", () => {
    const { documents } = historyOf(scene, "C1306");
    const lines = documents.netMinor.slice(0, documents.firstLine[documents.count]);
    expect(lines.some((net) => Number.isNaN(net))).toBe(false);
    expect(onlyFinding(scene, "churn-risk", "C1306")?.evidence["documentsWithoutValue"]).toBe(0);
  });
});

describe("seasonal customers", () => {
  it.each([
    ["summer hotel", "C1205", november],
    ["winter lodge", "C1305", july],
  ])("the %s would be a churn risk if its closed season were not known", (_title, customerId, scene) => {
    const unclosed = { ...historyOf(scene, customerId), closures: [] };
    const given = findingsIn(unclosed, scene.asOf, scene.measures).filter(isInDigest);
    expect(given.map((one) => one.kind)).toEqual(["churn-risk"]);
  });
});

const reps = ["u-freja", "u-mikkel", "u-elin"];

describe.each(scenes)("the digests of $title", ({ findings, histories }) => {
  const given = findings.filter(isInDigest);
  const count = (kind: string, level?: string) =>
    findings.filter((one) => one.kind === kind && one.state === "open" && (level === undefined || one.level === level))
      .length;

  it.each(reps)("%s has a list short enough to act on", (repId) => {
    const ofKind = (kind: string) => given.filter((one) => one.repId === repId && one.kind === kind).length;
    expect(ofKind("overdue-payments")).toBeGreaterThanOrEqual(3);
    expect(ofKind("overdue-payments")).toBeLessThanOrEqual(8);
    expect(ofKind("churn-risk")).toBeGreaterThanOrEqual(2);
    expect(ofKind("churn-risk")).toBeLessThanOrEqual(5);
    expect(ofKind("lost-items")).toBeGreaterThanOrEqual(1);
    expect(ofKind("lost-items")).toBeLessThanOrEqual(3);
  });

  it.each(reps)("%s is alerted to each planted kind at least once and at most five times in all", (repId) => {
    const planted = ["churn-risk", "lost-items", "overdue-payments"];
    const selected = findings.filter((one) => one.repId === repId && isSelected(one) && planted.includes(one.kind));
    expect([...new Set(selected.map((one) => one.kind))].toSorted()).toEqual(planted);
    expect(selected.length).toBeLessThanOrEqual(5);
  });

  it("has every kind at its levels", () => {
    expect(count("churn-risk", "high")).toBeGreaterThanOrEqual(3);
    expect(count("churn-risk", "medium")).toBeGreaterThanOrEqual(3);
    expect(count("churn-risk", "watch")).toBeGreaterThanOrEqual(3);
    expect(count("lost-items", "high")).toBeGreaterThanOrEqual(2);
    expect(count("lost-items", "watch")).toBeGreaterThanOrEqual(1);
    expect(count("overdue-payments", "high")).toBeGreaterThanOrEqual(3);
    expect(count("overdue-payments", "medium")).toBeGreaterThanOrEqual(3);
  });

  it("has no findings for most customers", () => {
    const named = new Set(given.map((one) => one.customerId));
    expect(named.size).toBeLessThan(0.5 * histories.length);
  });
});
