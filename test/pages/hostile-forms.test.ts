import { userIdSchema } from "@regulars/core/platform/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { type ConsoleRoute, addressOf, consoleRoutes } from "../fixtures/console-routes.ts";
import { itemsByKey } from "../fixtures/items-by-key.ts";
import { aConsole, aSignedOutConsole } from "../fixtures/page-console.ts";

/** Every address of the console that takes a form, sent one as no page of ours sends it: it is refused, nothing is written. */

const routes = await consoleRoutes();

let apiClient: ApiTestClient;
let fixture: ApiFixture;
let writes: readonly ConsoleRoute[];

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
  writes = routes.filter(({ method }) => method === "POST");
});
afterAll(() => apiClient.close());

/** Fields that many forms have, and what would be done by them. */
const FORM = "action=dismiss&do=save&group=company&name=Taken&horizonDays=90&state=accepted&percent=90";
const OURS = { "sec-fetch-site": "same-origin" };

async function send(
  address: string,
  given: { readonly headers?: object; readonly body?: string; readonly isOut?: true },
) {
  const { tenantId } = fixture.tenant;
  const ada = { type: "user", tenantId, userId: userIdSchema.parse("ada") } as const;
  const pages = given.isOut ? aSignedOutConsole(apiClient.runtime) : aConsole(apiClient.runtime, ada);
  const type = { accept: "text/html", "content-type": "application/x-www-form-urlencoded" };
  const headers = { ...type, ...given.headers };
  return pages.request(address, { method: "POST", headers, body: given.body ?? FORM });
}

const stored = () => itemsByKey(fixture.tenant.tenantId);

/** The answers to one form sent to every address that takes one, with how often each status came; nothing is written. */
async function answersTo(given: Parameters<typeof send>[1]): Promise<readonly string[]> {
  const before = stored();
  expect(writes.length).toBeGreaterThan(20);
  const answers: string[] = [];
  for (const route of writes) answers.push(`${route.path} ${(await send(addressOf(route, fixture), given)).status}`);
  expect(stored()).toEqual(before);
  return answers;
}
const allAre = (status: number): readonly string[] => writes.map(({ path }) => `${path} ${status}`);

describe("every form of the console", () => {
  it.each([
    ["another site's page", { "sec-fetch-site": "cross-site" }],
    ["a site beside this one", { "sec-fetch-site": "same-site" }],
    ["an address typed by hand", { "sec-fetch-site": "none" }],
    ["a foreign origin", { origin: "https://evil.example" }],
    ["a hidden origin", { origin: "null" }],
    ["neither site nor origin", {}],
    ["a foreign page with our origin", { "sec-fetch-site": "cross-site", origin: "http://localhost" }],
  ])("CN01: is refused when it comes from %s, and nothing is written", async (_, headers) => {
    expect(await answersTo({ headers })).toEqual(allAre(403));
  });

  it("CN01: is refused without a session, and nothing is written", async () => {
    expect(await answersTo({ headers: OURS, isOut: true })).toEqual(allAre(401));
  });

  it("CN01: is refused from a page that was drawn for somebody else, and nothing is written", async () => {
    const body = `${FORM}&as=user%3Abo`;
    expect(await answersTo({ headers: OURS, body })).toEqual(allAre(401));
  });

  it("CN01: with a name of ten megabytes is refused unread, and nothing is written", async () => {
    const body = `${FORM}&name=${"x".repeat(10_000_000)}`;
    expect(await answersTo({ headers: OURS, body })).toEqual(allAre(413));
  });

  it("CN01: writes nothing when its fields are in an address", async () => {
    const { tenantId } = fixture.tenant;
    const ada = { type: "user", tenantId, userId: userIdSchema.parse("ada") } as const;
    const pages = aConsole(apiClient.runtime, ada);
    const before = stored();
    const reads = new Set(routes.filter(({ method }) => method === "GET").map(({ path }) => path));
    for (const route of writes)
      for (const method of ["GET", "HEAD"]) {
        const answer = await pages.request(`${addressOf(route, fixture)}?${FORM}`, {
          method,
          headers: { accept: "text/html", ...OURS },
        });
        // An introduction is seen by its user alone.
        const isSeen = reads.has(route.path) && !route.path.startsWith("/introductions/");
        expect([method, route.path, answer.status]).toEqual([method, route.path, isSeen ? 200 : 404]);
      }
    expect(stored()).toEqual(before);
  });
});
