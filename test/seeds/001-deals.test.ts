import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { inParallel } from "../fixtures/sales-plan.ts";
import { type ApiTestClient, API_NOW, anApiClient } from "../fixtures/api-client.ts";
import { FUNNEL, actionsOf, addDeal, at, cancel, move, statusOf, runDealsOperation } from "../fixtures/deal-steps.ts";
import { type SalesPlanBody, SalesPlanClient } from "../fixtures/sales-plan-client.ts";

/** Deals over HTTP: moves, boards, cancelling, transfers; titles begin with the sentence's id. */

let apiClient: ApiTestClient;
let home: SalesPlanClient;

beforeAll(async () => {
  apiClient = await anApiClient();
  home = await SalesPlanClient.open(apiClient, { phoneCountry: "UA", timeZone: "Europe/Kyiv", currency: "UAH" });
  await home.ask("PUT", "/refusal-reasons/rsn_price", { name: "Price" });
  await home.ask("PUT", "/refusal-reasons/rsn_time", { name: "Time" });
  await home.ask("PUT", "/refusal-reasons/rsn_other", { name: "Other", needsClarification: true });
});

afterAll(() => apiClient.close());
afterEach(() => setTime(API_NOW));

/** Moves the clock, and signs the manager in again. */
async function setTime(time: number | string): Promise<void> {
  apiClient.clock.nowMs = typeof time === "string" ? Date.parse(time) : time;
  home = await home.signedIn();
}

const funnel = (members: readonly string[] = ["A", "B"], given: object = {}): Promise<SalesPlanBody> =>
  home.plan("related>even", members, { statuses: FUNNEL, ...given });

const board = async (plan: SalesPlanBody, query = "", as = home.manager) =>
  (await home.ask("GET", `/plans/${plan.planId}/board?${query}`, undefined, { as })).body;
const list = async (plan: SalesPlanBody, query = "", as = home.manager) =>
  (await home.ask("GET", `/plans/${plan.planId}/deals?${query}`, undefined, { as })).body;
const titles = (page: { data: { title: string }[] }): string[] => page.data.map(({ title }) => title);

/** Creates a user as the admin does; their token. */
async function userToken(userId: string, given: object = {}): Promise<string> {
  await home.ask("PUT", `/users/${userId}`, { name: userId, role: "rep", ...given });
  return apiClient.tokenOf(home.tenant, userId);
}

