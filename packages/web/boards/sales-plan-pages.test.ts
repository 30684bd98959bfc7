import { refusalReasonSchema } from "@regulars/core/sales-plans/refusal";
import type { Deal } from "@regulars/core/deals/deal";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import { customerIdSchema, personIdSchema, toInstant } from "@regulars/core/platform/values";
import { createRuntime } from "@regulars/functions/runtime";
import { beforeAll, describe, expect, it } from "vitest";
import { HOSTILE } from "../../../test/fixtures/hostile-text.ts";
import { PLAN_NOW, type SalesPlanFixture, aSalesPlan } from "../../../test/fixtures/sales-plan.ts";
import { aDirectory } from "../../../test/fixtures/tenant.ts";
import { aConsole } from "../../../test/fixtures/page-console.ts";

const ORIGIN = "http://localhost";

let fixture: SalesPlanFixture;
let plan: SalesPlan;
let pages: ReturnType<typeof aConsole>;
let base: string;

beforeAll(async () => {
  fixture = aSalesPlan({ name: `Acme & ${HOSTILE}` });
  const { testTenant } = fixture;
  await aDirectory(testTenant.table).ensure(testTenant.tenant, toInstant(PLAN_NOW));
  const reason = { reasonId: "rsn_price", name: `Dear ${HOSTILE}` };
  await testTenant.store.sales.salesPlans.saveReason(refusalReasonSchema.parse(reason));
  plan = await fixture.plan("related>least", ["ida", "bo"], {
    name: `Plan ${HOSTILE}`,
    statuses: [
      { name: "New", kind: "intermediate" },
      { name: "Talk", kind: "intermediate" },
      { name: "Won", kind: "won" },
      { name: "Lost", kind: "lost", refusal: { isRequired: true, reasonIds: ["rsn_price"] } },
    ],
  });
  const runtime = createRuntime(
    { TABLE_NAME: testTenant.table.name, PUBLIC_URL: ORIGIN },
    {
      table: testTenant.table,
      clock: () => PLAN_NOW,
      queues: { send: () => Promise.resolve() },
      log: { info: () => undefined, error: () => undefined },
    },
  );
  const options = { table: testTenant.table, runtime };
  pages = aConsole(options.runtime);
  base = `/plans/${testTenant.tenant.tenantId}/${plan.planId}`;
});

async function get(path: string) {
  const reply = await pages.request(path);
  return { status: reply.status, text: (await reply.text()).replace(/\s+/g, " ") };
}

async function aDeal(given: object = {}): Promise<Deal> {
  const { deal } = await fixture.add(plan, given);
  if (deal === undefined) throw new Error("the lead still waits");
  return deal;
}

const pathOf = ({ dealId }: Deal): string => `${base}/deals/${dealId}`;
const statusNamed = (wanted: string): string => plan.statuses.find(({ name }) => name === wanted)?.statusId ?? "";
const inStore = async ({ dealId }: Deal): Promise<Deal | undefined> =>
  fixture.testTenant.store.sales.deals.deal(dealId);

/** Sends a form of a deal's page; the version defaults to that on the page. */
async function send(deal: Deal, fields: Record<string, string>, headers: Record<string, string> = { origin: ORIGIN }) {
  const version = String((await inStore(deal))?.version ?? 1);
  const body = new URLSearchParams({ version, ...fields });
  const reply = await pages.request(pathOf(deal), { method: "POST", body, headers });
  return { status: reply.status, text: await reply.text() };
}

