import { createHmac } from "node:crypto";
import { LeadBatchers } from "@regulars/flows/leads/lead-batcher";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { counter } from "../fixtures/sales-plan.ts";
import { type ApiTestClient, API_NOW, TRUE_SECOND_MS, anApiClient, impatiently } from "../fixtures/api-client.ts";
import { type ApiAnswer, type SalesPlanBody, SalesPlanClient } from "../fixtures/sales-plan-client.ts";

/** Answers to an integration's repeated requests, during store failures, and to dry runs. */

let apiClient: ApiTestClient;
let own: SalesPlanClient;
let plan: SalesPlanBody;
let statuses: readonly string[];

beforeAll(async () => {
  apiClient = await anApiClient();
  own = await SalesPlanClient.open(apiClient, { timeZone: "Europe/Kyiv", phoneCountry: "UA" });
  plan = await own.plan("related>least", ["A", "B"]);
  statuses = plan.statuses.map(({ statusId }) => statusId);
});
afterAll(() => apiClient.close());
afterEach(() => {
  apiClient.clock.nowMs = API_NOW;
});

const withKey = (key: string) => ({ headers: { "idempotency-key": key } });
const change = (verb: "status" | "remove", body: object, key: string) =>
  own.ask("POST", `/hooks/plans/${plan.planId}/deals:${verb}`, body, { as: own.integration, ...withKey(key) });
const dealNow = async (dealId: string) => (await own.ask("GET", `/plans/${plan.planId}/deals/${dealId}`)).body;
const given = ({ status, headers, body }: ApiAnswer) => ({
  status,
  isReplay: headers.get("idempotency-replayed"),
  body,
});

describe("a repeated request", () => {
  it("SP25 gets the stored answer, even if the deal has changed since", async () => {
    const [, talk, won] = statuses;
    const person = { person: { email: "same-body@x.ua" } };
    const added = await own.inbound(plan, person, withKey("body-1"));
    const { dealId } = added.body;
    const again = await own.inbound(plan, person, withKey("body-2"));
    const moved = await change("status", { dealId, statusId: talk }, "body-3");
    await own.ask("PATCH", `/plans/${plan.planId}/deals/${dealId}`, { statusId: won });
    expect(given(await own.inbound(plan, person, withKey("body-1")))).toEqual({
      status: 200,
      isReplay: "true",
      body: added.body,
    });
    expect(given(await own.inbound(plan, person, withKey("body-2")))).toEqual({
      status: 200,
      isReplay: "true",
      body: again.body,
    });
    expect(given(await change("status", { dealId, statusId: talk }, "body-3"))).toEqual({
      status: 200,
      isReplay: "true",
      body: moved.body,
    });
    expect(await dealNow(dealId)).toMatchObject({ statusId: won, version: 3 });
  });

  it("SP25 that changed nothing the first time changes nothing the second time", async () => {
    const [first, talk] = statuses;
    const { dealId } = (await own.inbound(plan)).body;
    const same = await change("status", { dealId, statusId: first }, "same-1");
    expect(given(same)).toMatchObject({ status: 200, isReplay: null, body: { statusId: first, version: 1 } });
    await own.ask("PATCH", `/plans/${plan.planId}/deals/${dealId}`, { statusId: talk });
    expect(given(await change("status", { dealId, statusId: first }, "same-1"))).toEqual({
      ...given(same),
      isReplay: "true",
    });
    expect(await dealNow(dealId)).toMatchObject({ statusId: talk, version: 2 });
    expect((await change("status", { dealId, statusId: talk }, "same-1")).body.type).toBe("key-reused");
  });

  it("SP25 without an idempotency key is the same lead if its occurredAt is on the same local day", async () => {
    const add = (occurredAt: string, more: object = {}) =>
      own.inbound(plan, { person: { email: "day@x.ua" }, onDuplicate: "create", occurredAt, ...more });
    const first = await add("2026-11-23T08:00:00Z");
    expect(first.status).toBe(201);
    // The same local day in Kyiv, written in different ways.
    for (const at of ["2026-11-23T08:00:07Z", "2026-11-23T23:59:59+02:00", "2026-11-22T22:00:00Z"])
      expect(given(await add(at))).toEqual({ status: 200, isReplay: "true", body: first.body });
    expect((await add("2026-11-23T22:00:00Z")).status).toBe(201);
    expect((await add("2026-11-23T08:00:00Z", { deal: { amount: "7.00" } })).status).toBe(201);
  });

  it("SP25 of a batch with an idempotency key stores each item once", async () => {
    const items = [1, 2, 3].map((nth) => ({
      lead: { person: { email: `batch${nth}@x.ua` }, onDuplicate: "create", occurredAt: `2026-11-2${nth}T08:00:00Z` },
    }));
    const send = async (key: string) =>
      (
        await own.ask(
          "POST",
          `/hooks/plans/${plan.planId}/leads:batch`,
          { items },
          { as: own.integration, headers: { "idempotency-key": key } },
        )
      ).body.items.map(({ status }: { status: number }) => status);
    expect(await send("whole-1")).toEqual([201, 201, 201]);
    expect(await send("whole-1")).toEqual([200, 200, 200]);
    expect(await send("whole-2")).toEqual([201, 201, 201]);
    expect(
      (
        await own.ask(
          "POST",
          `/hooks/plans/${plan.planId}/leads:batch`,
          { items: [{ key: "é", ...items[0] }] },
          { as: own.integration },
        )
      ).body.errors,
    ).toMatchObject([{ path: "items[0].key" }]);
  });
});