describe("board and list", () => {
  it("SP06 the board has a column for each status in order, with number and sums", async () => {
    const plan = await funnel();
    await addDeal(home, plan, { deal: { amount: "10.00", title: "one" } });
    await addDeal(home, plan, { deal: { amount: "5.50", title: "two", statusId: statusOf(plan, "s2") } });
    const { columns, total } = await board(plan);
    expect(columns.map(({ status }: { status: { name: string } }) => status.name)).toEqual(
      FUNNEL.map(({ name }) => name),
    );
    expect(columns.map((column: { total: { count: number } }) => column.total.count)).toEqual([1, 1, 0, 0, 0]);
    expect(columns[0]).toMatchObject({
      total: { count: 1, sums: [{ minor: 1_000, currency: "UAH" }] },
      data: [{ title: "one", state: "open", managerId: "A", ownerLeft: false }],
      next: null,
    });
    expect(total).toEqual({ count: 2, sums: [{ minor: 1_550, currency: "UAH" }] });
  });

  it("SP05, SP08 dragging a card and changing the status in the list are the same move: logged and counted; the same status is no move", async () => {
    const plan = await funnel();
    const dealId = await addDeal(home, plan, { deal: { amount: "7.00" } });
    expect(await move(home, plan, dealId, "s2", { version: 1 })).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await move(home, plan, dealId, "s2")).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await actionsOf(home, plan, dealId)).toEqual(["added", "moved"]);
    const { columns } = await board(plan);
    expect(columns.map((column: { total: { count: number } }) => column.total.count)).toEqual([0, 1, 0, 0, 0]);
    expect(columns[0].total.sums).toEqual([]);
    const log = (await home.ask("GET", `${at(plan, dealId)}/log`)).body.data;
    expect(log[1]).toMatchObject({
      actorId: "user:boss",
      before: { statusId: statusOf(plan, "s1") },
      after: { statusId: statusOf(plan, "s2") },
      requestId: expect.stringMatching(/^req_/),
    });
  });

  it("SP07 a column is read page by page, and the board column by column", async () => {
    const plan = await funnel();
    for (let i = 0; i < 7; i += 1) {
      apiClient.clock.nowMs += 1_000;
      await addDeal(home, plan, { deal: { title: `d${i}` } });
    }
    const first = await board(plan, "limit=3&columns=2");
    expect(first.columns).toHaveLength(2);
    expect(titles(first.columns[0])).toEqual(["d6", "d5", "d4"]);
    expect(first.total.count).toBe(7);
    const second = await list(plan, `statusId=${statusOf(plan, "s1")}&limit=3&cursor=${first.columns[0].next}`);
    expect(titles(second)).toEqual(["d3", "d2", "d1"]);
    const third = await list(plan, `statusId=${statusOf(plan, "s1")}&limit=3&cursor=${second.next}`);
    expect([titles(third), third.next]).toEqual([["d0"], null]);
    const rest = await board(plan, `columns=2&fromStatus=${first.nextStatus}`);
    expect(rest.columns.map(({ status }: { status: { name: string } }) => status.name)).toEqual(["s3", "Won"]);
    expect(rest.nextStatus).toBe(statusOf(plan, "Lost"));
    expect(rest.total.count).toBe(7);
  });

  it("SP09 filters by status, manager, date and reason", async () => {
    const plan = await funnel(["A", "B"]);
    const day = 86_400_000;
    const made: string[] = [];
    for (const [i, managerId] of ["A", "B", "A", "B"].entries()) {
      await setTime(API_NOW + i * day);
      made.push(await addDeal(home, plan, { deal: { title: `d${i}` }, assign: { managerId } }));
    }
    await move(home, plan, made[0] ?? "", "s2");
    await move(home, plan, made[1] ?? "", "Lost", { reasonId: "rsn_price" });
    await move(home, plan, made[3] ?? "", "Lost", { reasonId: "rsn_time" });
    expect(titles(await list(plan, "managerId=A"))).toEqual(["d2", "d0"]);
    expect(titles(await list(plan, `statusId=${statusOf(plan, "s2")}`))).toEqual(["d0"]);
    expect(titles(await list(plan, "from=2026-11-24&to=2026-11-25"))).toEqual(["d2", "d1"]);
    expect(titles(await list(plan, "reasonId=rsn_price"))).toEqual(["d1"]);
    expect(titles(await list(plan, "reasonId=rsn_price,rsn_time"))).toEqual(["d3", "d1"]);
    expect(titles(await list(plan, "managerId=A&from=2026-11-25"))).toEqual(["d2"]);
    expect(titles(await list(plan, "dateField=closed&from=2026-11-26"))).toEqual(["d3", "d1"]);
    const filtered = await board(plan, "managerId=B");
    expect(filtered.total.count).toBe(2);
    expect((await home.ask("GET", `/plans/${plan.planId}/deals?managerId=a%00b`)).status).toBe(400);
    for (const open of ["to=9999-12-31", "from=2026-11-24&to=9999-12-31", "from=9999-06-01"])
      for (const asked of [
        `/plans/${plan.planId}/deals?`,
        `/plans/${plan.planId}/board?sort=amount&`,
        "/refusal-report?",
        "/refusal-report?clarifications=true&",
        "/refusal-report/deals?",
      ])
        expect([asked, open, (await home.ask("GET", asked + open)).status]).toEqual([asked, open, 200]);
    for (const view of ["deals", "board"])
      for (const dateField of ["created", "closed"]) {
        const query = `from=2026-11-25&to=2026-11-24&dateField=${dateField}`;
        const { status, body } = await home.ask("GET", `/plans/${plan.planId}/${view}?${query}`);
        expect([status, body]).toMatchObject([400, { errors: [{ path: "to", message: "is before from" }] }]);
      }
  });

  it("SP10 finds deals by title, person's name, e-mail and any part of the phone number", async () => {
    const plan = await funnel();
    await addDeal(
      home,
      plan,
      { deal: { title: "Курс A" } },
      { name: "Олена К.", email: "Olena@X.ua", phone: "+380671234567" },
    );
    await addDeal(home, plan, { deal: { title: "Course B" } }, { name: "Petro", email: "p@y.ua", phone: "0509998877" });
    for (const [search, found] of [
      ["курс", ["Курс A"]],
      ["ОЛЕНА", ["Курс A"]],
      ["olena@x", ["Курс A"]],
      ["123-45", ["Курс A"]],
      ["067 123", ["Курс A"]],
      ["999 88", ["Course B"]],
      ["+380 50 999 88 77", ["Course B"]],
      ["course", ["Course B"]],
      ["nobody", []],
    ] as const)
      expect([search, titles(await list(plan, `search=${encodeURIComponent(search)}`))]).toEqual([search, found]);
    const { columns, total } = await board(plan, `search=${encodeURIComponent("067 123")}`);
    expect([total.count, columns[0].total.count, columns[0].data.length]).toEqual([1, 1, 1]);
  });

  it("SP11 scenario 25: counts and sums cover all filtered deals, whatever the page, and follow a drag", async () => {
    const plan = await home.plan("related>even", ["A", "B"], { averageAmount: "19.99", statuses: FUNNEL });
    await inParallel(105, 15, (i) =>
      addDeal(home, plan, { deal: { title: `deal ${i}` } }, { phone: `+38067${String(1_000_000 + i)}` }),
    );
    const { columns } = await board(plan, "limit=20");
    expect(columns[0].data).toHaveLength(20);
    expect(columns[0].total).toEqual({ count: 105, sums: [{ minor: 105 * 1_999, currency: "UAH" }] });
    const half = await board(plan, "managerId=A&limit=20");
    expect(half.columns[0].total.count).toBe(53);
    const found = await board(plan, "search=10000");
    expect(found.total.count).toBe(100);
    const [card] = found.columns[0].data;
    await move(home, plan, card.dealId, "s2");
    const after = await board(plan, "search=10000");
    expect(after.columns.map((column: { total: { count: number } }) => column.total.count)).toEqual([99, 1, 0, 0, 0]);
    expect((await board(plan)).columns[0].total.count).toBe(104);
    expect((await list(plan, "limit=5")).total).toEqual({
      count: 105,
      sums: [{ minor: 105 * 1_999, currency: "UAH" }],
    });
  });

  it("SP12 sorts by creation or change time, by amount and by title, in both directions, page by page", async () => {
    const plan = await funnel();
    for (const [i, [title, amount]] of [
      ["beta", "3.00"],
      ["alpha", "20.00"],
      ["gamma", "3.00"],
    ].entries()) {
      apiClient.clock.nowMs = API_NOW + i * 1_000;
      await addDeal(home, plan, { deal: { title, amount } });
    }
    expect(titles(await list(plan))).toEqual(["gamma", "alpha", "beta"]);
    expect(titles(await list(plan, "order=ascending"))).toEqual(["beta", "alpha", "gamma"]);
    expect(titles(await list(plan, "sort=title&order=ascending"))).toEqual(["alpha", "beta", "gamma"]);
    expect(titles(await list(plan, "sort=amount"))[0]).toBe("alpha");
    const page = await list(plan, "sort=amount&order=ascending&limit=1");
    const rest = await list(plan, `sort=amount&order=ascending&limit=1&cursor=${page.next}`);
    expect([...titles(page), ...titles(rest)].toSorted()).toEqual(["beta", "gamma"]);
    const other = await home.ask("GET", `/plans/${plan.planId}/deals?sort=title&cursor=${page.next}`);
    expect(other.body.type).toBe("unusable-cursor");
  });

  it("BX16 scenario 24: amounts are exact, and currencies are never added together", async () => {
    const plan = await home.plan("random>even", ["A"], { averageAmount: "19.99", currency: "USD", statuses: FUNNEL });
    for (let i = 0; i < 3; i += 1) await addDeal(home, plan);
    await addDeal(home, plan, { deal: { amount: "10.00", currency: "EUR" } });
    const refused = await home.ask("POST", `/plans/${plan.planId}/deals`, {
      person: { externalId: "yen" },
      deal: { amount: "10.5", currency: "JPY" },
    });
    expect([refused.status, refused.body.errors[0].code]).toEqual([422, "amount-not-exact"]);
    const sums = [
      { minor: 1_000, currency: "EUR" },
      { minor: 5_997, currency: "USD" },
    ];
    const seen = await board(plan);
    expect([seen.columns[0].total.sums, seen.total.sums]).toEqual([sums, sums]);
    expect((await list(plan, "search=sub")).total.sums).toEqual([]);
  });

  it("SP08 scenario 26: two users drag one card: the later is refused with the deal as the first left it", async () => {
    const plan = await funnel();
    const dealId = await addDeal(home, plan);
    const answers = await Promise.all(["s2", "s3"].map((to) => move(home, plan, dealId, to, { version: 1 })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const winner = answers.find(({ status }) => status === 200)?.body.statusId;
    const loser = answers.find(({ status }) => status === 409)?.body;
    expect(loser).toMatchObject({ type: "stale-version", errors: [{ message: `is now 2, in ${winner}` }] });
    expect((await home.ask("GET", at(plan, dealId))).body).toMatchObject({ statusId: winner, version: 2 });
    expect(await actionsOf(home, plan, dealId)).toEqual(["added", "moved"]);
  });

  it("SP06 a rep sees their own deals, a team's manager the team's on request, the admin all", async () => {
    const plan = await funnel(["own1", "own2", "own3"]);
    const rep = await userToken("own1", { teamId: "t1" });
    await userToken("own2", { teamId: "t1" });
    const lead = await userToken("lead", { teamId: "t1", role: "manager" });
    for (const managerId of ["own1", "own2", "own3"]) await addDeal(home, plan, { assign: { managerId } });
    expect((await board(plan, "", rep)).total.count).toBe(1);
    expect((await list(plan, "scope=all&search=New", rep)).total.count).toBe(1);
    expect((await list(plan, "scope=team", rep)).total.count).toBe(1);
    expect((await list(plan, "managerId=own2", rep)).total.count).toBe(0);
    expect((await board(plan, "scope=team", lead)).total.count).toBe(2);
    expect((await board(plan, "", lead)).total.count).toBe(3);
    expect((await board(plan, "scope=own", lead)).total.count).toBe(0);
    const member = await userToken("own3", { dealRights: ["deals.edit_bulk"] });
    expect((await board(plan, "", member)).total.count).toBe(3);
  });
});

