import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BoardSite, aBoardSite } from "../../../test/fixtures/board-site.ts";
import { HOSTILE } from "../../../test/fixtures/hostile-text.ts";

let site: BoardSite;
let plan: SalesPlan;

beforeAll(async () => {
  site = await aBoardSite();
});
beforeEach(async () => {
  plan = await site.plan();
});
afterAll(() => site?.close());

const now = async (): Promise<SalesPlan> => {
  const found = await site.fixture.testTenant.store.sales.salesPlans.plan(plan.planId);
  if (found === undefined) throw new Error("the plan is gone");
  return found;
};
const names = async (): Promise<readonly string[]> => (await now()).statuses.map(({ name }) => name);
const idOf = (name: string): string => plan.statuses.find((status) => status.name === name)?.statusId ?? "";

async function send(fields: Readonly<Record<string, string>>, path = `${site.boardOf(plan)}/settings`, who = "mona") {
  const body = new URLSearchParams({ version: String((await now()).version), ...fields });
  const headers = { origin: site.url, accept: "text/html", cookie: `who=${who}` };
  const answer = await fetch(path, { method: "POST", body, headers, redirect: "manual" });
  return { status: answer.status, text: (await answer.text()).replaceAll(/\s+/g, " ") };
}

/** The form of members, with a row for each. */
const membersOf = (...rows: readonly Readonly<Record<string, string>>[]): Readonly<Record<string, string>> => ({
  action: "members",
  "members.rows": "",
  ...Object.fromEntries(
    rows.flatMap((row, i) => Object.entries(row).map(([part, text]) => [`members.${i}.${part}`, text])),
  ),
});

