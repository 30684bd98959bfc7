import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { RawRecord } from "@regulars/core/imports/file-format";
import { formatOf } from "@regulars/core/imports/formats/formats";
import { dealFormats } from "@regulars/core/deals/deal-formats";
import { dealFilterSchema } from "@regulars/core/boards/board-query";
import { planIdSchema } from "@regulars/core/platform/ids";
import { userIdSchema } from "@regulars/core/platform/values";
import { importDeals } from "@regulars/flows/deals/import-deals";
import type { SourceRecord } from "@regulars/flows/imports/import-file";
import { listDeals } from "@regulars/flows/boards/read-board";
import { reportRefusals } from "@regulars/flows/refusals/report-refusals";
import { beforeAll, describe, expect, it } from "vitest";
import { aSalesPlan } from "./fixtures/sales-plan.ts";
import { valueOf } from "./fixtures/value-of.ts";

/** The Maven CRM sales opportunities, a real pipeline: 8,800 deals of 35 agents. */
const FOLDER = join(import.meta.dirname, "../../shared/data/crm-sales-opportunities");
const PLAN = planIdSchema.parse("pln_maven");

const fixture = aSalesPlan({ currency: "USD" });

const recordsOf = async (file: string): Promise<RawRecord[]> =>
  parse(await readFile(join(FOLDER, file)), { columns: true, bom: true });

async function* sources(records: readonly RawRecord[]): AsyncGenerator<SourceRecord> {
  for (const [i, record] of records.entries()) yield await Promise.resolve({ line: i + 2, record });
}

async function importPipeline() {
  const teams = formatOf("maven", "users");
  const users = (await recordsOf("sales_teams.csv")).map((record) => {
    const mapped = teams?.map(record);
    if (mapped === undefined || !("record" in mapped)) throw new Error("an agent is a user");
    return {
      userId: userIdSchema.parse(mapped.record["userId"]),
      name: mapped.record["name"] ?? "",
      role: "rep" as const,
    };
  });
  await fixture.testTenant.store.imports.saveUsers(users);
  const format = dealFormats.find(({ id }) => id === "maven");
  if (format === undefined) throw new Error("the format is there");
  const rejected: string[] = [];
  const report = valueOf(
    await importDeals({
      context: fixture.context,
      planId: PLAN,
      format,
      records: sources(await recordsOf("sales_pipeline.csv")),
      users: users.map(({ userId }) => userId),
      onReject: ({ line, reason }) => rejected.push(`${line} ${reason}`),
      actorId: "command",
    }),
  );
  return { report, rejected, users };
}

let first: Awaited<ReturnType<typeof importPipeline>>;

beforeAll(async () => {
  first = await importPipeline();
}, 240_000);

describe("the Maven pipeline", () => {
  it("is imported whole, and the same file again changes nothing", async () => {
    expect(first.rejected).toEqual([]);
    expect(first.users).toHaveLength(35);
    expect(first.report).toEqual({ rows: 8_800, created: 8_800, unchanged: 0, rejected: 0 });
    const second = await importPipeline();
    expect(second.report).toEqual({ rows: 8_800, created: 0, unchanged: 8_800, rejected: 0 });
  }, 240_000);

  it("SP34 has 4,238 won and 2,473 lost, 63.1501 % won, worth 10,005,534", async () => {
    const asked = { context: fixture.context, visible: "all" as const, users: first.users };
    const { total } = await reportRefusals({ ...asked, by: "plan", withClarifications: false, withCancelled: false });
    expect([total.won.count, total.lost.count, total.closings]).toEqual([4_238, 2_473, 6_711]);
    expect(((100 * total.won.count) / total.closings).toFixed(4)).toBe("63.1501");
    expect([total.won.percent, total.lost.percent]).toEqual([63.2, 36.8]);
    expect(total.won.sums).toEqual({ USD: 1_000_553_400 });
    expect(total.reasons).toMatchObject([{ reasonId: null, count: 2_473, percent: 100 }]);
  });

  it("SP31 has each agent's won and lost", async () => {
    const asked = { context: fixture.context, visible: "all" as const, users: first.users };
    const { rows } = await reportRefusals({ ...asked, by: "manager", withClarifications: false, withCancelled: false });
    const of = (name: string) => {
      const row = rows.find((one) => one.name === name);
      return [row?.won.count, row?.lost.count];
    };
    expect(of("Darcel Schlecht")).toEqual([349, 204]);
    expect(of("Vicki Laflamme")).toEqual([221, 126]);
    expect(of("Kary Hendrixson")).toEqual([209, 126]);
    expect(rows.reduce((sum, { closings }) => sum + closings, 0)).toBe(6_711);
  });

  it("SP11 counts and searches of it agree with the file", async () => {
    const records = await recordsOf("sales_pipeline.csv");
    const ask = async (filter: object) => {
      const parsed = dealFilterSchema.parse(filter);
      const page = { visible: "all" as const, sort: "created" as const, isAscending: false, limit: 1 };
      return valueOf(await listDeals({ context: fixture.context, planId: PLAN, filter: parsed, ...page })).total.count;
    };
    expect(await ask({})).toBe(8_800);
    const ofDarcel = records.filter((record) => record["sales_agent"] === "Darcel Schlecht").length;
    expect(await ask({ managerIds: ["darcel-schlecht"] })).toBe(ofDarcel);
    expect(await ask({ search: "cancity" })).toBe(records.filter((record) => record["account"] === "Cancity").length);
    const inMarch = records.filter((record) => record["close_date"]?.startsWith("2017-03") === true).length;
    expect(await ask({ dateField: "closed", from: "2017-03-01", to: "2017-03-31" })).toBe(inMarch);
  });
});