describe("deals imported from another system", () => {
  it("come in batches, each deal checked by itself, and the same batch again changes nothing", async () => {
    const plan = await funnel();
    const other = await funnel();
    const erp = await home.ask("POST", "/api-keys", { name: "erp", actions: ["ingest.write"] });
    const send = (items: readonly object[], to = plan, as = erp.body.secret) =>
      home.ask("POST", `/plans/${to.planId}/deals/batch`, { items }, { as });
    const items = [
      { dealId: "x1", name: "Inna", email: "inna@batch.ua", amount: "12.50", managerId: "A", createdAt: "2026-01-02" },
      {
        dealId: "x2",
        email: "inna@batch.ua",
        amount: { minor: 700, currency: "USD" },
        status: "Won",
        closedAt: "2026-02-03",
      },
      { dealId: "x3", status: "Lost", reasonId: "rsn_other" },
      { dealId: "x4", status: "Nowhere" },
      { dealId: "x5", amount: 12.5 },
      { dealId: "x1" },
      { dealId: "x6", managerId: "nobody", surprise: 1 },
    ];
    const { body } = await send(items);
    expect(body.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      "created",
      "created",
      "rejected",
      "rejected",
      "rejected",
      "unchanged",
      "rejected",
    ]);
    const places = body.results.map(({ errors = [] }: { errors?: { path: string }[] }) =>
      errors.map(({ path }) => path),
    );
    expect(places).toEqual([[], [], ["clarification"], ["status"], ["amount"], [], ["surprise"]]);
    const again = (await send(items.slice(0, 2))).body.results;
    expect(again).toEqual([
      { index: 0, id: "x1", outcome: "unchanged" },
      { index: 1, id: "x2", outcome: "unchanged" },
    ]);
    expect((await send([{ dealId: "x1" }], other)).body.results[0].errors[0].code).toBe("taken");
    const { data, total } = await list(plan);
    expect(data).toMatchObject([
      { dealId: "x2", state: "won", amount: { minor: 700, currency: "USD" } },
      { dealId: "x1", state: "open", managerId: "A", createdAt: "2026-01-01T22:00:00.000Z", person: { name: "Inna" } },
    ]);
    expect(data[0].person.personId).toBe(data[1].person.personId);
    expect(total.count).toBe(2);
    const report = (await home.ask("GET", `/refusal-report?planId=${plan.planId}`)).body;
    expect(report.total.won).toMatchObject({ count: 1, sums: [{ minor: 700, currency: "USD" }] });
    const won = (await home.ask("GET", report.total.won.drilldown.replace("/v1", ""))).body.data;
    expect(won).toMatchObject([{ closedAt: "2026-02-02T22:00:00.000Z", deal: { dealId: "x2" } }]);
    expect((await send(items, plan, await userToken("A"))).status).toBe(403);
  });

  it("are stored once when two requests send the same ones concurrently", async () => {
    const plan = await funnel();
    const erp = await home.ask("POST", "/api-keys", { name: "erp-twice", actions: ["ingest.write"] });
    const items = Array.from({ length: 30 }, (_, i) => ({ dealId: `twice${i}`, email: `twice${i % 10}@x.ua` }));
    const send = () => home.ask("POST", `/plans/${plan.planId}/deals/batch`, { items }, { as: erp.body.secret });
    expect((await Promise.all([send(), send(), send()])).map(({ status }) => status)).toEqual([200, 200, 200]);
    const { total, data } = await list(plan, "limit=100");
    expect(total.count).toBe(30);
    expect(new Set(data.map(({ person }: { person: { personId: string } }) => person.personId)).size).toBe(10);
  });

  it("cannot take the id of a future lead's deal, and the assignment continues", async () => {
    const plan = await funnel();
    const erp = await home.ask("POST", "/api-keys", { name: "erp-ids", actions: ["ingest.write"] });
    const items = [
      { dealId: `deal_${plan.planId.replace("pln_", "")}_1` },
      { dealId: "deal_other_plan_77" },
      { dealId: "deal_x" },
    ];
    const { body } = await home.ask("POST", `/plans/${plan.planId}/deals/batch`, { items }, { as: erp.body.secret });
    expect(body.results).toMatchObject([
      { outcome: "rejected", errors: [{ code: "reserved-id" }] },
      { outcome: "rejected", errors: [{ code: "reserved-id" }] },
      { outcome: "created" },
    ]);
    expect(await home.inbound(plan, { person: { email: "first@reserved.ua" } })).toMatchObject({
      status: 201,
      body: { dealId: items[0]?.dealId, assignment: { state: "assigned" } },
    });
  });
});