describe("a sales plan's board", () => {
  it("has a column for each status with the number and total amount of its deals, and a card for each deal", async () => {
    await aDeal({
      deal: { title: "Coffee machine", amount: "1250.00" },
      person: { name: HOSTILE, phone: "+46406280412" },
    });
    const { status, text } = await get(base);
    expect(status).toBe(200);
    for (const { name } of plan.statuses) expect(text).toContain(`<bdi>${name}</bdi>`);
    expect(text).toContain("Coffee machine");
    expect(text).toContain("€1,250.00");
    expect(text).not.toMatch(/<script>|<img/);
  });

  it("filters by manager, by unassigned, and by part of a phone number", async () => {
    const chosen = await aDeal({ assign: { managerId: "bo" }, deal: { title: "Bo's own" } });
    expect((await inStore(chosen))?.managerId).toBe("bo");
    expect((await get(`${base}?manager=bo`)).text).toContain("Bo&#39;s own");
    expect((await get(`${base}?manager=ida`)).text).not.toContain("Bo&#39;s own");
    expect((await get(`${base}?manager=nobody`)).text).toContain("0 deals");
    const found = (await get(`${base}?search=628%2004`)).text;
    expect([found.includes("Coffee machine"), found.includes("1 deal")]).toEqual([true, true]);
  });

  it("CN03: names the person on a card once, also where the deal has no title of its own", async () => {
    const own = await fixture.plan("related>even", ["ida"], { name: "Untitled" });
    await fixture.add(own, { person: { name: "Olena Koval", email: "olena@example.com" } });
    await fixture.add(own, { person: { name: "Piet Vos", email: "piet@example.com" }, deal: { title: "Jug" } });
    const { text } = await get(`/plans/${fixture.testTenant.tenant.tenantId}/${own.planId}`);
    const cards = [...text.matchAll(/<li class="deal".*?<\/li>/g)].map(([card]) =>
      [...card.matchAll(/<bdi>([^<]*)<\/bdi>/g)].map(([, name]) => name),
    );
    expect(cards.toSorted()).toEqual([
      ["Jug", "Piet Vos", "ida"],
      ["Olena Koval", "ida"],
    ]);
  });

  it.each(["", "/list"])("has all filters when one of them is in use or they are asked for: %s", async (mode) => {
    const shown = async (query: string): Promise<string> => {
      const { text } = await get(`${base}${mode}${query}`);
      const fields = [...text.matchAll(/<(?:select|input type="date") name="(status|reason|from|to)"/g)];
      return [...fields.map(([, name]) => name), ...(/>\s*More filters\s*</.test(text) ? ["more"] : [])].join(" ");
    };
    const all = "status reason from to";
    const used = [`?status=${statusNamed("Talk")}`, "?reason=rsn_price", "?to=2026-01-01", "?filters=all"];
    expect(await Promise.all(["", "?manager=bo", ...used].map(shown))).toEqual(["more", "more", all, all, all, all]);
    expect((await get(`${base}${mode}?filters=none`)).text).toContain("filters=none");
  });

  it("SP07 shows twenty cards of a column and more by an address, up to the list, each once", async () => {
    const own = await fixture.plan("related>even", ["ida", "bo"], { name: "Long" });
    const path = `/plans/${fixture.testTenant.tenant.tenantId}/${own.planId}`;
    for (let i = 0; i < 45; i += 1) await fixture.add(own, { deal: { title: `deal ${i}` } });
    const seen: string[][] = [];
    let next: string | undefined = path;
    while (next !== undefined) {
      const { text } = await get(next);
      expect(text).toContain(`<span class="soft">45</span>`);
      seen.push([...text.matchAll(/class="deal" id="([^"]+)"/g)].map(([, id = ""]) => id));
      next = /<p class="more"> <a class="button" href="([^"]*)"/.exec(text)?.[1]?.replaceAll("&amp;", "&");
    }
    expect(seen.map((ids) => [ids.length, new Set(ids).size])).toEqual([
      [20, 20],
      [40, 40],
      [45, 45],
    ]);
    expect((await get(`${path}?more=mangled:x,:,st_none:90`)).text).toContain("20 more");
  });

  it("that does not exist says so, whatever the filters", async () => {
    const { tenantId } = fixture.testTenant.tenant;
    for (const path of [
      `/plans/${tenantId}/pln_none`,
      `/plans/${tenantId}/${encodeURIComponent(HOSTILE)}`,
      "/plans/t-none/pln",
    ]) {
      const { status, text } = await get(path);
      expect([path, status, /<script>/.test(text)]).toEqual([path, 404, false]);
    }
  });
});

