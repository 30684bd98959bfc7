import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** The For You page, findings and backtest from the command line, on imported files. */

let place: TempWorkspace;

const orders = (customerId: string, days: readonly string[]) =>
  days.map((on, i) => `${customerId}-${i},${customerId},${on},confirmed,r1,A,2,10.00,7.00`);

beforeAll(async () => {
  place = await aWorkspace();
  await place.write("users.csv", "userId,name,phone,role,teamId\nr1,Ria,+45 12 34 56 78,rep,red\nr2,Sam,,rep,blue\n");
  await place.write(
    "customers.csv",
    "customerId,name,repId,creditHold\nC1,Café One,r1,no\nC2,Bar Two,r2,no\nC3,Inn Three,r1,yes\n",
  );
  const silent = ["2026-06-01", "2026-06-15", "2026-07-01", "2026-07-14", "2026-08-03", "2026-08-10"];
  const lines = [
    ...["C1", "C2", "C3"].flatMap((id) => orders(id, silent)),
    "D-1,C1,2026-08-09,draft,r1,A,3,10.00,7.00",
  ];
  await place.write(
    "orders.csv",
    ["orderId,customerId,orderedAt,status,startedBy,itemId,quantity,unitPrice,unitCost", ...lines].join("\n"),
  );
  for (const kind of ["users", "customers", "orders"])
    await place.json(["import", kind, `${kind}.csv`, "--tenant", "t"]);
  await place.json(["night", "--tenant", "t", "--as-of", "2026-09-25", "--no-send"]);
});

afterAll(() => place.close());

interface Card {
  readonly id: string;
  readonly state: string;
}

interface Page {
  readonly scope: string;
  readonly forYou: { readonly ranked: readonly Card[]; readonly setAside: readonly Card[] };
  readonly insights: { readonly weeklySales: object };
  readonly currentOrders: { readonly orders: readonly object[] };
}

const page = (...args: readonly string[]) => place.json<Page>(["for-you", "--tenant", "t", ...args]);
const ids = (cards: readonly Card[]) => cards.map(({ id, state }) => `${id} ${state}`);

describe("regulars for-you", () => {
  it("FY01 shows a rep's list, a team's, and all customers'", async () => {
    const own = await page("--rep", "r1");
    expect([own.scope, ids(own.forYou.ranked), ids(own.forYou.setAside)]).toEqual([
      "rep r1",
      ["churn-risk:C1 open"],
      ["churn-risk:C3 credit_hold"],
    ]);
    expect(ids((await page("--team", "blue")).forYou.ranked)).toEqual(["churn-risk:C2 open"]);
    expect(ids((await page()).forYou.ranked)).toEqual(["churn-risk:C1 open", "churn-risk:C2 open"]);
    const two = await place.run(["for-you", "--tenant", "t", "--rep", "r1", "--team", "red"]);
    expect([two.code, two.stderr]).toEqual([2, "regulars: give only one of --rep, --team and --territory\n"]);
  });

  it("FY21 shows drafts with whom to call, in text too", async () => {
    expect((await page("--rep", "r1")).currentOrders.orders).toMatchObject([
      { orderId: "D-1", isDraft: true, totalMinor: 3_000, startedBy: { name: "Ria", phone: "+45 12 34 56 78" } },
    ]);
    const { stdout } = await place.run(["for-you", "--tenant", "t", "--rep", "r1"]);
    expect(stdout).toMatch(/FOR YOU: 1 to act on\n/);
    expect(stdout).toMatch(/draft +D-1 +Café One +1 +€30\.00 +Ria \+45 12 34 56 78/);
    const past = await place.json<Page["currentOrders"]>([
      "orders",
      "--tenant",
      "t",
      "--rep",
      "r1",
      "--day",
      "2026-08-10",
    ]);
    expect(past.orders).toMatchObject([{ customerId: "C1" }, { customerId: "C3" }]);
    const one = await place.run(["orders", "--tenant", "t", "--day", "2026-08-10", "--order", "C2-5"]);
    expect(one.stdout).toContain("C2-5 of Bar Two, confirmed, 2026-08-10: €20.00\nStarted by Ria +45 12 34 56 78");
  });

  it("FY03, FY24 follows the settings for the edition and price editing", async () => {
    const settings = (...args: readonly string[]) => place.json<object>(["settings", "--tenant", "t", ...args]);
    expect(await settings()).toMatchObject({ edition: "enterprise", priceEditing: false, maxAlertsPerRepPerDay: 10 });
    expect(JSON.stringify((await page()).insights)).not.toContain("gpPct");
    await settings("--price-editing", "on", "--alerts-per-day", "4");
    expect((await page("--lowest", "gpPct", "--window", "90")).insights).toMatchObject({
      weeklySales: { grossProfit: { gpPct: null } },
      lowestPerformers: { metric: "gpPct", windowDays: 90, lowest: [{ customerId: "C1", gpPct: 30 }, {}, {}] },
    });
    await settings("--edition", "basic");
    const refused = await place.run(["for-you", "--tenant", "t", "--rep", "r1"]);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      "regulars: feature-not-in-edition: For You with its findings, Code Red and backtests are part of the editions pro and enterprise\n",
    ]);
    await settings("--edition", "pro");
    expect(await settings("--insight", "lost-items.gate=score", "churn-risk.minOrders=6")).toMatchObject({
      insights: { "lost-items": { gate: "score" }, "churn-risk": { minOrders: 6 } },
    });
    expect(await settings("--insight", "lost-items.gate=", "--insight", "churn-risk.minOrders=")).toMatchObject({
      edition: "pro",
      maxAlertsPerRepPerDay: 4,
      insights: {},
    });
    const unusable = await place.run(["settings", "--tenant", "t", "--insight", "lost-items.gate=guess"]);
    expect([unusable.code, unusable.stderr]).toMatchObject([2, expect.stringMatching(/insight lost-items, gate: /)]);
    const wrong = await place.run(["settings", "--tenant", "t", "--edition", "gold"]);
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      'regulars: --edition "gold" is not one of basic, pro, enterprise\n',
    ]);
  });
});