describe("refusal reasons", () => {
  it("SP21, SP22 a lost status with the checkbox set requires one of its own reasons, in their order", async () => {
    const plan = await funnel();
    const lost = statusOf(plan, "Lost");
    const refusal = { isRequired: true, reasonIds: ["rsn_time", "rsn_other"] };
    expect((await home.ask("PATCH", `/plans/${plan.planId}/statuses/${lost}`, { refusal })).status).toBe(200);
    const dealId = await addDeal(home, plan);
    expect((await move(home, plan, dealId, "Lost")).body.type).toBe("reason-required");
    expect((await move(home, plan, dealId, "Lost", { reasonId: "rsn_price" })).body.type).toBe("reason-not-offered");
    expect((await move(home, plan, dealId, "Lost", { reasonId: "rsn_other" })).body.type).toBe(
      "clarification-required",
    );
    await home.ask("PUT", "/refusal-reasons/rsn_past", { name: "Past", isArchived: true });
    for (const [reasonIds, code] of [
      [[], "reasons-empty"],
      [["rsn_past"], "reasons-empty"],
      [["rsn_price", "rsn_never"], "unknown-reason"],
    ] as const) {
      const asked = { refusal: { isRequired: true, reasonIds } };
      const statuses = FUNNEL.map((status) => (status.kind === "lost" ? { ...status, ...asked } : status));
      expect((await home.ask("PATCH", `/plans/${plan.planId}/statuses/${lost}`, asked)).body.type).toBe(code);
      expect((await home.ask("POST", "/plans", { name: "x", statuses })).body.type).toBe(code);
    }
    // The last reason of a status is needed: it may be renamed, and archived only after another is added.
    await home.ask("PUT", "/refusal-reasons/rsn_only", { name: "Only" });
    const narrow = await funnel();
    const narrowLost = `/plans/${narrow.planId}/statuses/${statusOf(narrow, "Lost")}`;
    const alone = { refusal: { isRequired: true, reasonIds: ["rsn_past", "rsn_only"] } };
    expect((await home.ask("PATCH", narrowLost, alone)).status).toBe(200);
    const archive = (body: object) => home.ask("PUT", "/refusal-reasons/rsn_only", { name: "Only", ...body });
    expect((await archive({ isArchived: true })).body.type).toBe("reasons-empty");
    expect((await archive({ name: "The only one" })).status).toBe(200);
    await home.ask("PATCH", narrowLost, { refusal: { isRequired: true, reasonIds: ["rsn_only", "rsn_price"] } });
    expect((await archive({ isArchived: true })).status).toBe(200);
    const long = await move(home, plan, dealId, "Lost", { reasonId: "rsn_other", clarification: "x".repeat(501) });
    expect(long.status).toBe(422);
    const closed = await move(home, plan, dealId, "Lost", { reasonId: "rsn_other", clarification: " moved away " });
    expect(closed.body).toMatchObject({ state: "lost", reasonId: "rsn_other", clarification: "moved away" });
  });

  it("SP23 reasons belong to the tenant: two plans share one, its deals are found in both, and once archived it stays in the history", async () => {
    await home.ask("PUT", "/refusal-reasons/rsn_shared", { name: "Shared" });
    for (const plan of [await funnel(), await funnel()]) {
      const dealId = await addDeal(home, plan);
      expect((await move(home, plan, dealId, "Lost", { reasonId: "rsn_shared" })).status).toBe(200);
    }
    await home.ask("PUT", "/refusal-reasons/rsn_shared", { name: "Shared once", isArchived: true });
    const found = (await home.ask("GET", "/refusal-report/deals?reasonId=rsn_shared")).body;
    expect(new Set(found.data.map(({ planId }: { planId: string }) => planId)).size).toBe(2);
    const report = (await home.ask("GET", "/refusal-report")).body;
    const row = report.total.reasons.find(({ reasonId }: { reasonId: string }) => reasonId === "rsn_shared");
    expect(row).toMatchObject({ name: "Shared once", count: 2 });
    const plan = await funnel();
    const dealId = await addDeal(home, plan);
    expect((await move(home, plan, dealId, "Lost", { reasonId: "rsn_shared" })).body.type).toBe("reason-not-offered");
  });
});

