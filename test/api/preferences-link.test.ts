import { type LinkClaims, type LinkScope, signLinkToken } from "@regulars/core/notifications/link-token";
import { day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_NOW, type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { aTenant } from "../fixtures/tenant.ts";

const anna = userIdSchema.parse("anna");
const tenant = aTenant({ name: "Nordic <b>Foods</b>", locale: "en" });
let apiClient: ApiTestClient;

beforeAll(async () => {
  apiClient = await anApiClient();
  await openTenantDirectory(apiClient.runtime.table).ensure(tenant, toInstant(API_NOW));
});
afterAll(() => apiClient.close());

function pathFor(scope: LinkScope, given: Partial<LinkClaims> = { userId: anna }): string {
  const [secret] = apiClient.runtime.linkSecrets;
  if (secret === undefined) throw new Error("the API has no secret of links");
  const token = signLinkToken({ tenantId: tenant.tenantId, scope, issuedOn: day("2026-11-23"), ...given }, secret);
  return `/links/preferences/${token}`;
}

describe("the page of all settings behind a signed link", () => {
  it("leads without login to what ends each kind, the digest and everything, and changes nothing itself", async () => {
    const page = await (await apiClient.ask(pathFor("preferences"))).text();
    expect(page).toContain("Your daily digest of Nordic &lt;b&gt;Foods&lt;/b&gt;: <a ");
    expect(page).toContain("Messages about “Churn risk” of Nordic");
    expect(page).toContain("All messages of Nordic");
    const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, href = ""]) => href);
    for (const link of links) expect((await apiClient.ask(link)).status).toBe(200);
    const { preferences } = openTenantStore(apiClient.runtime.table, tenant);
    expect((await preferences.of({ type: "user", userId: anna })).version).toBe(0);
    expect((await apiClient.ask(links[0] ?? "", { method: "POST" })).status).toBe(200);
    expect((await preferences.of({ type: "user", userId: anna })).choices).toEqual({ digestDays: [] });
    expect(await (await apiClient.ask(pathFor("preferences"))).text()).toContain(">Get them again</a>");
  });

  it("refuses a link of another scope, of nobody, that is cut, and that is older than 180 days", async () => {
    const statusOf = async (path: string) => (await apiClient.ask(path)).status;
    expect(await statusOf(pathFor("digest"))).toBe(400);
    expect(await statusOf(pathFor("preferences", { personAddressHash: "abc" }))).toBe(400);
    expect(await statusOf(pathFor("preferences").slice(0, -1))).toBe(400);
    expect(await statusOf(pathFor("preferences", { userId: anna, issuedOn: day("2026-01-01") }))).toBe(410);
  });
});
