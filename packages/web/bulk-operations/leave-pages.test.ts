import type { Deal } from "@regulars/core/deals/deal";
import { dealFilterSchema } from "@regulars/core/boards/board-query";
import { userIdSchema } from "@regulars/core/platform/values";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import { changeDeals, runDealOperation } from "@regulars/flows/bulk-operations/change-deals";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BoardSite, aBoardSite } from "../../../test/fixtures/board-site.ts";
import { watchWrites } from "../../../test/fixtures/table-writes.ts";
import { valueOf } from "../../../test/fixtures/value-of.ts";

let site: BoardSite;
let plan: SalesPlan;
/** A process that is killed before it stores a bulk operation. */
let isCutOff = false;

beforeAll(async () => {
  site = await aBoardSite();
  watchWrites(site.fixture.testTenant.table, ({ keys }) => {
    if (isCutOff && keys.some(({ pk }) => pk.includes("#OPERATION#"))) throw new Error("killed");
    return "send";
  });
});
beforeEach(async () => {
  const members = ["ida", "bo", "mona"].map((userId) => ({ userId }));
  plan = await site.fixture.change(await site.plan(), { members });
  site.sent.length = 0;
});
afterAll(() => site?.close());

const store = () => site.fixture.testTenant.store.sales;
const membersNow = async (): Promise<readonly string[] | undefined> =>
  (await store().salesPlans.plan(plan.planId))?.members.map(({ userId }) => userId);

/** Deals that Bo holds, one a second. */
async function held(count: number): Promise<readonly Deal[]> {
  const deals: Deal[] = [];
  for (let index = 1; index <= count; index += 1) {
    site.fixture.nowMs += 1_000;
    deals.push(await site.deal(plan, `Held <${index}>`, { assign: { managerId: "bo" } }));
  }
  return deals;
}
const managersOf = async (deals: readonly Deal[]): Promise<readonly (string | undefined)[]> =>
  Promise.all(deals.map(async ({ dealId }) => (await site.stored(dealId)).managerId));

interface Opened {
  readonly status: number;
  readonly text: string;
  /** The hidden fields of the form. */
  readonly drawn: Readonly<Record<string, string>>;
}
async function open(address = `${site.boardOf(plan)}/members/bo`, who = "mona"): Promise<Opened> {
  const answer = await fetch(address, { headers: { accept: "text/html", cookie: `who=${who}` } });
  const text = (await answer.text()).replaceAll(/\s+/g, " ");
  const [form = ""] = /<form class="review".*?<\/form>/.exec(text) ?? [];
  const hidden = [...form.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  return { status: answer.status, text, drawn: Object.fromEntries(hidden.map(([, name, value]) => [name, value])) };
}
async function send(fields: Readonly<Record<string, string>>, who = "mona") {
  const answer = await fetch(`${site.boardOf(plan)}/members/bo`, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { origin: site.url, accept: "text/html", cookie: `who=${who}` },
    redirect: "manual",
  });
  const text = (await answer.text()).replaceAll(/\s+/g, " ");
  return { status: answer.status, text, location: answer.headers.get("location") ?? "" };
}