describe("regulars findings", () => {
  it("BX04 dismisses a finding and undoes that", async () => {
    const act = (...args: readonly string[]) => place.json<object>(["findings", ...args, "--tenant", "t"]);
    await act("snooze", "churn-risk:C2", "--until", "2999-01-01", "--by", "r2");
    const { forYou } = await page("--rep", "r2");
    expect([forYou.ranked, ids(forYou.setAside)]).toEqual([[], ["churn-risk:C2 dismissed"]]);
    const inList = ["insights", "--tenant", "t", "--customer", "C2", "--kind", "churn-risk"];
    const listed = await place.json<{ findings: readonly object[] }>(inList);
    expect(listed.findings).toMatchObject([{ state: "dismissed", dismissedUntil: "2999-01-01" }]);
    await act("reopen", "churn-risk:C2");
    expect(ids((await page("--rep", "r2")).forYou.ranked)).toEqual(["churn-risk:C2 open"]);
    const unnamed = await place.run(["findings", "snooze", "churn-risk:C2", "--tenant", "t"]);
    expect([unnamed.code, unnamed.stderr]).toEqual([
      2,
      "regulars: findings snooze needs --until with a day, like 2027-01-15; findings dismiss takes no day\n",
    ]);
  });

  it("BX22 stores feedback, and shows each rule's precision", async () => {
    await place.json(["findings", "feedback", "churn-risk:C1", "--verdict", "useful", "--tenant", "t"]);
    const { rules } = await place.json<{ rules: object[] }>(["findings", "precision", "--tenant", "t"]);
    expect(rules).toMatchObject([{ rule: "churn-risk/2", useful: 1, wrong: 0, precision: 1 }]);
    const { stdout } = await place.run(["findings", "precision", "--tenant", "t"]);
    expect(stdout).toMatch(/churn-risk\/2 +1 +0 +0 +100\.0 % +20\.7 % to 100\.0 %/);
    const unknown = await place.run(["findings", "feedback", "churn-risk:C9", "--verdict", "wrong", "--tenant", "t"]);
    expect([unknown.code, unknown.stderr]).toMatchObject([
      2,
      expect.stringContaining('has no finding "churn-risk:C9"'),
    ]);
  });
});

describe("regulars backtest", () => {
  it("BX21 tests every rule, and draws its report", async () => {
    const report = await place.json<{ kinds: readonly { kind: string }[] }>(["backtest", "--tenant", "t"]);
    expect(report).toMatchObject({ customers: 3, from: "2026-06-01", to: "2026-08-10", horizonDays: 90, seed: 1 });
    expect(report.kinds.map(({ kind }) => kind)).toEqual(["churn-risk", "lost-items"]);
    const { stdout, code } = await place.run([
      "backtest",
      "--made-up",
      "60",
      "--html",
      "report.html",
      "--resamples",
      "20",
    ]);
    expect([code, stdout]).toMatchObject([0, expect.stringContaining("The seed's words: longer than the gap before")]);
    const html = await readFile(place.path("report.html"), "utf8");
    expect(html).toMatch(/<svg viewBox[^>]+role="img" aria-label="Precision and recall of each rule, Churn risk">/);
    expect(html.match(/<circle class="(?:ours|other)"/g)?.length).toBeGreaterThan(20);
    expect(html).not.toMatch(/<script|<link|https?:/);
    const neither = await place.run(["backtest"]);
    expect([neither.code, neither.stderr]).toMatchObject([2, expect.stringContaining("give either --tenant T")]);
  });
});

describe("F0: regulars night of a day before the last one's", () => {
  it("is refused, says how to look at that day, and leaves the findings as they are", async () => {
    const before = await page();
    const ended = await place.run(["night", "--tenant", "t", "--as-of", "2026-07-20"]);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: 2, stdout: "" });
    expect(ended.stderr).toContain("the last nightly run is of 2026-09-25");
    expect(ended.stderr).toContain("npx regulars insights --tenant t --as-of 2026-07-20");
    expect(await page()).toEqual(before);
  });

  it("rewinds with --force, and says that it sends nothing", async () => {
    const ended = await place.run(["night", "--tenant", "t", "--as-of", "2026-09-24", "--force"]);
    expect(ended.stderr).toBe("");
    expect(ended.stdout).toContain("Nightly run of 2026-09-24");
    expect(ended.stdout).toContain("kept back");
  });
});