describe("cancelling a closed deal", () => {
  it("SP28 scenario 14: a lost deal returns to the status it was closed from, logged, and leaves the report", async () => {
    const plan = await funnel();
    const dealId = await addDeal(home, plan, { deal: { amount: "12.00" } });
    await move(home, plan, dealId, "s2");
    expect((await move(home, plan, dealId, "s3", {})).status).toBe(200);
    await move(home, plan, dealId, "s2");
    await move(home, plan, dealId, "Lost", { reasonId: "rsn_price", clarification: "too dear" });
    const lostOf = async (): Promise<number> =>
      (await home.ask("GET", `/refusal-report?planId=${plan.planId}`)).body.total.lost.count;
    expect(await lostOf()).toBe(1);
    expect((await move(home, plan, dealId, "s1")).body.type).toBe("deal-closed");
    expect((await move(home, plan, dealId, "Won")).body.type).toBe("deal-closed");
    const reopened = await cancel(home, plan, dealId);
    expect(reopened).toMatchObject({
      status: 200,
      body: {
        state: "open",
        statusId: statusOf(plan, "s2"),
        reasonId: null,
        clarification: null,
        amount: { minor: 1_200 },
        managerId: "A",
      },
    });
    expect(await lostOf()).toBe(0);
    const [closing] = await home.fixture.testTenant.store.sales.deals.closings(reopened.body.dealId);
    expect(closing).toMatchObject({
      reasonId: "rsn_price",
      clarification: "too dear",
      cancelled: { actorId: "user:boss", at: "2026-11-23T08:00:00.000Z" },
    });
  });

  it("SP30 the log shows who cancelled and when, with their comment", async () => {
    const plan = await funnel();
    const dealId = await addDeal(home, plan);
    await move(home, plan, dealId, "Lost", { reasonId: "rsn_price" });
    await home.ask("POST", `${at(plan, dealId)}:cancel`, { comment: "wrong card", version: 2 });
    const log = (await home.ask("GET", `${at(plan, dealId)}/log`)).body.data;
    expect(log.at(-1)).toMatchObject({
      action: "cancelled",
      actorId: "user:boss",
      at: "2026-11-23T08:00:00.000Z",
      comment: "wrong card",
      before: { statusId: statusOf(plan, "Lost"), reasonId: "rsn_price" },
      after: { statusId: statusOf(plan, "s1") },
    });
  });

  it("SP29 scenario 15: a won deal returns to the plan's last intermediate status, even if the deal skipped it", async () => {
    const plan = await funnel();
    const dealId = await addDeal(home, plan);
    await move(home, plan, dealId, "Won");
    expect((await cancel(home, plan, dealId)).body.statusId).toBe(statusOf(plan, "s3"));
  });

  it("SP28 scenario 16: for a deleted status its replacement is used, however the order changed; without one, the nearest earlier status", async () => {
    const plan = await funnel();
    const [one, two] = [await addDeal(home, plan), await addDeal(home, plan)];
    for (const dealId of [one, two]) await move(home, plan, dealId, "s2");
    for (const dealId of [one, two]) await move(home, plan, dealId, "Lost");
    await home.ask("DELETE", `/plans/${plan.planId}/statuses/${statusOf(plan, "s2")}?moveTo=${statusOf(plan, "s3")}`);
    const order = ["s3", "s1", "Won", "Lost"].map((name) => statusOf(plan, name));
    expect((await home.ask("PUT", `/plans/${plan.planId}/status-order`, { order })).status).toBe(200);
    expect((await cancel(home, plan, one)).body.statusId).toBe(statusOf(plan, "s3"));
    const log = (await home.ask("GET", `${at(plan, one)}/log`)).body.data;
    expect(log.at(-1).after).toEqual({ statusId: statusOf(plan, "s3"), fallback: true, wanted: "s2" });

    const other = await funnel();
    const dealId = await addDeal(home, other);
    await move(home, other, dealId, "s3");
    await move(home, other, dealId, "Lost");
    await home.ask("DELETE", `/plans/${other.planId}/statuses/${statusOf(other, "s3")}`);
    expect((await cancel(home, other, dealId)).body.statusId).toBe(statusOf(other, "s2"));
  });

  it("SP27 scenario 17: edit-all allows it in any plan, edit-bulk in the user's own plans; otherwise it is refused and not logged", async () => {
    const plan = await funnel(["bulk1", "rep1"]);
    const foreign = await funnel(["A", "B"]);
    const rep = await userToken("rep1");
    const all = await userToken("all1", { dealRights: ["deals.edit_all"] });
    const bulk = await userToken("bulk1", { dealRights: ["deals.edit_bulk"] });
    const lostDeal = async (where: SalesPlanBody, managerId: string): Promise<string> => {
      const dealId = await addDeal(home, where, { assign: { managerId } });
      await move(home, where, dealId, "Lost");
      return dealId;
    };
    const own = await lostDeal(plan, "rep1");
    const before = apiClient.lines.filter(({ what }) => what === "security").length;
    expect((await cancel(home, plan, own, rep)).status).toBe(403);
    expect(apiClient.lines.filter(({ what }) => what === "security")).toHaveLength(before + 1);
    expect(await actionsOf(home, plan, own)).toEqual(["added", "closed"]);
    expect((await cancel(home, foreign, await lostDeal(foreign, "A"), bulk)).status).toBe(404);
    expect((await cancel(home, plan, own, bulk)).status).toBe(200);
    expect((await cancel(home, foreign, await lostDeal(foreign, "B"), all)).status).toBe(200);
    const many = { change: { action: "cancel" }, dealIds: [own] };
    expect((await home.ask("POST", `/plans/${plan.planId}/deals:change`, many, { as: all })).status).toBe(403);
    expect((await home.ask("POST", `/plans/${foreign.planId}/deals:change`, many, { as: bulk })).status).toBe(403);
    expect((await home.ask("POST", `/plans/${plan.planId}/deals:change`, many, { as: bulk })).status).toBe(202);
  });

  it("SP30 scenario 18: of two concurrent cancellations one succeeds, one is refused because the deal is not closed, and the log has one row", async () => {
    const plan = await funnel();
    const dealId = await addDeal(home, plan);
    await move(home, plan, dealId, "Lost");
    const answers = await Promise.all([cancel(home, plan, dealId), cancel(home, plan, dealId)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.type).toBe("not-closed");
    expect(await actionsOf(home, plan, dealId)).toEqual(["added", "closed", "cancelled"]);
    expect((await cancel(home, plan, dealId)).status).toBe(409);
  });

  it("SP28 a person with another open deal then has two, and both count as load", async () => {
    const plan = await funnel();
    const person = { externalId: "twice" };
    const dealId = await addDeal(home, plan, {}, person);
    await move(home, plan, dealId, "Lost");
    const next = await addDeal(home, plan, {}, person);
    expect((await cancel(home, plan, dealId)).status).toBe(200);
    expect((await board(plan)).total.count).toBe(2);
    for (const id of [dealId, next]) expect((await move(home, plan, id, "Won")).status).toBe(200);
  });

  it("SP27 an owner who has left the plan is flagged, and keeps the deal", async () => {
    const plan = await funnel(["A", "B"]);
    const dealId = await addDeal(home, plan, { assign: { managerId: "A" } });
    await move(home, plan, dealId, "Lost");
    await home.ask("POST", `/plans/${plan.planId}/members/A:remove`, { transferTo: "keep" });
    expect((await cancel(home, plan, dealId)).body.managerId).toBe("A");
    expect((await board(plan)).columns[0].data[0]).toMatchObject({ managerId: "A", ownerLeft: true });
  });
});

describe("transfers", () => {
  it("SP26 gives a deal to another member, moves the load with it, and takes no turn", async () => {
    const plan = await funnel(["A", "B"]);
    const dealId = await addDeal(home, plan);
    expect((await home.ask("GET", at(plan, dealId))).body.managerId).toBe("A");
    const asked = (managerId: string, given: object = {}) =>
      home.ask("POST", `${at(plan, dealId)}:transfer`, { managerId, ...given });
    expect((await asked("nobody")).body.type).toBe("not-a-member");
    expect((await asked("B", { version: 7 })).body.type).toBe("stale-version");
    expect((await asked("B", { version: 1, comment: "holiday" })).body).toMatchObject({ managerId: "B", version: 2 });
    expect((await asked("B")).body.version).toBe(2);
    expect((await list(plan, "managerId=B")).total.count).toBe(1);
    expect((await list(plan, "managerId=A")).total.count).toBe(0);
    const next = await addDeal(home, plan);
    expect((await home.ask("GET", at(plan, next))).body.managerId).toBe("B");
    expect(await actionsOf(home, plan, dealId)).toEqual(["added", "transferred"]);
    const rep = await userToken("A");
    expect((await home.ask("POST", `${at(plan, dealId)}:transfer`, { managerId: "A" }, { as: rep })).status).toBe(404);
  });

  it("SP26 many deals at once, and all deals of a leaving member, go to one manager or by the balance rule", async () => {
    const plan = await home.plan("random>least", ["A", "B", "C"], { statuses: FUNNEL });
    for (let i = 0; i < 12; i += 1) await addDeal(home, plan, { assign: { managerId: "A" } });
    const toB = { change: { action: "transfer", managerId: "B" }, filter: { managerIds: ["A"] } };
    const operation = (await home.ask("POST", `/plans/${plan.planId}/deals:change`, toB)).body;
    expect(operation).toMatchObject({ state: "running", total: 12, done: 0, action: "transfer" });
    await runDealsOperation(home, operation.operationId);
    expect((await home.ask("GET", `/deal-operations/${operation.operationId}`)).body).toMatchObject({
      state: "done",
      changed: 12,
      failed: 0,
    });
    expect((await list(plan, "managerId=B")).total.count).toBe(12);
    const left = await home.ask("POST", `/plans/${plan.planId}/members/B:remove`, { transferTo: "distribute" });
    expect(left.body.plan.members.map(({ userId }: { userId: string }) => userId)).toEqual(["A", "C"]);
    await runDealsOperation(home, left.body.operation.operationId);
    expect((await list(plan, "managerId=A")).total.count).toBe(6);
    expect((await list(plan, "managerId=C")).total.count).toBe(6);
    const toC = await home.ask("POST", `/plans/${plan.planId}/members/A:remove`, { transferTo: "C" });
    await runDealsOperation(home, toC.body.operation.operationId);
    expect((await list(plan, "managerId=C")).total.count).toBe(12);
    // In an object a member of any id, also of one that would be a choice of its own.
    const keep = await home.ask("POST", `/plans/${plan.planId}/members/C:remove`, { transferTo: { userId: "keep" } });
    expect([keep.status, keep.body.type]).toEqual([422, "not-a-member"]);
    expect((await home.ask("POST", `/plans/${plan.planId}/members/A:remove`, { transferTo: "keep" })).status).toBe(404);
  });
});

describe("the refusal report", () => {
  const report = async (plan: SalesPlanBody, query = "") =>
    (await home.ask("GET", `/refusal-report?planId=${plan.planId}&${query}`)).body;

  it("SP31, SP34 shows won, lost, percentages and reasons, by plan or by manager", async () => {
    const plan = await funnel(["A", "B"], { averageAmount: "10.00" });
    const closed = async (managerId: string, to: string, given: object = {}) => {
      const dealId = await addDeal(home, plan, { assign: { managerId } });
      await move(home, plan, dealId, to, given);
    };
    await closed("A", "Won");
    await closed("A", "Lost", { reasonId: "rsn_price" });
    await closed("B", "Lost", { reasonId: "rsn_time" });
    await closed("B", "Lost", { reasonId: "rsn_price" });
    await closed("B", "Lost");
    await closed("B", "Won");
    const byPlan = await report(plan);
    expect(byPlan.rows).toHaveLength(1);
    expect(byPlan.rows[0]).toMatchObject({
      id: plan.planId,
      name: "New SP",
      closings: 6,
      won: { count: 2, percent: 33.3, sums: [{ minor: 2_000, currency: "UAH" }] },
      lost: { count: 4, percent: 66.7 },
      reasons: [
        { reasonId: "rsn_price", name: "Price", count: 2, percent: 50 },
        { reasonId: null, name: null, count: 1, percent: 25 },
        { reasonId: "rsn_time", name: "Time", count: 1, percent: 25 },
      ],
    });
    const byManager = await report(plan, "by=manager");
    expect(
      byManager.rows.map((row: { id: string; won: { count: number }; lost: { count: number } }) => [
        row.id,
        row.won.count,
        row.lost.count,
      ]),
    ).toEqual([
      ["B", 1, 3],
      ["A", 1, 1],
    ]);
    const empty = await report(await funnel());
    expect(empty).toMatchObject({
      rows: [],
      total: { closings: 0, won: { count: 0, percent: null }, lost: { percent: null } },
    });
  });

  it("SP32 with clarifications: one row for each, whatever its case and spaces, in its most frequent spelling", async () => {
    const plan = await funnel();
    for (const clarification of ["Too  dear", "too dear", "too dear", "ＴＯＯ dear ", "", "later"]) {
      const dealId = await addDeal(home, plan);
      await move(home, plan, dealId, "Lost", { reasonId: "rsn_price", clarification });
    }
    expect((await report(plan)).total.reasons[0].clarifications).toBeUndefined();
    const [reason] = (await report(plan, "clarifications=true")).total.reasons;
    expect(
      reason.clarifications.map(({ text, count }: { text: string | null; count: number }) => [text, count]),
    ).toEqual([
      ["too dear", 4],
      [null, 1],
      ["later", 1],
    ]);
    for (const { drilldown, count } of reason.clarifications)
      expect((await home.ask("GET", String(drilldown).replace("/v1", ""))).body.data).toHaveLength(count);
  });

  it("SP33 scenario 22: the period is days in the tenant's time zone, or all time", async () => {
    const plan = await funnel();
    const dealId = await addDeal(home, plan);
    await setTime("2027-03-31T22:30:00Z");
    await move(home, plan, dealId, "Lost");
    expect((await report(plan, "from=2027-03-01&to=2027-03-31")).total.lost.count).toBe(0);
    expect((await report(plan, "from=2027-04-01&to=2027-04-30")).total.lost.count).toBe(1);
    expect((await report(plan)).total.lost.count).toBe(1);
    expect((await home.ask("GET", "/refusal-report?from=2027-05-01&to=2027-04-01")).status).toBe(400);
  });

  it("BX15 scenario 19: lost, cancelled and lost again is one loss, at the later date with the later reason", async () => {
    const plan = await funnel();
    const dealId = await addDeal(home, plan);
    await setTime("2027-07-10T09:00:00Z");
    await move(home, plan, dealId, "Lost", { reasonId: "rsn_price" });
    await setTime("2027-07-20T09:00:00Z");
    await cancel(home, plan, dealId);
    await setTime("2027-08-02T09:00:00Z");
    await move(home, plan, dealId, "Lost", { reasonId: "rsn_time" });
    const july = await report(plan, "from=2027-07-01&to=2027-07-31&cancelled=true");
    const august = await report(plan, "from=2027-08-01&to=2027-08-31&cancelled=true");
    expect([july.total.lost.count, july.total.cancelled.count]).toEqual([0, 1]);
    expect([august.total.lost.count, august.total.cancelled.count]).toEqual([1, 0]);
    expect(august.total.reasons).toMatchObject([{ reasonId: "rsn_time", count: 1 }]);
    const cancelled = (await home.ask("GET", july.total.cancelled.drilldown.replace("/v1", ""))).body.data;
    expect(cancelled).toMatchObject([{ reasonId: "rsn_price", cancelledBy: "user:boss", deal: { dealId } }]);
    expect((await report(plan, "from=2027-07-01&to=2027-07-31")).total.cancelled).toBeNull();
  });

  it("SP31 scenario 20: a deal transferred after its loss still counts for the manager who lost it", async () => {
    const plan = await funnel();
    const dealId = await addDeal(home, plan, { assign: { managerId: "A" } });
    await move(home, plan, dealId, "Lost");
    expect((await home.ask("POST", `${at(plan, dealId)}:transfer`, { managerId: "B" })).status).toBe(200);
    const { rows } = await report(plan, "by=manager");
    expect(rows.map(({ id }: { id: string }) => id)).toEqual(["A"]);
    const [row] = (await home.ask("GET", rows[0].lost.drilldown.replace("/v1", ""))).body.data;
    expect(row).toMatchObject({ managerId: "A", deal: { managerId: "B" } });
  });

  it("SP35 each cell leads to exactly its deals, page by page", async () => {
    const plan = await funnel();
    await inParallel(25, 5, async (i) => {
      const dealId = await addDeal(home, plan);
      await move(home, plan, dealId, i % 5 === 0 ? "Won" : "Lost", i % 5 === 1 ? { reasonId: "rsn_price" } : {});
    });
    const { total } = await report(plan);
    for (const cell of [total.won, total.lost, ...total.reasons]) {
      const found = new Set<string>();
      let next: string | null = "";
      while (next !== null) {
        const cursor: string = next === "" ? "" : `&cursor=${next}`;
        const page = (await home.ask("GET", `${cell.drilldown.replace("/v1", "")}&limit=7${cursor}`)).body;
        for (const { deal } of page.data) found.add(deal.dealId);
        next = page.next;
      }
      expect(found.size).toBe(cell.count);
    }
  });

  it("SP34 exports a CSV file without formulas, and a chart with links to the deals of each part", async () => {
    const plan = await funnel(["A"], { name: '=HYPERLINK("http://x")' });
    const dealId = await addDeal(home, plan);
    await move(home, plan, dealId, "Lost", { reasonId: "rsn_price", clarification: "＝cmd <b>" });
    const asked = { as: home.manager };
    const csv = await apiClient.ask(`/v1/refusal-report/csv?planId=${plan.planId}&clarifications=true`, asked);
    expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const lines = (await csv.text()).split("\r\n");
    expect(lines[0]).toBe(
      "plan,won,won %,won value,lost,lost %,reason,reason count,reason %,clarification,clarification count,clarification %",
    );
    expect(lines[1]).toBe(`"'=HYPERLINK(""http://x"")",0,0.0,,1,100.0,Price,1,100.0,'＝cmd <b>,1,100.0`);
    const chart = await apiClient.ask(`/v1/refusal-report/chart?planId=${plan.planId}`, asked);
    const svg = await chart.text();
    expect(chart.headers.get("content-type")).toBe("image/svg+xml");
    expect(svg).toContain("<title>=HYPERLINK(&quot;http://x&quot;), Price: 1</title>");
    const [, href = ""] = /<a href="([^"]*reasonId=rsn_price[^"]*)"/.exec(svg) ?? [];
    const drilled = await apiClient.ask(href.replaceAll("&amp;", "&"), asked);
    expect(JSON.parse(await drilled.text()).data).toHaveLength(1);
  });
});