describe("a deal's page", () => {
  it("shows its status, why it has its manager, and its log", async () => {
    const deal = await aDeal({ deal: { title: "Grinder" }, person: { name: "Eva", email: "eva@example.com" } });
    const { text } = await get(pathOf(deal));
    expect(text).toContain("Why this manager");
    expect(text).toMatch(/<span class="soft">\(rule: (?:by hand|evenly|to )[^)<]*\)<\/span/);
    expect(text).toContain("fewest open deals");
    expect(text).toContain("came in as New");
    expect(text).toContain('href="mailto:eva@example.com"');
  });

  it("names the customer at which its person works", async () => {
    const { imports } = fixture.testTenant.store;
    const customerId = customerIdSchema.parse("acme");
    await imports.saveCustomers([{ customerId, name: HOSTILE }]);
    await imports.savePersons([{ personId: personIdSchema.parse("P-1"), customerId, email: "olena@acme.example" }]);
    const deal = await aDeal({ person: { email: "olena@acme.example" } });
    const { text } = await get(pathOf(deal));
    expect(text).toMatch(/Works at <a href="\/code-red\/[^"]+\/acme"><bdi>&lt;script&gt;/);
    expect(text).not.toMatch(/<script>/);
    expect((await get(pathOf(await aDeal()))).text).not.toContain("Works at");
  });

  it("moves it, closes it with a reason, cancels the closing and transfers it, as the viewer", async () => {
    const deal = await aDeal({ assign: { managerId: "ida" } });
    expect(
      (await send(deal, { action: "move", statusId: statusNamed("Talk"), reasonId: "", clarification: "" })).status,
    ).toBe(303);
    const lost = { action: "move", statusId: statusNamed("Lost"), clarification: " by far " };
    const refused = await send(deal, { ...lost, reasonId: "" });
    expect([refused.status, refused.text.includes("needs one of its refusal reasons")]).toEqual([422, true]);
    // F2: it is the same page, with the form as it was filled and the reasons by name.
    expect(refused.text).toContain("Reasons to choose from: Dear &lt;script&gt;");
    expect(refused.text).toMatch(/selected\s*>\s*Lost\s*<\/option>/);
    expect(refused.text).toMatch(/name="clarification"[^>]* value=" by far "/);
    expect(refused.text).toContain(`action="${pathOf(deal)}"`);
    expect((await send(deal, { ...lost, reasonId: "rsn_price" })).status).toBe(303);
    expect((await inStore(deal))?.closing).toMatchObject({ reasonId: "rsn_price", clarification: "by far" });
    expect((await send(deal, { action: "cancel", comment: "they called" })).status).toBe(303);
    expect((await send(deal, { action: "transfer", to: "bo" })).status).toBe(303);
    expect(await inStore(deal)).toMatchObject({ statusId: statusNamed("Talk"), managerId: "bo" });
    expect((await inStore(deal))?.closing).toBeUndefined();
    const { text } = await get(pathOf(deal));
    for (const words of ["moved from New to Talk", "they called", "handed from ida to bo", "operator"])
      expect(text).toContain(words);
    expect(text).not.toMatch(/<script>/);
  });

  it("changes nothing if the deal has been changed since the page was opened", async () => {
    const deal = await aDeal();
    await send(deal, { action: "move", statusId: statusNamed("Talk"), reasonId: "", clarification: "" });
    const stale = await send(deal, {
      action: "move",
      version: "1",
      statusId: statusNamed("Won"),
      reasonId: "",
      clarification: "",
    });
    expect(stale.status).toBe(422);
    expect((await inStore(deal))?.statusId).toBe(statusNamed("Talk"));
  });

  it("refuses forms from another site and forms without an action", async () => {
    const deal = await aDeal();
    const move = { action: "move", statusId: statusNamed("Talk"), reasonId: "", clarification: "" };
    expect((await send(deal, move, { origin: "http://evil.example" })).status).toBe(403);
    for (const fields of [{}, { note: HOSTILE }, { action: "explode" }, { action: "move" }, { ...move, version: "x" }])
      expect([fields, (await send(deal, fields)).status]).toEqual([fields, 422]);
    expect((await inStore(deal))?.version).toBe(1);
  });

  it("of an unknown deal is not found", async () => {
    expect((await get(`${base}/deals/D-none`)).status).toBe(404);
  });
});