describe("the settings of a sales plan", () => {
  it("order its statuses by buttons and as they were dragged", async () => {
    const order = plan.statuses.map(({ statusId }) => statusId).join(",");
    expect((await send({ action: "order", order, up: idOf("Offer") })).status).toBe(303);
    expect(await names()).toEqual(["New", "Offer", "Talk", "Won", "Lost"]);
    const dragged = ["Talk", "New", "Offer", "Lost", "Won"].map(idOf).join(",");
    expect((await send({ action: "order", order: dragged })).status).toBe(303);
    expect(await names()).toEqual(["Talk", "New", "Offer", "Lost", "Won"]);
    const half = await send({ action: "order", order: idOf("New") });
    expect([half.status, half.text.includes("exactly once")]).toEqual([422, true]);
  });

  it("add, rename, recolour and delete a status, whose deals go to another one", async () => {
    const deal = await site.deal(plan, "Jug");
    await send({ action: "add-status", name: "Trial", kind: "intermediate" });
    expect(await names()).toEqual(["New", "Talk", "Offer", "Trial", "Won", "Lost"]);
    await send({ action: "status", statusId: idOf("Talk"), name: "Call", colour: "#123456" });
    expect((await now()).statuses[1]).toMatchObject({ name: "Call", colour: "#123456" });
    await send({ action: "delete-status", statusId: idOf("New"), moveTo: idOf("Talk") });
    expect(await names()).toEqual(["Call", "Offer", "Trial", "Won", "Lost"]);
    expect((await site.stored(deal.dealId)).statusId).toBe(idOf("Talk"));
    const refused = await send({ action: "status", statusId: idOf("Offer"), name: HOSTILE, colour: "loud" });
    expect([refused.status, refused.text.includes("<script>alert")]).toEqual([422, false]);
    expect(refused.text).toMatch(/<input[^>]*aria-invalid="true"[^>]* type="color" name="colour" value="loud"/);
    const pale = await send({ action: "status", statusId: idOf("Offer"), name: "Offer", colour: "#ffff00" });
    expect(pale.text).toMatch(/<input[^>]*aria-invalid="true"[^>]* type="color" name="colour" value="#ffff00"/);
  });

  it("order the reasons of a lost status, add and remove them, and require one", async () => {
    const statusId = idOf("Lost");
    const reasons = async () => (await now()).statuses.find((status) => status.statusId === statusId)?.refusal;
    const form = { action: "reasons", statusId, order: "rsn_price,rsn_other", isRequired: "on" };
    await send({ ...form, down: "rsn_price" });
    expect(await reasons()).toEqual({ isRequired: true, reasonIds: ["rsn_other", "rsn_price"] });
    await send({ ...form, order: "rsn_other,rsn_price", drop: "rsn_other" });
    expect(await reasons()).toEqual({ isRequired: true, reasonIds: ["rsn_price"] });
    const none = await send({ ...form, order: "rsn_price", drop: "rsn_price" });
    expect([none.status, none.text.includes("offers none")]).toEqual([422, true]);
    await send({ action: "reasons", statusId, order: "rsn_price", add: "rsn_other" });
    expect(await reasons()).toEqual({ isRequired: false, reasonIds: ["rsn_price", "rsn_other"] });
  });

  it("set members with weight, cap, hours and days off, and add one", async () => {
    const member = membersOf({ userId: "ida", weight: "3", cap: "5", isPaused: "on" });
    const rows = {
      "hours0.rows": "",
      ...Object.fromEntries([1, 2, 3, 4, 5].map((day) => [`hours0.0.day${day}`, "on"])),
      "hours0.0.from": "09:00",
      "hours0.0.to": "18:00",
      "hours0.1.from": "",
      "hours0.1.to": "",
      "hours0.3.day6": "on",
      "hours0.3.from": "10:00",
      "hours0.3.to": "00:00",
      "vacations0.rows": "",
      "vacations0.0.from": "2026-12-24",
      "vacations0.0.to": "2026-12-31",
      "vacations0.1.from": "2027-02-01",
      "vacations0.1.to": "",
    };
    await send({ ...member, ...rows });
    expect((await now()).members[0]).toEqual({
      userId: "ida",
      weight: 3,
      cap: 5,
      hours: [
        { days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" },
        { days: [6], from: "10:00", to: "24:00" },
      ],
      vacations: [
        { from: "2026-12-24", to: "2026-12-31" },
        { from: "2027-02-01", to: "2027-02-01" },
      ],
      isPaused: true,
    });
    await send({ action: "add-member", userId: "mona" });
    expect((await now()).members.map(({ userId }) => userId)).toEqual(["ida", "bo", "mona"]);
    const refused = await send({ ...member, ...rows, "hours0.3.from": "always", "vacations0.1.to": "2027-01-01" });
    expect([refused.status, refused.text.includes("Ida Holm: Hours, row 3: from “always”")]).toEqual([422, true]);
    expect(refused.text).toContain("Vacations, row 2: to “2027-01-01” ends before it begins");
    expect(refused.text).toMatch(/aria-invalid="true"[^>]* name="hours0\.3\.from" value="always"/);
    expect(refused.text).toContain('name="vacations0.0.from" value="2026-12-24"');
    const wrongDay = await send({ ...member, ...rows, "vacations0.1.from": "soon" });
    const marked = [...wrongDay.text.matchAll(/aria-invalid="true"[^>]* name="([^"]*)"/g)].map(([, name]) => name);
    expect(marked).toEqual(["vacations0.1.from"]);
    // A page of before, with a form for each member: nothing of it is lost without a word.
    expect((await send({ action: "member", userId: "ida", weight: "9" })).status).toBe(422);
    expect((await now()).members[0]?.hours).toHaveLength(2);
    const drawn = (await send({ ...member, ...rows, rows: "more hours0" })).text;
    expect([drawn.includes('name="hours0.4.from"'), drawn.includes('name="hours0.0.from" value="09:00"')]).toEqual([
      true,
      true,
    ]);
    const fewer = (await send({ ...member, ...rows, rows: "drop hours0.0" })).text;
    expect([
      fewer.includes('name="hours0.0.from" value="09:00"'),
      fewer.includes('name="hours0.3.from" value="10:00"'),
    ]).toEqual([false, true]);
    expect((await now()).members[0]?.hours).toHaveLength(2);
    await send({ ...member, "hours0.rows": "", "vacations0.rows": "" });
    expect((await now()).members[0]).toMatchObject({ hours: [], vacations: [] });
    expect((await send({ action: "add-member", userId: "nobody" })).status).toBe(422);
  });

  it("keep what was filled in and its version while rows are added and rules tried, so that nothing of others is lost", async () => {
    const { version } = plan;
    const own = { version: String(version), name: "Courses", label: plan.label, distribution: "random>least" };
    const member = { version: own.version, ...membersOf({ userId: "ida", weight: "7" }), "hours0.rows": "" };
    const formOf = (text: string, field: string) =>
      [...text.matchAll(/<form\b[^>]*>.*?<\/form>/g)].map(([form]) => form).find((form) => form.includes(field)) ?? "";
    const paused = formOf(
      (await send({ ...member, "members.0.isPaused": "on", rows: "more hours0" })).text,
      'value="7"',
    );
    expect(paused).toMatch(/name="members\.0\.isPaused" checked/);
    await send(membersOf({ userId: "ida", isPaused: "on" }));
    const rows = formOf((await send({ ...member, rows: "more hours0" })).text, 'value="7"');
    const tried = formOf((await send({ ...own, action: "try" })).text, 'value="Courses"');
    for (const form of [rows, tried]) expect(form).toMatch(new RegExp(`name="version" value="${version}"`));
    expect(rows).not.toMatch(/name="members\.0\.isPaused" checked/);
    const refused = [await send(member), await send({ ...own, action: "rules" })];
    expect(refused.map(({ status }) => status)).toEqual([409, 409]);
    expect(refused[0]?.text).toContain("<bdi>Ida Holm: Weight</bdi></th> <td><bdi>1</bdi></td> <td><bdi>7</bdi></td>");
    expect(refused[0]?.text).toContain("<bdi>Ida Holm: gets no leads now</bdi></th> <td><bdi>yes</bdi></td>");
    expect(refused[1]?.text).toMatch(/<bdi>Distribution<\/bdi><\/th> <td>.*?<\/td> <td><bdi>to whoever has the fewest/);
    // Whoever was told so sends it for the plan as it is now.
    expect(formOf(refused[0]?.text ?? "", 'value="7"')).toMatch(new RegExp(`name="version" value="${version + 1}"`));
    expect((await now()).members[0]).toMatchObject({ weight: 1, isPaused: true });
  });

  it("save the shares of all members together or not at all, and say who would get the next leads with them", async () => {
    const shares = membersOf({ userId: "ida", weight: "1" }, { userId: "bo", weight: "100" });
    const { text, status } = await send({ ...shares, do: "try" });
    const next = [...text.matchAll(/<li> <strong><bdi>([^<]+)<\/bdi><\/strong>/g)].map(([, name]) => name);
    expect([status, next.filter((name) => name === "Bo Lund").length, (await now()).version]).toEqual([200, 9, 1]);
    expect(text).toMatch(/name="members\.1\.weight"[^>]* value="100"/);
    const wrong = await send({ ...shares, "members.0.weight": "5", "members.1.weight": "101" });
    expect([wrong.status, wrong.text.includes("Bo Lund: Weight “101”")]).toEqual([422, true]);
    expect((await now()).members.map(({ weight }) => weight)).toEqual([1, 1]);
    expect((await send({ ...shares, "members.0.weight": "5", do: "save" })).status).toBe(303);
    expect((await now()).members.map(({ weight }) => weight)).toEqual([5, 100]);
  });

  it("CN05: show who would get the next leads by other rules, save nothing, and do so once they are saved", async () => {
    const rules = { name: "Courses", label: "Kurs", distribution: "random>least" };
    await site.deal(plan, "Open", { assign: { managerId: "ida" } });
    const { text, status } = await send({ ...rules, action: "try" });
    expect(status).toBe(200);
    const next = [...text.matchAll(/<li> <strong><bdi>([^<]+)<\/bdi><\/strong>/g)].map(([, name]) => name);
    expect([next[0], next.length, (await now()).version]).toEqual(["Bo Lund", 10, plan.version]);
    await send({ ...rules, action: "rules" });
    expect(await now()).toMatchObject({ label: "Kurs", distribution: { affinity: "random", balance: "least" } });
    const deal = await site.deal(plan, "Next");
    expect(deal.managerId).toBe("bo");
  });

  it("CN05: change the usual amount, what happens when the known manager is away, and whose deals count as load", async () => {
    const rules = { name: "Courses", label: "Kurs", distribution: "related>least" };
    const details = { averageAmount: "199,50", ownerAway: "wait", loadScope: "tenant" };
    await send({ ...rules, ...details, action: "try" });
    expect((await now()).version).toBe(plan.version);
    expect((await send({ ...rules, ...details, action: "rules" })).status).toBe(303);
    const saved = {
      averageMinor: 19_950,
      distribution: { mode: "uniform", affinity: "related", balance: "least", ownerAway: "wait", loadScope: "tenant" },
    };
    expect(await now()).toMatchObject(saved);
    // A form that has not these fields leaves them as they are.
    await send({ ...rules, action: "rules" });
    expect(await now()).toMatchObject(saved);
    const shown = (await send({ ...rules, ...details, averageAmount: "dear", action: "rules" })).text;
    expect(shown).toMatch(/aria-invalid="true"[^>]* name="averageAmount"[^>]* value="dear"/);
    expect(shown).toContain('<option value="wait" selected>');
    expect(shown).toContain('<option value="tenant" selected>');
    const unknown = await send({ ...rules, ...details, ownerAway: "vanish", action: "rules" });
    expect(unknown.text).toMatch(/<select[^>]*aria-invalid="true"[^>]* name="ownerAway"/);
    await send({ ...rules, averageAmount: "", action: "rules" });
    expect((await now()).averageMinor).toBe(0);
  });

  it("CN05: say what archiving the plan would do, archive it, and restore it", async () => {
    await site.deal(plan, "Stays");
    const stays = await send({ action: "archive", isArchived: "true" });
    expect([stays.status, (await now()).version]).toEqual([200, plan.version]);
    expect(stays.text).toContain("no more leads and no new deals. 1 open deal stays on its board.");
    expect((await send({ action: "archive", isArchived: "true", do: "save" })).status).toBe(303);
    expect((await now()).isArchived).toBe(true);
    const back = await send({ action: "archive", isArchived: "false" });
    expect(back.text).toContain("It would take leads and new deals again.");
    expect((await now()).isArchived).toBe(true);
    await send({ action: "archive", isArchived: "false", do: "save" });
    expect((await now()).isArchived).toBe(false);
    const rep = await send({ action: "archive", isArchived: "true", do: "save" }, undefined, "ida");
    expect([rep.status, (await now()).isArchived]).toEqual([403, false]);
  });

  it("refuse a form of an older version, and whoever may not manage plans", async () => {
    await send({ action: "add-status", name: "Trial", kind: "intermediate" });
    const stale = await send({ action: "add-status", name: "Late", kind: "intermediate", version: "1" });
    expect([stale.status, stale.text.includes("changed by somebody else")]).toEqual([409, true]);
    expect(await names()).not.toContain("Late");
    const rep = await send({ action: "add-status", name: "Late", kind: "intermediate" }, undefined, "ida");
    expect([rep.status, (await names()).includes("Late")]).toEqual([403, false]);
    expect((await send({ action: "explode" })).status).toBe(422);
  });
});

describe("the pages of plans and reasons", () => {
  it("list the plans with their columns, for a manager with their settings", async () => {
    const { tenantId } = site.fixture.testTenant.tenant;
    const page = async (who: string) =>
      (await fetch(`${site.url}/plans/${tenantId}`, { headers: { cookie: `who=${who}` } })).text();
    const manager = await page("mona");
    expect(manager).toContain("New · Talk · Offer · Won · Lost");
    expect(manager).toContain(`/plans/${tenantId}/${plan.planId}/settings`);
    expect(await page("ida")).not.toContain("/settings");
  });

  it("add, rename and archive reasons", async () => {
    const { tenant, store } = site.fixture.testTenant;
    const path = `${site.url}/refusal-reasons/${tenant.tenantId}`;
    expect((await send({ name: HOSTILE, needsClarification: "on" }, path)).status).toBe(303);
    const made = [...(await store.sales.salesPlans.reasons()).values()].find(({ name }) => name === HOSTILE);
    expect(made).toMatchObject({ needsClarification: true, isArchived: false });
    await send({ reasonId: made?.reasonId ?? "", name: "Too late", isArchived: "on" }, path);
    const reasons = [...(await store.sales.salesPlans.reasons()).values()];
    expect(reasons.find(({ reasonId }) => reasonId === made?.reasonId)).toMatchObject({
      name: "Too late",
      isArchived: true,
    });
    const refused = await send({ name: "x".repeat(101), needsClarification: "on" }, path);
    expect([refused.status, refused.text.includes("at most 100")]).toEqual([422, true]);
    expect(refused.text).toMatch(/<li> <form(?:(?!<\/form>).)*name="needsClarification" checked(?:(?!<\/form>).)*Add/);
    expect((await send({ reasonId: "rsn_none", name: "Other" }, path)).status).toBe(422);
  });

  it("write no reason over somebody else's change, and show both versions", async () => {
    const { tenant, store } = site.fixture.testTenant;
    const path = `${site.url}/refusal-reasons/${tenant.tenantId}`;
    const page = await (await fetch(path, { headers: { cookie: "who=mona" } })).text();
    const was = /value="rsn_price" \/>\s*<input type="hidden" name="was" value="([^"]+)"/.exec(page)?.[1] ?? "";
    const form = { reasonId: "rsn_price", was };
    expect((await send({ ...form, name: "Too dear" }, path)).status).toBe(303);
    const stale = await send({ ...form, name: "Expensive", needsClarification: "on" }, path);
    expect([stale.status, stale.text.includes("Somebody has changed these settings")]).toEqual([409, true]);
    expect(stale.text).toContain("<td><bdi>Too dear</bdi></td> <td><bdi>Expensive</bdi></td>");
    expect(stale.text).toContain("<td><bdi>no</bdi></td> <td><bdi>yes</bdi></td>");
    const reasons = await store.sales.salesPlans.reasons();
    expect([...reasons.values()].find(({ reasonId }) => reasonId === "rsn_price")?.name).toBe("Too dear");
  });
});
