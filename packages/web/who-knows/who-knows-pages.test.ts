import {
  activityIdSchema,
  customerIdSchema,
  day,
  personIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { type Runtime, createRuntime } from "@regulars/functions/runtime";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { beforeEach, describe, expect, it } from "vitest";
import { HOSTILE } from "../../../test/fixtures/hostile-text.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { aConsole } from "../../../test/fixtures/page-console.ts";
import { whoKnowsPath } from "../page/addresses.ts";
import { OWNER, type Viewer } from "../page/viewer.ts";

const NOW = Date.parse("2026-11-23T10:00:00Z");
const ana = userIdSchema.parse("ana");
let testTenant: TestTenant;
let runtime: Runtime;
let sent: string[];

/** Ana met Paula; Bob wrote to her; Cem asks. Paula works at ACME. */
beforeEach(async () => {
  testTenant = aTenantStore();
  sent = [];
  await openPages();
  const { store } = testTenant;
  await store.imports.saveUsers(
    ["ana", "bob", "cem"].map((id) => ({
      userId: userIdSchema.parse(id),
      name: id === "ana" ? `Ana ${HOSTILE}` : id,
      role: "rep",
      email: `${id}@we.example`,
    })),
  );
  const [customerId, personId] = [customerIdSchema.parse("acme"), personIdSchema.parse("paula/1")];
  await store.imports.saveCustomers([{ customerId, name: "ACME & Co", repId: userIdSchema.parse("cem") }]);
  await store.imports.savePersons([{ personId, customerId, name: "Paula", email: "paula@acme.example" }]);
  await store.imports.saveActivities(
    (["ana", "bob"] as const).map((id, i) => ({
      activityId: activityIdSchema.parse(`a-${i}`),
      type: id === "ana" ? "meeting" : "email",
      direction: id === "ana" ? "none" : "out",
      completed: true,
      userId: userIdSchema.parse(id),
      personId,
      customerId,
      occurredAt: toInstant(Date.parse("2026-11-12T09:00:00Z")),
      occurredOn: day("2026-11-12"),
    })),
  );
});

async function openPages(tenant = testTenant.tenant): Promise<void> {
  const { table } = testTenant;
  await openTenantDirectory(table).ensure(tenant, toInstant(NOW));
  const log = { info: () => undefined, error: () => undefined };
  const queues = {
    send: (queue: string) => {
      sent.push(queue);
      return Promise.resolve();
    },
  };
  runtime = createRuntime(
    { TABLE_NAME: table.name, PUBLIC_URL: "http://localhost" },
    { table, log, clock: () => NOW, queues },
  );
}

const viewerOf = (user: string): Viewer => ({
  type: "user",
  tenantId: testTenant.tenant.tenantId,
  userId: userIdSchema.parse(user),
});
const pathOf = (person = "paula/1"): string => whoKnowsPath(testTenant.tenant.tenantId, person);
const open = (user = "cem", person?: string) => aConsole(runtime, viewerOf(user)).request(pathOf(person));
const ask = (form: Record<string, string>, viewer: Viewer = viewerOf("cem")) =>
  aConsole(runtime, viewer).request(pathOf(), {
    method: "POST",
    body: new URLSearchParams(form).toString(),
    headers: { origin: "http://localhost", "content-type": "application/x-www-form-urlencoded" },
  });

describe("the page of who knows a person", () => {
  it("RH13 tells of a past day, of which nobody can be asked; a day that is none stays in its field", async () => {
    const at = async (asOf: string) =>
      (await aConsole(runtime, viewerOf("cem")).request(`${pathOf()}?asOf=${asOf}`)).text();
    const before = await at("2026-11-11");
    expect([before.includes("bob"), before.includes('value="2026-11-11"')]).toEqual([false, true]);
    const past = await at("2026-11-12");
    expect(past).toContain("bob");
    expect(past).not.toContain('name="colleague"');
    expect(await (await open()).text()).toContain('name="colleague"');
    const mangled = await aConsole(runtime, viewerOf("cem")).request(`${pathOf()}?asOf=soon`);
    expect([mangled.status, (await mangled.text()).includes('value="soon"')]).toEqual([200, true]);
    const future = await aConsole(runtime, viewerOf("cem")).request(`${pathOf()}?asOf=2027-01-01`);
    expect([future.status, (await future.text()).includes("2027")]).toEqual([200, true]);
  });

  it("RH13: lists colleagues with strength, label and last day, strongest first, names escaped", async () => {
    const page = (await (await open()).text()).replaceAll(/\s+/g, " ");
    expect(page).toContain("Ana &lt;script&gt;");
    expect(page).not.toContain(HOSTILE);
    expect(page).toContain("ACME &amp; Co");
    expect(page).toMatch(/Ana .*<td>medium<\/td> <td class="number">2\.8<\/td> .*Nov 12, 2026.*bob<\/bdi>.*weak/);
    expect(page).not.toContain("paula@acme.example");
  });

  it("RH14: asks a colleague by its form, once, and shows the form again where that is refused", async () => {
    const asked = await ask({ colleague: "ana" });
    expect([asked.status, asked.headers.get("location")]).toEqual([
      303,
      `/introductions/${testTenant.tenant.tenantId}/cem#saved`,
    ]);
    expect(sent).toEqual(["outgoing"]);
    const again = await ask({ colleague: "ana" });
    expect(again.status).toBe(422);
    expect(await again.text()).toContain("Ana is already asked");
    for (const form of [{}, { colleague: "cem" }, { colleague: "nobody" }]) expect((await ask(form)).status).toBe(422);
    expect((await ask({ colleague: "bob" }, OWNER)).status).toBe(403);
    expect((await testTenant.store.whoKnows.introductions.askedOf(ana)).length).toBe(1);
  });

  it("RH14: has nobody who is out, and asks nobody who is out", async () => {
    await testTenant.store.whoKnows.optOut({
      subject: { type: "user", id: "ana" },
      at: toInstant(NOW),
      by: "user:ada",
    });
    expect(await (await open()).text()).not.toContain(`<th scope="row"><bdi>Ana`);
    expect((await ask({ colleague: "ana" })).status).toBe(422);
  });

  it("is not there for who does not see the customer, and leaves out who looks", async () => {
    expect((await open("ana")).status).toBe(404);
    await testTenant.store.imports.saveCustomers([{ customerId: customerIdSchema.parse("acme"), repId: ana }]);
    const page = await (await open("ana")).text();
    const isListed = (name: string) => page.includes(`<th scope="row"><bdi>${name}`);
    expect([isListed("bob"), isListed("Ana")]).toEqual([true, false]);
  });

  it("RH15: is not there while who knows whom is off, nor of an unknown person", async () => {
    expect((await open("cem", "nobody")).status).toBe(404);
    testTenant = aTenantStore({ whoKnows: { enabled: false } });
    await openPages();
    const answer = await aConsole(runtime).request(pathOf());
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain("Who knows whom is switched off");
  });
});