describe("a member who leaves a sales plan", () => {
  it("CN05: is told to hold so many deals, with whom each choice would give them to, before anything is saved", async () => {
    await held(11);
    await site.deal(plan, "Of Ida", { assign: { managerId: "ida" } });
    const { text } = await open();
    expect(text).toContain("<bdi>Bo Lund</bdi> has 11 open deals in the plan:");
    expect([...text.matchAll(/<bdi>Held &lt;(\d+)&gt;<\/bdi>/g)].map(([, index]) => Number(index))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    expect([text.includes(", 1 more"), text.includes("Of Ida")]).toEqual([true, false]);
    const options = [...text.matchAll(/<option value="([^"]*)" ?(selected)?>/g)].map(([, value, is]) => [value, is]);
    expect(options).toEqual([
      ["keep", "selected"],
      ["distribute", undefined],
      ["user:ida", undefined],
      ["user:mona", undefined],
    ]);
    expect(text).toMatch(
      /Distributed as things are now: <bdi>(Ida Holm|Mona Berg)<\/bdi> \(6\), <bdi>(Ida Holm|Mona Berg)<\/bdi> \(5\)\./,
    );
    expect([text.includes("get no more of its leads"), text.includes("would wait unassigned")]).toEqual([true, false]);
    expect(await membersNow()).toEqual(["ida", "bo", "mona"]);
  });

  it("keeps their deals, which have no owner in the plan any more, or has none to keep", async () => {
    const deals = await held(2);
    const { drawn } = await open();
    const saved = await send({ ...drawn, transferTo: "keep" });
    expect([saved.status, saved.location]).toEqual([303, `${new URL(site.boardOf(plan)).pathname}/settings#saved`]);
    expect([await membersNow(), await managersOf(deals)]).toEqual([
      ["ida", "mona"],
      ["bo", "bo"],
    ]);
    const left = await open();
    expect([left.status, left.text.includes("Bo Lund is no member of Courses."), left.drawn]).toEqual([200, true, {}]);
    const idle = await open(`${site.boardOf(plan)}/members/ida`);
    expect([idle.text.includes("has no open deals in the plan"), idle.drawn["transferTo"]]).toEqual([true, "keep"]);
  });

  it("gives all deals to a named member, and the page of what came of it says so", async () => {
    const deals = await held(3);
    const { drawn } = await open();
    const done = await send({ ...drawn, transferTo: "user:mona" });
    expect([done.status, await membersNow()]).toEqual([303, ["ida", "mona"]]);
    expect(await managersOf(deals)).toEqual(["mona", "mona", "mona"]);
    const result = await open(`${site.url}${done.location}`);
    expect(result.text).toContain("3 deals: 3 changed, 0 were so already, 0 could not be changed.");
    expect(result.text).toContain("Who got them: <bdi>Mona Berg</bdi> (3).");
    expect(site.sent.map(({ queue }) => queue)).toEqual(["webhooks"]);
  });

  it("gives all deals to a member whose id is the word of another choice", async () => {
    for (const [index, word] of ["keep", "distribute"].entries()) {
      const heir = userIdSchema.parse(word);
      await site.fixture.testTenant.store.imports.saveUsers([{ userId: heir, name: `Heir ${index}`, role: "rep" }]);
      plan = await site.fixture.change(await site.plan(), { members: [{ userId: "bo" }, { userId: heir }] });
      const deals = await held(2);
      const { text, drawn } = await open();
      const [, value = ""] = new RegExp(`<option value="([^"]*)" ?>Heir ${index}<`).exec(text) ?? [];
      expect((await send({ ...drawn, transferTo: value })).status).toBe(303);
      expect(await managersOf(deals)).toEqual([heir, heir]);
    }
  });

  it("has their deals distributed as it was said, once, however often the form is sent", async () => {
    const deals = await held(5);
    const { text, drawn } = await open();
    const [, said] = /Distributed as things are now: (.*?)\. ?<\/li>/.exec(text) ?? [];
    const form = { ...drawn, transferTo: "distribute" };
    const [first, second] = [await send(form), await send(form)];
    expect([first.status, second.status, second.location]).toEqual([303, 303, first.location]);
    const managers = await managersOf(deals);
    const counts = ["ida", "mona"].map((userId) => managers.filter((one) => one === userId).length);
    expect(counts.toSorted()).toEqual([2, 3]);
    expect((await open(`${site.url}${first.location}`)).text).toContain(`Who got them: ${said}.`);
    const logs = await Promise.all(deals.map(({ dealId }) => site.log(dealId)));
    expect(logs.flat().filter(({ action }) => action === "transferred")).toHaveLength(5);
  });

  it("says which deals nobody can take now, and names no way that there is not", async () => {
    await site.fixture.change(plan, {
      members: [{ userId: "ida", cap: 1 }, { userId: "bo" }, { userId: "mona", isPaused: true }],
    });
    await held(3);
    const capped = await open();
    expect(capped.text).toContain("Distributed as things are now: <bdi>Ida Holm</bdi> (1).");
    expect(capped.text).toContain("Distributed, 2 deals would stay with <bdi>Bo Lund</bdi>");
    await site.fixture.change(plan, { distribution: { mode: "manual" } });
    const byHand = await open();
    expect([byHand.text.includes('value="distribute"'), byHand.text.includes("gives its leads by hand")]).toEqual([
      false,
      true,
    ]);
    const refused = await send({ ...byHand.drawn, transferTo: "distribute" });
    expect([refused.status, await membersNow()]).toEqual([422, ["ida", "bo", "mona"]]);
    expect(refused.text).toMatch(/<select[^>]*aria-invalid="true"[^>]* name="transferTo"/);
    await site.fixture.change(plan, { members: [{ userId: "bo" }] });
    const alone = await open();
    expect([...alone.text.matchAll(/<option value="([^"]*)"/g)].map(([, value]) => value)).toEqual(["keep"]);
    expect(alone.text).not.toContain("would wait unassigned");
  });

  it("stays when the form is stale, names nobody, or comes from somebody without the right", async () => {
    await held(1);
    const { drawn } = await open();
    await site.fixture.change(plan, { label: "Kurs" });
    const stale = await send({ ...drawn, transferTo: "user:mona" });
    expect([stale.status, stale.text.includes("changed by somebody else")]).toEqual([409, true]);
    expect(stale.text).toContain('<option value="user:mona" selected>');
    const fresh = (await open()).drawn;
    for (const transferTo of [
      "",
      "bo",
      "user:bo",
      "user:",
      "user:nobody",
      "x".repeat(200),
      "<script>alert(1)</script>",
    ]) {
      const refused = await send({ ...fresh, transferTo });
      expect([transferTo, refused.status, refused.text.includes("<script>alert")]).toEqual([transferTo, 422, false]);
    }
    const { version = "", request = "" } = fresh;
    const rep = await send({ version, request, transferTo: "keep" }, "ida");
    expect([rep.status, (await open(undefined, "ida")).status]).toEqual([403, 403]);
    expect((await open(`${site.boardOf(plan)}/members/nobody`)).status).toBe(404);
    expect(await membersNow()).toEqual(["ida", "bo", "mona"]);
  });

  it("is shown as not a member when somebody else was faster, and their choice stands", async () => {
    const deals = await held(1);
    const [first, second] = [await open(), await open()];
    await send({ ...first.drawn, transferTo: "user:ida" });
    const late = await send({ ...second.drawn, transferTo: "user:mona" });
    expect([late.status, late.text.includes("Bo Lund is no member of Courses.")]).toEqual([409, true]);
    expect(await managersOf(deals)).toEqual(["ida"]);
  });
});

describe("a form of a member who leaves that was cut off", () => {
  it("goes on when it is sent again: the plan is saved already, and now the deals are given", async () => {
    const deals = await held(3);
    const { drawn } = await open();
    const form = { ...drawn, transferTo: "user:ida" };
    isCutOff = true;
    const cut = await send(form);
    isCutOff = false;
    expect([cut.status, await membersNow(), await managersOf(deals)]).toEqual([
      500,
      ["ida", "mona"],
      ["bo", "bo", "bo"],
    ]);
    // Longer than the lease of a request that never ended.
    site.fixture.nowMs += 36_000;
    expect((await send(form)).status).toBe(303);
    expect(await managersOf(deals)).toEqual(["ida", "ida", "ida"]);
  });
});

describe("a bulk operation that is worked on", () => {
  it("says how many are still to come and loads itself again, until it is done", async () => {
    await held(2);
    const { context } = site.fixture;
    const operation = valueOf(
      await changeDeals({
        context,
        planId: plan.planId,
        asked: {
          change: { action: "transfer", managerId: userIdSchema.parse("ida") },
          filter: dealFilterSchema.parse({ managerIds: ["bo"] }),
        },
        visible: "all",
        actorId: "user:mona",
        requestId: "req_1",
      }),
    );
    const address = `${site.boardOf(plan)}/operations/${operation.operationId}`;
    const during = (await open(address)).text;
    expect(during).toContain("2 are still to come");
    expect(during).toMatch(/<script src="\/assets\/refresh\.[^"]*\.js">/);
    expect(during).toContain('<noscript><meta http-equiv="refresh" content="10"');
    valueOf(await runDealOperation(context, operation.operationId));
    const after = (await open(address)).text;
    expect([after.includes("still to come"), after.includes("refresh")]).toEqual([false, false]);
    expect(after).toContain("Who got them: <bdi>Ida Holm</bdi> (2).");
  });
});