describe("the refusal report's page", () => {
  it("adds up won and lost, and the lost by reason and clarification", async () => {
    const { tenantId } = fixture.testTenant.tenant;
    const deal = await aDeal({ assign: { managerId: "bo" } });
    await send(deal, { action: "move", statusId: statusNamed("Lost"), reasonId: "rsn_price", clarification: "Rival" });
    const { status, text } = await get(`/refusals/${tenantId}?by=manager&clarifications=yes`);
    expect(status).toBe(200);
    expect(text).toContain("Reasons of 1 lost");
    expect(text).toContain("Rival");
    expect(text).not.toMatch(/<script>/);
    expect((await get(`/refusals/${tenantId}?from=2020-01-01&to=2020-01-31`)).text).toContain("No deal was closed");
    const wrong = await get(`/refusals/${tenantId}?from=soon&to=2026-01-01`);
    expect(wrong.status).toBe(200);
    expect(wrong.text).toContain("From “soon” is not a day: YYYY-MM-DD");
    expect(wrong.text).toMatch(/name="from" value=""[^]*name="to" value="2026-01-01"/);
    const both = await get(`/refusals/${tenantId}?from=soon&to=later&by=weather`);
    for (const name of ["from=soon", "to=later", "by=weather"]) expect(both.text).toContain(`<bdi>${name}</bdi>`);
    expect(both.text).not.toContain("Not done");
    expect((await get(`/refusals/${tenantId}?from=2026-02-01&to=2026-01-01`)).text).toContain("is before From");
  });

  it("has a column of reasons where a deal has one, and none of won deals alone", async () => {
    const { tenantId } = fixture.testTenant.tenant;
    for (const status of ["Won", "Lost"]) {
      const deal = await aDeal({ assign: { managerId: "ida" } });
      await send(deal, {
        action: "move",
        statusId: statusNamed(status),
        reasonId: status === "Won" ? "" : "rsn_price",
      });
    }
    const { text } = await get(`/refusals/${tenantId}`);
    const hasWhy = async (outcome: string): Promise<boolean | undefined> => {
      const [, href] = new RegExp(`href="(/refusals/[^"]*outcome=${outcome}[^"]*)"`).exec(text) ?? [];
      return href === undefined ? undefined : /data-of="Why"/.test((await get(href.replaceAll("&amp;", "&"))).text);
    };
    expect([await hasWhy("won"), await hasWhy("lost")]).toEqual([false, true]);
  });

  it("SP35 links each number, and each part of the chart, to the deals it counts", async () => {
    const { tenantId } = fixture.testTenant.tenant;
    for (const [i, clarification] of ["Rival", "rival", HOSTILE, ""].entries()) {
      const deal = await aDeal({ assign: { managerId: i === 0 ? "ida" : "bo" } });
      await send(deal, { action: "move", statusId: statusNamed("Lost"), reasonId: "rsn_price", clarification });
    }
    const { text } = await get(`/refusals/${tenantId}?by=manager&clarifications=yes`);
    const cells = [...text.matchAll(/<a href="(\/refusals\/[^"]+)">(\d+)<\/a>/g)];
    expect(cells.length).toBeGreaterThan(5);
    for (const [, href = "", count] of cells) {
      const deals = await get(href.replaceAll("&amp;", "&"));
      expect([href, deals.text.match(/<th scope="row">/g)?.length]).toEqual([href, Number(count)]);
      expect(deals.text).not.toMatch(/<script>/);
    }
    expect(text).toMatch(/<svg xmlns[^]*<a href="\/refusals\/[^"]+" aria-label="[^"]+"><rect/);
    const mangled = await get(`/refusals/${tenantId}/deals?by=weather`);
    expect([mangled.status, mangled.text.includes("<bdi>by=weather</bdi>")]).toEqual([200, true]);
    const csv = await get(`/refusals/${tenantId}?by=manager&csv=1`);
    expect([csv.status, csv.text.startsWith("manager,won,won %,won value,lost,")]).toEqual([200, true]);
  });
});

describe("a sales plan's list", () => {
  it("SP05, SP09, SP12 has the same deals, filtered and sorted, page by page, and the board links to it", async () => {
    const own = await fixture.plan("related>even", ["ida", "bo"], { name: "Listed" });
    const path = `/plans/${fixture.testTenant.tenant.tenantId}/${own.planId}`;
    for (let i = 0; i < 53; i += 1)
      await fixture.add(own, {
        deal: { title: `deal ${i}`, amount: `${i}.00` },
        assign: { managerId: i < 3 ? "ida" : "bo" },
      });
    const { text } = await get(`${path}/list`);
    expect(text).toContain("53 deals");
    const [, more = ""] = /<a href="([^"]*after=[^"]*)">Next/.exec(text) ?? [];
    expect((await get(more.replaceAll("&amp;", "&"))).text.match(/<th scope="row">/g)).toHaveLength(3);
    expect((await get(`${path}/list?manager=ida`)).text).toContain("3 deals");
    expect((await get(`${path}/list?search=deal+52`)).text).toContain("1 deal,");
    expect((await get(`${path}/list?sort=amount`)).text).toMatch(/deal 52<[^]*deal 51</);
    expect((await get(`${path}/list?manager=bo`)).text).toContain("50 deals");
  });

  it("F2: filters that cannot be used are all named, and the others are used, on the board and on the list", async () => {
    for (const path of [base, `${base}/list`]) {
      const refused = await get(`${path}?search=machine&from=yesterday&sort=amount`);
      expect(refused.status).toBe(200);
      expect(refused.text).toContain("Created from “yesterday” is not a day: YYYY-MM-DD");
      expect(refused.text).toContain('name="search" value="machine"');
      expect(refused.text).toMatch(/<option value="amount" selected/);
      const order = await get(`${path}?from=2026-02-01&to=2026-01-01`);
      expect([order.status, order.text.includes("Created to “2026-01-01” is before from")]).toEqual([200, true]);
      const choice = await get(`${path}?manager=${encodeURIComponent(HOSTILE)}`);
      expect([choice.status, /<script>/.test(choice.text)]).toEqual([200, false]);
      expect(choice.text).toContain("is not offered: choose unassigned, ");
      const many = await get(`${path}?status=st_none&manager=nina&reason=rsn_none&sort=luck&to=later`);
      for (const name of ["status=st_none", "manager=nina", "reason=rsn_none", "sort=luck", "to=later"])
        expect(many.text).toContain(`<bdi>${name}</bdi>`);
    }
  });
});