describe("a failing store", () => {
  /** Makes one kind of write fail, as on a throttled table, until it is switched off. */
  async function whileThrottled<T>(
    isHit: (command: string, input: string) => boolean,
    work: () => Promise<T>,
  ): Promise<T> {
    const { middlewareStack } = apiClient.runtime.table.documents;
    middlewareStack.add(
      (next, { commandName = "" }) =>
        async (args) => {
          if (isHit(commandName, JSON.stringify(args.input)))
            throw Object.assign(new Error("throughput exceeded"), { name: "ProvisionedThroughputExceededException" });
          return next(args);
        },
      { step: "initialize", name: "throttle" },
    );
    try {
      return await work();
    } finally {
      middlewareStack.remove("throttle");
    }
  }

  /** A sequence number that somebody has taken and not used yet: then a lead is queued behind it. */
  const takeSequence = (): Promise<number> =>
    own.fixture.testTenant.store.sales.assignment.reserveSequences(own.fixture.idOf(plan).planId, 1);

  const itemsBesideTheQueue = (): readonly string[] =>
    own.writtenItems().filter((item) => !/#(SEQ|QUEUE)#|#HEADS"/.test(item));

  it("SP25 answers 503 when nothing was written, without a sequence number, and the retry succeeds", async () => {
    const person = { person: { email: "alone@x.ua" } };
    const before = own.writtenItems();
    const refused = await whileThrottled(
      (command) => command.startsWith("TransactWrite"),
      () => own.inbound(plan, person, withKey("alone")),
    );
    expect(refused).toMatchObject({ status: 503, body: { type: "try-again" } });
    expect(own.writtenItems()).toEqual(before);
    expect((await own.inbound(plan, person, withKey("alone"))).status).toBe(201);
  });

  it("SP25 answers 503 when a queued lead was not written, and the retry succeeds without waiting for a missing sequence number", async () => {
    const person = { person: { email: "throttled@x.ua" } };
    await own.inbound(plan, { person: { email: "before@x.ua" } });
    await takeSequence();
    const before = itemsBesideTheQueue();
    const refused = await whileThrottled(
      (command) => command.startsWith("TransactWrite"),
      () => impatiently(apiClient, () => own.inbound(plan, person, withKey("throttled"))),
    );
    expect(refused).toMatchObject({ status: 503, body: { type: "try-again" } });
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(itemsBesideTheQueue()).toEqual(before);
    const { sales: plans } = own.fixture.testTenant.store;
    const id = own.fixture.idOf(plan).planId;
    expect(await plans.assignment.sequence(id, await plans.assignment.lastReserved(id))).toMatchObject({
      kind: "void",
    });
    // The number that somebody took is never used: the retry waits for that one only.
    const retry = await impatiently(apiClient, () => own.inbound(plan, person, withKey("throttled")), TRUE_SECOND_MS);
    expect(retry.status).toBe(201);
  });

  it("SP25 answers 202, not 503, when the lead was stored and only its manager is not assigned yet", async () => {
    const person = { person: { email: "half@x.ua" } };
    await takeSequence();
    const from = apiClient.lines.length;
    const answer = await whileThrottled(
      (command, input) => command.startsWith("Update") && input.includes("#ASSIGNMENT#"),
      () => impatiently(apiClient, () => own.inbound(plan, person, withKey("half"))),
    );
    expect(answer).toMatchObject({ status: 202, body: { assignment: { state: "waiting" } } });
    expect(apiClient.lines.slice(from).map(({ what }) => what)).toContain("lead awaiting assignment");
    await impatiently(apiClient, () => own.assignBatch(plan));
    const again = await own.inbound(plan, person, withKey("half"));
    expect(given(again)).toMatchObject({
      status: 200,
      isReplay: "true",
      body: { dealId: answer.body.dealId, assignment: { state: "assigned" } },
    });
  });

  it("SP25 answers normally when the inbound request cannot be logged", async () => {
    const answer = await whileThrottled(
      (command, input) => command.startsWith("BatchWrite") && input.includes("#INBOUND#"),
      () => own.inbound(plan, { person: { email: "unnoted@x.ua" } }),
    );
    expect(answer.status).toBe(201);
  });
});

describe("a dry run", () => {
  it("BX13 of a lead gives the lead's answer: refusals, an archived plan, and the person's open deal", async () => {
    const dry = (lead: object, at: SalesPlanBody = plan) =>
      own.inbound(at, lead, { query: "?dryRun=true&strict=true" });
    const before = own.writtenItems();
    expect((await dry({ deal: { statusId: "st_none" } })).body.errors).toMatchObject([{ path: "deal.statusId" }]);
    expect((await dry({ person: { phone: "12" } })).body.errors).toMatchObject([{ path: "person.phone" }]);
    expect((await dry({ assign: { managerId: "N" } })).body.errors).toMatchObject([{ path: "assign.managerId" }]);
    const open = await own.inbound(plan, { deal: { statusId: "st_none" } }, { query: "?dryRun=true" });
    expect(open.body).toMatchObject({ dryRun: true, notUsed: [{ path: "deal.statusId", code: "unknown-status" }] });
    expect((await dry({})).body).toMatchObject({ dryRun: true, duplicate: false, dealId: null });
    expect(own.writtenItems()).toEqual(before);
    const { dealId } = (await own.inbound(plan, { person: { email: "dry@x.ua" } })).body;
    expect((await dry({ person: { email: "DRY@x.ua" } })).body).toMatchObject({ duplicate: true, dealId });
    expect((await dry({ person: { email: "dry@x.ua" }, onDuplicate: "create" })).body.duplicate).toBe(false);
    const old = await own.plan("related>even", ["A"]);
    await own.ask("PATCH", `/plans/${old.planId}`, { isArchived: true });
    expect((await dry({}, old)).status).toBe(410);
  });
});

describe("the log of inbound requests", () => {
  it("SP25 has requests that were refused before parsing, and no personal data under any field name", async () => {
    const as = await own.key("careless");
    const keys = (await own.ask("GET", "/api-keys")).body.data;
    const { keyId } = keys.find(({ name }: { name: string }) => name === "careless");
    const at = `/hooks/plans/${plan.planId}`;
    await own.ask("POST", `${at}/leads`, undefined, { as, raw: '{"person":' });
    await own.ask("POST", `${at}/deals:status`, { statusId: 5, person: "0671112233" }, { as });
    await own.inbound(
      plan,
      { telephone: "0671112233", note: { mobile: "0671112233" }, source: { tunnelId: "42" } },
      { as },
    );
    await own.inbound(plan, {}, { as, headers: { "idempotency-key": "a b" } });
    await own.inbound(plan, {}, { as, query: "?dryRun=true" });
    const { body } = await own.ask("GET", `/api-keys/${keyId}/inbound-requests`);
    expect(JSON.stringify(body)).not.toContain("1112233");
    expect(counter(body.data.map(({ status }: { status: number }) => String(status)))).toEqual({
      "201": 1,
      "400": 2,
      "422": 1,
    });
    const byProblem = new Map(
      body.data.map((one: { problem: string | null; requestId: string }) => [one.problem ?? "none", one]),
    );
    expect(byProblem.get("unusable-fields")).toMatchObject({
      action: "deals.change_status",
      paths: expect.arrayContaining(["statusId", "person"]),
    });
    expect(byProblem.get("none")).toMatchObject({ body: { telephone: "•••", source: { tunnelId: "42" } } });
    const broken: { requestId?: string } = Object(byProblem.get("unusable-request"));
    expect(await own.ask("POST", `/api-keys/${keyId}/inbound-requests/${broken.requestId}:replay`)).toMatchObject({
      status: 422,
      body: { type: "not-json" },
    });
  });
});

describe("content that cannot be stored", () => {
  it("SP25 is left out and told when it is too deep or too large, in a lead and in a batch", async () => {
    const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
    const raw = (text: string, path = "leads") =>
      own.ask("POST", `/hooks/plans/${plan.planId}/${path}`, undefined, { as: own.integration, raw: text });
    const lead = (field: string) => `{"person":{"externalId":"deep"},"fields":{"a":${field}}}`;
    const nested = [lead(deep(30_000)), `{"person":{"externalId":"deep"},"a":${deep(30_000)}}`];
    for (const text of [...nested, ...["1e400", "-1e400", "123456789012345678901", '"\\ud800"'].map(lead)]) {
      expect((await raw(text)).body).toMatchObject({ notUsed: [{ path: "fields.a" }] });
      expect(await raw(text, "leads?strict=true")).toMatchObject({ status: 422 });
    }
    const batch = await raw(`{"items":[{"lead":${lead(deep(400_000))}},{"lead":${lead("1")}}]}`, "leads:batch");
    expect(batch.body.items).toMatchObject([{ notUsed: [{ path: "fields.a" }] }, { status: 200 }]);
  });

  it("SP25 a lead may have 64 KB, a batch of a hundred as much as a hundred leads need", async () => {
    const items = Array.from({ length: 100 }, (_, i) => ({
      lead: { person: { externalId: `large${i}` }, fields: { a: "x".repeat(3_000) } },
    }));
    const { body } = await own.ask(
      "POST",
      `/hooks/plans/${plan.planId}/leads:batch`,
      { items },
      { as: own.integration },
    );
    expect(counter(body.items.map(({ status }: { status: number }) => String(status)))).toEqual({ "201": 100 });
    expect((await own.inbound(plan, { fields: { a: "x".repeat(65_536) } })).status).toBe(413);
  });

  it("SP25 in a status change and a removal is named by its path, unknown fields too", async () => {
    const [, talk] = statuses;
    const paths = async (verb: "status" | "remove", body: object) => {
      const { status, body: problem } = await change(verb, body, `paths-${JSON.stringify(body).length}`);
      return [status, problem.errors.map(({ path }: { path: string }) => path).toSorted()];
    };
    const person = { externalId: "x", nick: "y" };
    expect(await paths("status", { dealId: 5, statusId: "a b", mood: 1 })).toEqual([
      422,
      ["dealId", "mood", "statusId"],
    ]);
    expect(await paths("status", { person, statusId: talk })).toEqual([422, ["person.nick"]]);
    expect(await paths("remove", { comment: "" })).toEqual([422, ["comment"]]);
    expect(await paths("remove", {})).toEqual([422, ["dealId"]]);
  });

  it("SP25 is more than four kilobytes, counted in bytes", async () => {
    const add = (text: string) => own.inbound(plan, { fields: { a: text } }, { query: "?strict=true" });
    const batcher = 4_096 - '{"a":""}'.length;
    expect((await add("x".repeat(batcher))).status).toBe(201);
    expect((await add("x".repeat(batcher + 1))).body.errors).toMatchObject([{ path: "fields" }]);
    expect((await add("ї".repeat(batcher / 2))).status).toBe(201);
    expect((await add("ї".repeat(batcher / 2 + 1))).body.errors).toMatchObject([{ path: "fields" }]);
  });

  it("SP25 while content that can be stored is shown with its deal as it was sent", async () => {
    const fields = { list: [1, "two", null, { deep: [true, 0.5, -7] }], "name with blanks": "ї" };
    const source = { tunnelId: "42", blockId: "9", utm: { source: "ig" } };
    const { dealId } = (await own.inbound(plan, { fields, source, occurredAt: "2026-11-20T10:00:00+02:00" })).body;
    expect(await dealNow(dealId)).toMatchObject({ fields, source, occurredAt: "2026-11-20T08:00:00.000Z" });
  });
});

it("SP25 scenario 29: a signature covers the bytes as received, also bytes that are not valid UTF-8", async () => {
  const made = (await own.ask("POST", "/api-keys", { name: "bytes", actions: ["leads.add"] })).body;
  const send = (raw: Uint8Array<ArrayBuffer>, signed: Uint8Array = raw) => {
    const seconds = Math.floor(API_NOW / 1000);
    const id = `msg_${signed.length}`;
    const mac = createHmac("sha256", Buffer.from(made.signingSecret.slice("whsec_".length), "base64"))
      .update(`${id}.${seconds}.`)
      .update(signed)
      .digest("base64");
    return own.ask("POST", `/hooks/plans/${plan.planId}/leads?sender=${encodeURIComponent(made.sender)}`, undefined, {
      as: undefined,
      raw,
      headers: { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": `v1,${mac}` },
    });
  };
  const bytes = new TextEncoder().encode('{"person":{"externalId":"bytes"}}');
  const withMark = new Uint8Array([0xef, 0xbb, 0xbf, ...bytes]);
  expect((await send(bytes)).status).toBe(201);
  expect((await send(withMark, bytes)).status).toBe(401);
  const broken = new Uint8Array([...bytes.slice(0, -3), 0xff, ...bytes.slice(-3)]);
  expect((await send(broken, new TextEncoder().encode(new TextDecoder().decode(broken)))).status).toBe(401);
});

it("SP25 a lead adds new details to a known person: their phone number alone then finds them, also on the board", async () => {
  const email = "learned@x.ua";
  const first = await own.inbound(plan, { person: { email } });
  const both = { email, phone: "067 333 22 11", name: "Learned K." };
  const found = async () => (await own.ask("GET", `/plans/${plan.planId}/deals?search=3332211`)).body.data;
  expect(await found()).toEqual([]);
  const same = { status: 200, body: { duplicate: true, dealId: first.body.dealId } };
  expect(await own.inbound(plan, { person: both, eventId: "learned-2" })).toMatchObject(same);
  expect(await own.inbound(plan, { person: { phone: "+380673332211" }, eventId: "learned-3" })).toMatchObject(same);
  expect((await own.ask("GET", `/contacts/${first.body.personId}`)).body).toMatchObject({
    email,
    phone: "+380673332211",
    name: "Learned K.",
  });
  expect(await found()).toMatchObject([{ dealId: first.body.dealId }]);
  // Details that are already known are not replaced.
  await own.inbound(plan, { person: { ...both, name: "Another", externalId: "learned" }, eventId: "learned-4" });
  expect((await own.ask("GET", `/contacts/${first.body.personId}`)).body).toMatchObject({
    externalId: "learned",
    name: "Learned K.",
  });
});

it("SP25 details that a lead of one plan adds to a person are found in the other plans with a deal of theirs", async () => {
  const other = await own.plan("related>least", ["A", "B"]);
  const person = { externalId: "learned-elsewhere" };
  const first = await own.inbound(plan, { person });
  const found = async () => (await own.ask("GET", `/plans/${plan.planId}/deals?search=4445566`)).body.data;
  expect(await found()).toEqual([]);
  await own.inbound(other, { person: { ...person, phone: "067 444 55 66" } });
  expect(await found()).toMatchObject([{ dealId: first.body.dealId, person: { phone: "+380674445566" } }]);
});

it("SP25 answers 202 with the deal's address when another process holds the lease longer than an integration waits", async () => {
  const { sales: plans } = own.fixture.testTenant.store;
  const { planId } = own.fixture.idOf(plan);
  const lease = await plans.assignment.takeLease(planId, API_NOW, API_NOW + 5_000);
  if (lease === undefined) throw new Error("the lease was already taken");
  const pending = await impatiently(apiClient, () => own.inbound(plan, {}, withKey("pending")));
  expect(given(pending)).toMatchObject({ status: 202, body: { assignment: { state: "waiting", managerId: null } } });
  const location = pending.headers.get("location")?.replace("/v1", "") ?? "";
  expect((await own.ask("GET", location, undefined, { as: own.integration })).body).toMatchObject({ state: "waiting" });
  await plans.assignment.release(lease);
  await own.assignBatch(plan);
  expect((await own.ask("GET", location, undefined, { as: own.integration })).body).toMatchObject({
    state: "open",
    assignment: { state: "assigned" },
  });
});

it("SP15 a closed deal that was transferred makes its new manager the related one", async () => {
  const [, , won] = statuses;
  const person = { person: { email: "handed@x.ua" } };
  const { dealId } = (await own.inbound(plan, { ...person, assign: { managerId: "A" } })).body;
  await own.ask("PATCH", `/plans/${plan.planId}/deals/${dealId}`, { statusId: won });
  await own.ask("POST", `/plans/${plan.planId}/deals/${dealId}:transfer`, { managerId: "B" });
  const next = await own.inbound(plan, { ...person, eventId: "handed-2" });
  expect(next.body.assignment).toMatchObject({ managerId: "B", why: "had the person's newest closed deal" });
});

it("SP17 open deals of all plans count as load when the distribution says so", async () => {
  const home = await SalesPlanClient.open(apiClient);
  const other = await home.plan("related>least", ["A", "B"]);
  const distribution = { mode: "uniform", affinity: "related", balance: "least", loadScope: "tenant" };
  const mine = await home.plan("manual", ["A", "B"], { distribution });
  expect((await home.ask("GET", `/plans/${mine.planId}`)).body.distribution).toEqual({
    ...distribution,
    ownerAway: "fallback",
  });
  for (let i = 0; i < 3; i += 1) await home.inbound(other, { assign: { managerId: "A" } });
  const managers = [];
  for (let i = 0; i < 4; i += 1) managers.push((await home.inbound(mine)).body.assignment.managerId);
  expect(managers).toEqual(["B", "B", "B", "A"]);
  const preview = await home.ask("POST", `/plans/${mine.planId}:dry-run`, { count: 2 });
  expect(preview.body.assignments).toMatchObject([
    {
      managerId: "B",
      candidates: [
        { userId: "A", load: 4 },
        { userId: "B", load: 3 },
      ],
    },
    { managerId: "A" },
  ]);
});

describe("more leads than the process takes in", () => {
  it("SP25 are answered 503 with the time to wait; nothing of them is stored, and each succeeds when it is sent again", async () => {
    const crowded = await own.plan("related>even", ["A", "B"]);
    const usual = apiClient.runtime.leadBatchers;
    Object.assign(apiClient.runtime, { leadBatchers: new LeadBatchers(2) });
    try {
      const send = (i: number) => own.inbound(crowded, { person: { email: `crowd${i}@x.ua` } }, withKey(`crowd-${i}`));
      const refused: ApiAnswer[] = [];
      let left = Array.from({ length: 12 }, (_, i) => i);
      while (left.length > 0) {
        const answers = await Promise.all(left.map(send));
        refused.push(...answers.filter(({ status }) => status !== 201));
        left = left.filter((_, nth) => answers[nth]?.status !== 201);
      }
      expect(refused.length).toBeGreaterThan(0);
      expect(new Set(refused.map(({ status, body }) => `${status} ${body.type}`))).toEqual(new Set(["503 try-again"]));
      expect(
        refused.filter(({ body }) => !/^2 leads of this plan wait already: send .+ in \d+ s$/.test(body.detail)),
      ).toEqual([]);
      expect(refused.filter(({ headers }) => !(Number(headers.get("retry-after")) >= 1))).toEqual([]);
      expect(counter(await own.fixture.managersInOrder(own.fixture.idOf(crowded)))).toEqual({ A: 6, B: 6 });
    } finally {
      Object.assign(apiClient.runtime, { leadBatchers: usual });
    }
  });
});
