import { userIdSchema } from "@regulars/core/platform/values";
import { pagesByAddress } from "@regulars/web/pages-by-address";
import { addresses } from "@regulars/web/page/addresses";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { aConsole } from "../fixtures/page-console.ts";

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});
afterAll(() => apiClient.close());

const HTML = { headers: { accept: "text/html" } };

async function open(user: string, path: string) {
  const viewer = { type: "user", tenantId: fixture.tenant.tenantId, userId: userIdSchema.parse(user) } as const;
  const answer = await aConsole(apiClient.runtime, viewer).request(path, HTML);
  return { status: answer.status, text: (await answer.text()).replaceAll(/\s+/g, " ") };
}

describe("an address", () => {
  it("CN04: of a rep, opened by another rep, is a 404 with no name in title or source", async () => {
    const { tenantId } = fixture.tenant;
    for (const path of [
      `/for-you/${tenantId}/anna`,
      `/findings/${tenantId}/churn-risk%3Aacme`,
      `/code-red/${tenantId}/acme`,
    ]) {
      const { status, text } = await open("bo", path);
      const [, title] = /<title>([^<]*)<\/title>/.exec(text) ?? [];
      expect([path, status, title, /Anna|Acme|Eva Dahl/.exec(text)?.[0]]).toEqual([
        path,
        404,
        "Not found – Regulars",
        undefined,
      ]);
    }
  });

  it("CN04: of a message leads to its finding, and without a session to the sign-in and then there", async () => {
    const { tenantId } = fixture.tenant;
    const link = addresses("https://console.example").finding({ tenantId, findingId: "churn-risk:acme" });
    const { pathname } = new URL(link);
    const found = await open("anna", pathname);
    expect([found.status, found.text.includes("<h1><bdi>Acme Café</bdi></h1>")]).toEqual([200, true]);
    const signedOut = pagesByAddress({
      folder: "",
      runtime: apiClient.runtime,
      viewerOf: () => Promise.resolve(undefined),
    });
    const answer = await signedOut.request(`${pathname}?did=x`, HTML);
    const to = new URL(answer.headers.get("location") ?? "", "https://console.example");
    expect([answer.status, to.pathname, to.searchParams.get("to")]).toEqual([
      303,
      "/session/sign-in",
      `${pathname}?did=x`,
    ]);
  });

  it("CN04: of a rep's list keeps its day, basis and metric in every link that changes one of them", async () => {
    const { tenantId } = fixture.tenant;
    const { text } = await open("anna", `/for-you/${tenantId}/anna?basis=order&window=90&day=2026-11-20`);
    const links = [...text.matchAll(/href="(\/for-you\/[^"]*\?[^"]*)#(week|lowest|orders)"/g)].map(
      ([, link = ""]) => new URL(link.replaceAll("&amp;", "&"), "https://console.example").searchParams,
    );
    expect(links.length).toBeGreaterThan(5);
    for (const query of links) expect([...query.keys()]).toEqual(expect.arrayContaining(["basis", "window"]));
  });
});
