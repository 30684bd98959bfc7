import { type Runtime, createRuntime } from "@regulars/functions/runtime";
import { day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { beforeAll, expect, it } from "vitest";
import { HOSTILE } from "../../../test/fixtures/hostile-text.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { aConsole } from "../../../test/fixtures/page-console.ts";
import type { Viewer } from "../page/viewer.ts";

const NOW = Date.parse("2026-11-23T10:00:00Z");
let testTenant: TestTenant;
let runtime: Runtime;

beforeAll(async () => {
  testTenant = aTenantStore();
  const { table, tenant, store } = testTenant;
  await openTenantDirectory(table).ensure(tenant, toInstant(NOW));
  const [ana, bob] = [userIdSchema.parse("ana"), userIdSchema.parse("bob")];
  await store.imports.saveUsers([
    { userId: ana, name: `Ana ${HOSTILE}`, role: "rep" },
    { userId: bob, name: "Bob", role: "rep", email: "bob@we.example" },
  ]);
  const at = toInstant(NOW);
  const { tenantId, name: tenantName, locale } = tenant;
  const words = { text: "Please", variables: {} };
  await store.whoKnows.introductions.add({
    introduction: {
      introductionId: "intro_1",
      requesterId: ana,
      colleagueId: bob,
      personId: "p",
      state: "requested",
      requestedAt: at,
      changedAt: at,
    },
    follows: undefined,
    before: { askedAt: [], version: 0 },
    askedAt: [at],
    message: {
      id: "introduction:intro_1",
      dueAt: at,
      isOnHold: false,
      message: {
        type: "introduction",
        tenantId,
        tenantName,
        locale,
        asOf: day("2026-11-23"),
        userId: bob,
        to: { name: "Bob", address: "bob@we.example" },
        introductionId: "intro_1",
        subject: words,
        text: words,
        link: "https://regulars.example/introductions",
      },
    },
  });
  const log = { info: () => undefined, error: () => undefined };
  runtime = createRuntime(
    { TABLE_NAME: table.name, PUBLIC_URL: "http://localhost" },
    { table, log, clock: () => NOW, queues: { send: () => Promise.resolve() } },
  );
});

const pathOf = (user: string): string => `/introductions/${testTenant.tenant.tenantId}/${user}`;
const viewerOf = (user: string): Viewer => ({
  type: "user",
  tenantId: testTenant.tenant.tenantId,
  userId: userIdSchema.parse(user),
});
const read = async (user: string): Promise<string> =>
  (await aConsole(runtime, viewerOf(user)).request(pathOf(user))).text();
const say = (user: string, form: Record<string, string>) =>
  aConsole(runtime, viewerOf(user)).request(pathOf(user), {
    method: "POST",
    body: new URLSearchParams(form).toString(),
    headers: { origin: "http://localhost", "content-type": "application/x-www-form-urlencoded" },
  });

it("RH14: the page of a colleague has what they can answer; of the requester, how it stands", async () => {
  const page = await read("bob");
  expect(page).toContain("Ana &lt;script&gt;");
  expect(page).not.toContain(HOSTILE);
  expect(page).toContain("Yes, I will");
  expect(await read("ana")).not.toContain(`name="introductionId"`);
  expect((await aConsole(runtime).request(pathOf("nobody"))).status).toBe(404);
  expect((await say("bob", { introductionId: "intro_1", state: "maybe" })).status).toBe(422);
  expect((await say("ana", { introductionId: "intro_1", state: "accepted" })).status).toBe(422);
  expect((await say("bob", { introductionId: "intro_1", state: "accepted" })).status).toBe(303);
  expect(await read("bob")).toContain("I have introduced them");
});

it("the page of who has asked for nothing leads to where one asks", async () => {
  const link = `<a href="/relationships/${testTenant.tenant.tenantId}">Relationships</a>`;
  expect(await read("bob")).toContain(`The page of a person, at a customer under ${link}, says who knows them`);
  expect(await read("ana")).not.toContain("at a customer under");
});

it("the page of a user is theirs: nobody else in the tenant sees it, and the owner of the machine may only look", async () => {
  expect((await aConsole(runtime, viewerOf("ana")).request(pathOf("bob"))).status).toBe(404);
  const asOwner = aConsole(runtime);
  expect(await (await asOwner.request(pathOf("bob"))).text()).toContain(`name="introductionId"`);
  const answer = await asOwner.request(pathOf("bob"), {
    method: "POST",
    body: "introductionId=intro_1&state=accepted",
    headers: { origin: "http://localhost", "content-type": "application/x-www-form-urlencoded" },
  });
  expect([answer.status, (await answer.text()).includes("see this page as them")]).toEqual([403, true]);
});
