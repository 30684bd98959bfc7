import { userIdSchema } from "@regulars/core/platform/values";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../../../test/fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../../../test/fixtures/api-tenants.ts";
import { aConsole } from "../../../test/fixtures/page-console.ts";

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});
afterAll(() => apiClient.close());

async function make(user: string, name: string) {
  const { tenantId } = fixture.tenant;
  const pages = aConsole(apiClient.runtime, { type: "user", tenantId, userId: userIdSchema.parse(user) });
  const answer = await pages.request(`/plans/${tenantId}`, {
    method: "POST",
    headers: { accept: "text/html", "sec-fetch-site": "same-origin" },
    body: new URLSearchParams({ as: `${tenantId}:${user}`, name }),
  });
  return { status: answer.status, location: answer.headers.get("location") ?? "", text: await answer.text() };
}
const named = async (wanted: string) =>
  (await fixture.store.sales.salesPlans.plans()).filter(({ name }) => name === wanted);

it("CN01: makes a sales plan with the usual statuses, and leads to its settings", async () => {
  const made = await make("ada", "Spring fair");
  const [plan] = await named("Spring fair");
  expect([made.status, made.location]).toEqual([303, `/plans/${fixture.tenant.tenantId}/${plan?.planId}/settings`]);
  expect(plan?.statuses.map(({ name }) => name)).toEqual([
    "New",
    "In progress",
    "Closed: successful",
    "Closed: failed",
  ]);
});

it("CN01: makes one plan of a form that is sent twice, and none without a name or the right", async () => {
  expect((await make("ada", "Autumn")).status).toBe(303);
  const again = await make("ada", "Autumn");
  expect([again.status, /there is a sales plan “Autumn” already/i.test(again.text)]).toEqual([422, true]);
  expect(again.text).toContain('value="Autumn"');
  expect((await make("ada", "")).status).toBe(422);
  expect((await make("anna", "Mine")).status).toBe(403);
  expect([(await named("Autumn")).length, (await named("Mine")).length]).toEqual([1, 0]);
});
