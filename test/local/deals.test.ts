import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

const DEALS = 40;

let place: TempWorkspace;
let planId: string;

beforeAll(async () => {
  place = await aWorkspace();
  await place.json(["tenants", "create", "t", "--admin", "ada"]);
  await place.write("users.csv", "userId,name,role\nanna,Anna,rep\nbo,Bo,rep\n");
  await place.json(["import", "users", "users.csv", "--tenant", "t"]);
  await place.write("plan.json", JSON.stringify({ name: "Sales", members: [{ userId: "anna" }, { userId: "bo" }] }));
  const made = await place.json<{ plan: { planId: string } }>(["plans", "create", "plan.json", "--tenant", "t"]);
  ({ planId } = made.plan);
  const rows = Array.from(
    { length: DEALS },
    (_, i) => `d${i},Course ${i},p${i}@x.ua,10.00,${i % 2 === 0 ? "anna" : "bo"}`,
  );
  await place.write("deals.csv", `dealId,title,email,amount,managerId\n${rows.join("\n")}\n`);
  await place.json(["import", "deals", "deals.csv", "--plan", planId, "--tenant", "t"]);
});

afterAll(() => place.close());

const listed = (...filter: string[]) =>
  place
    .json<{ total: { count: number } }>(["deals", "list", planId, "--tenant", "t", ...filter])
    .then(({ total }) => total.count);

describe("a dry run of deals", () => {
  it("E3: shows the format found, the rows as they would be read and what would be rejected, and writes nothing", async () => {
    await place.write(
      "tried.csv",
      "Deal ID;title;amount;managerId;colour\nnew1;Course;1.000,50;anna;red\nnew2;Course;7,00;nobody;red\n",
    );
    const { code, stdout } = await place.run([
      "import",
      "deals",
      "tried.csv",
      "--plan",
      planId,
      "--tenant",
      "t",
      "--dry-run",
    ]);
    expect(code).toBe(1);
    for (const part of [
      "tried.csv: dry run, nothing is written",
      "separated by semicolons, decimal comma",
      'without a match: "colour"',
      "1000.50",
      "rows: 2, of which 1 can be used; deals: 1",
      "1 × nobody is not a user: import users first (line 3)",
    ])
      expect(stdout).toContain(part);
    expect(existsSync(place.path("tried.csv.rejected.csv"))).toBe(false);
    expect(await listed()).toBe(DEALS);
  });
});

describe("the command line's bulk operations", () => {
  it("SP08 moves the filtered deals, and refuses to move all deals without --all", async () => {
    const { code, stderr } = await place.run(["deals", "move-many", planId, "In progress", "--tenant", "t"]);
    expect([code, stderr]).toEqual([
      2,
      "regulars: deals move-many needs a filter, or --all for every deal of the plan\n",
    ]);
    const args = ["deals", "move-many", planId, "In progress", "--manager", "anna", "--tenant", "t"];
    expect(await place.json(args)).toMatchObject({ total: 20, changed: 20, same: 0, failed: 0, failures: [] });
    expect(await listed("--status", "In progress")).toBe(20);
  });

  it("SP26 is interrupted by Ctrl-C, says how to resume, and resumes without doing anything twice", async () => {
    const args = ["deals", "transfer-many", planId, "bo", "--all", "--tenant", "t"];
    const { code, stderr } = await place.start(args, {
      signalAfter: { signal: "SIGINT", answers: "TransactWriteItems", count: 2 },
    }).ended;
    expect(code).not.toBe(0);
    const [, done, operationId = ""] =
      /^(\d+) of 40 are done; resume with: regulars deals resume (\S+)$/m.exec(stderr) ?? [];
    expect(Number(done)).toBeGreaterThan(0);
    expect(Number(done)).toBeLessThan(DEALS);
    const resumed = await place.json<{ changed: number }>(["deals", "resume", operationId, "--tenant", "t"]);
    expect(resumed).toMatchObject({ total: DEALS, changed: 20, same: 20, failed: 0 });
    expect(await listed("--manager", "bo")).toBe(DEALS);
    const { log } = await place.json<{ log: { action: string }[] }>(["deals", "log", "d0", "--tenant", "t"]);
    expect(log.map(({ action }) => action)).toEqual(["added", "moved", "transferred"]);
  });

  it("SP27 cancels closings, lists refused deals, and draws the report's chart", async () => {
    await place.json(["deals", "move-many", planId, "Closed: failed", "--status", "In progress", "--tenant", "t"]);
    const report = await place.run(["refusals", "--chart", "chart.svg", "--tenant", "t"]);
    expect(report.stdout).toContain("20");
    expect(existsSync(place.path("chart.svg"))).toBe(true);
    expect(readFileSync(place.path("chart.svg"), "utf8")).toMatch(/^<svg[^]+<a href="http:[^"]+\/refusals\/t\/deals\?/);
    const { code, stdout } = await place.run(["deals", "cancel-many", planId, "--all", "--tenant", "t"]);
    expect([code, stdout]).toEqual([1, "40 deals: 20 changed, 0 unchanged, 20 refused\n"]);
    expect(await listed("--status", "New")).toBe(20);
  });
});

describe("an invalid period", () => {
  it("is refused in one line when it ends before it begins", async () => {
    const period = ["--from", "2026-12-01", "--to", "2026-01-01", "--tenant", "t"];
    for (const args of [["refusals"], ["deals", "list", planId], ["deals", "cancel-many", planId]])
      expect(await place.run([...args, ...period])).toMatchObject({
        code: 2,
        stderr: "regulars: --to 2026-01-01 is before --from 2026-12-01\n",
      });
  });
});

describe("a deal's log", () => {
  it("says in words who did what", async () => {
    const { stdout } = await place.run(["deals", "log", "d0", "--tenant", "t"]);
    const rows = stdout
      .trim()
      .split("\n")
      .map((line) => line.split(/ {2,}/).slice(1));
    expect(rows).toEqual([
      ["WHO", "WHAT", "WHY"],
      ["command", "came in as New, €10.00, Anna", "imported"],
      ["command", "moved from New to In progress"],
      ["command", "handed from Anna to Bo"],
      ["command", "closed as Closed: failed"],
      ["command", "opened again: Closed: failed was cancelled, now In progress"],
    ]);
  });
});
