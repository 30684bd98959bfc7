import { userIdSchema } from "@regulars/core/platform/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

async function home(user: string, path = "/") {
  const { tenantId } = fixture.tenant;
  const pages = aConsole(apiClient.runtime, { type: "user", tenantId, userId: userIdSchema.parse(user) });
  const answer = await pages.request(path, { headers: { accept: "text/html" } });
  const text = await answer.text();
  const main = text.slice(text.indexOf("<main"), text.indexOf("</main"));
  return {
    status: answer.status,
    customers: [...main.matchAll(/<li data-name="([^"]*)"/g)].map(([, name]) => name),
    leadsTo: (page: string) => main.includes(`href="/${page}/${tenantId}`),
    main,
  };
}

describe("the start page", () => {
  it("CN01: of a rep is their day: whom to talk to first, with what can be done at once", async () => {
    const { customers, leadsTo, main } = await home("anna");
    expect(customers.length).toBeGreaterThan(0);
    expect(customers.every((name) => /^(Acme Café|Blue Bistro)/.test(name ?? ""))).toBe(true);
    expect(main).toContain('value="contacted"');
    expect(leadsTo("for-you")).toBe(true);
    expect(["nights", "data-quality", "notifications"].map(leadsTo)).toEqual([false, false, true]);
    expect(main).not.toContain("/log");
    expect(main).not.toContain("Cove Kitchen");
  });

  it("CN01: of a manager has the pages of the team, and of nobody else", async () => {
    const { leadsTo, main } = await home("max");
    expect(main).toMatch(/\/anna">[^]*to act on/);
    expect([main.includes('/bo"'), leadsTo("nights"), leadsTo("settings")]).toEqual([false, false, false]);
  });

  it("CN01: of an admin leads to nights, data quality, what was sent and settings too", async () => {
    const { leadsTo, main } = await home("ada");
    expect(["nights", "data-quality", "settings"].map(leadsTo)).toEqual([true, true, true]);
    expect(main).toContain(`href="/notifications/${fixture.tenant.tenantId}/log"`);
    expect(main).toContain("Customers with enough history");
  });

  it("has no sheet of components for users", async () => {
    expect((await home("ada", "/design")).status).toBe(404);
  });
});
