import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { type StageCounts, costTable, costsOf, prices, stageCountsSchema, ticksCost } from "../bench/stage-costs.ts";
import { stageCounts } from "../bench/stage-work.ts";

const root = new URL("../../", import.meta.url);
const textOf = (path: string): Promise<string> => readFile(new URL(path, root), "utf8");

/** The cells of the lines of a table in Markdown, without its rule. */
const cellsOf = (markdown: string): string[][] =>
  markdown
    .split("\n")
    .filter((line) => line.startsWith("|") && !line.includes("---"))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );

const countsOfFile = async (): Promise<StageCounts> =>
  stageCountsSchema.parse(JSON.parse(await textOf("test/bench/stage-counts.json")));

describe("the cost of a stage", () => {
  let counted: StageCounts;

  beforeAll(async () => {
    counted = await stageCounts(1);
  });

  it("OP04: is in the operator's page as it is reckoned from what was counted, with the date of the prices", async () => {
    const counts = await countsOfFile();
    const page = await textOf("docs/operations.md");
    const section = page.slice(page.indexOf("## Cost\n"), page.indexOf("## Scaling\n"));
    expect(cellsOf(section)).toEqual(costTable(counts));
    const text = section.replaceAll(/\s+/g, " ");
    expect(text).toContain(`as listed in ${prices.listedIn}`);
    expect(text).toContain(`ticks cost ${ticksCost(counts).toFixed(2)} together`);
  });

  it("OP04: is counted of the work as it is now", async () => {
    const filed = await countsOfFile();
    const unitsOf = ({ tick, emptyNight, customer: { night }, changed, order, message }: StageCounts) => ({
      tick,
      emptyNight,
      night,
      changed,
      order,
      message,
    });
    expect(unitsOf(filed)).toEqual(unitsOf(counted));
    // Ids are made at random.
    expect(counted.customer.bytes / filed.customer.bytes).toBeCloseTo(1, 2);
  });

  it("OP04: is units times their price, and mails, calls and requests", () => {
    const nothing = { reads: 0, writes: 0 };
    const counts: StageCounts = {
      countedOn: "2026-11-28",
      tick: { reads: 1, writes: 0 },
      emptyNight: nothing,
      customer: { night: { reads: 1, writes: 0 }, nightMs: 1, bytes: 1_000_000 },
      changed: nothing,
      order: { reads: 0, writes: 12 },
      message: nothing,
    };
    const costs = costsOf({ customers: 6_000 }, counts);
    // 6,000 units a night of 1 each; 12,500 orders of 12 writes; 6 GB; 12 reps with 22 mails.
    expect(costs["nightly runs: reads and writes"]).toBeCloseTo((6_000 * 365 * 0.125e-6) / 12, 6);
    expect(costs["orders written, histories packed"]).toBeCloseTo(12_500 * 12 * 0.625e-6, 6);
    expect(costs["storage, with every second of 35 days"]).toBeCloseTo(6 * 0.45, 6);
    expect(costs["digests by e-mail"]).toBeCloseTo(12 * 22 * 0.0001, 6);
    // A large tenant is read twice.
    const large = costsOf({ customers: 60_000 }, counts)["nightly runs: reads and writes"];
    expect(large).toBeCloseTo(2 * 10 * ((6_000 * 365 * 0.125e-6) / 12), 6);
  });
});
