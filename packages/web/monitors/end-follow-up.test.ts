import { userIdSchema } from "@regulars/core/platform/values";
import { findFollowUp } from "@regulars/flows/monitors/change-follow-up";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../../../test/fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../../../test/fixtures/api-tenants.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";
import { aConsole } from "../../../test/fixtures/page-console.ts";

let apiClient: ApiTestClient;

beforeAll(async () => {
  apiClient = await anApiClient();
});
afterAll(() => apiClient.close());

const FOLLOW_UP = "company:acme:status:neglected:2026-11-20";
const listOf = ({ tenant }: ApiFixture): string => `/for-you/${tenant.tenantId}/anna`;

async function ask({ tenant: { tenantId } }: ApiFixture, user: string, path: string, fields?: Record<string, string>) {
  const pages = aConsole(apiClient.runtime, { type: "user", tenantId, userId: userIdSchema.parse(user) });
  const answer = await pages.request(path, {
    headers: { accept: "text/html", "sec-fetch-site": "same-origin" },
    ...(fields === undefined ? {} : { method: "POST", body: new URLSearchParams(fields) }),
  });
  return { status: answer.status, text: await answer.text(), to: answer.headers.get("location") };
}

const end = (fixture: ApiFixture, user: string, how: string, id = FOLLOW_UP) =>
  ask(fixture, user, `/statuses/${fixture.tenant.tenantId}/follow-ups/${encodeURIComponent(id)}`, {
    do: how,
    back: listOf(fixture),
  });
// A store shows its own writes of before: what other requests have written is read from the item.
const stored = ({ store }: ApiFixture) => findFollowUp(store, FOLLOW_UP);
const stateOf = async (fixture: ApiFixture) => (await stored(fixture))?.state;

it.each([
  ["complete", "done", true],
  ["drop", "closed", false],
] as const)(
  "a follow-up is ended from a rep's list by “%s”, once, and counts as an activity if it is done",
  async (how, state, isActivity) => {
    const fixture = await anApiFixture(apiClient);
    expect((await ask(fixture, "anna", listOf(fixture))).text).toMatch(
      /To do<\/h3>[^]*value="complete"[^]*value="drop"/,
    );
    const first = await end(fixture, "anna", how);
    expect([first.status, first.to]).toEqual([303, `${listOf(fixture)}#saved`]);
    expect([await stateOf(fixture), (await end(fixture, "anna", how)).status]).toEqual([state, 303]);
    // Whoever comes later with the other one changes nothing.
    expect((await end(fixture, "anna", how === "drop" ? "complete" : "drop")).status).toBe(303);
    expect(await stateOf(fixture)).toBe(state);
    await indexesCaughtUp();
    expect((await ask(fixture, "anna", listOf(fixture))).text).not.toContain("To do</h3>");
    const activityId = (await stored(fixture))?.activityId;
    const activity = activityId === undefined ? undefined : await fixture.store.records.findActivity(activityId);
    expect(activity?.completed).toBe(isActivity ? true : undefined);
  },
);

it("a follow-up of somebody else's customer is unknown, and what is no end of it changes nothing", async () => {
  const fixture = await anApiFixture(apiClient);
  const lost = await end(fixture, "anna", "complete", "company:nobody:status:neglected:2026-11-20");
  const theirs = await end(fixture, "bo", "complete");
  expect([lost.status, theirs.status]).toEqual([404, 404]);
  expect((await end(fixture, "anna", "burn")).text).toContain("This form cannot be used");
  expect(await stateOf(fixture)).toBe("open");
});
