import { userIdSchema } from "@regulars/core/platform/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../../../test/fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../../../test/fixtures/api-tenants.ts";
import { aConsole } from "../../../test/fixtures/page-console.ts";
import { acceptedLanguage } from "./language.ts";

it.each([
  ["da", "da"],
  ["da-DK,en;q=0.8", "da"],
  ["de-DE, pt;q=0.7, uk;q=0.9", "uk"],
  ["pt-PT", "pt-BR"],
  ["uk;q=0, en;q=0.1", "en"],
  ["*", undefined],
  ["de", undefined],
  ["", undefined],
  [";q=1,,da;q=x", undefined],
])("CN06: of %s a browser gets %s", (header, language) => {
  expect(acceptedLanguage(header)).toBe(language);
});

describe("the language of a page", () => {
  let apiClient: ApiTestClient;
  let fixture: ApiFixture;
  const userId = userIdSchema.parse("ada");

  beforeAll(async () => {
    apiClient = await anApiClient();
    fixture = await anApiFixture(apiClient);
  });
  afterAll(() => apiClient.close());

  const languageOf = async (path: string, headers: Readonly<Record<string, string>>) => {
    const { tenantId } = fixture.tenant;
    const pages = aConsole(apiClient.runtime, { type: "user", tenantId, userId });
    const text = await (await pages.request(path, { headers: { accept: "text/html", ...headers } })).text();
    return /<html lang="([^"]*)"/.exec(text)?.[1];
  };

  it("CN06: is the browser's choice, else the viewer's, else the tenant's, else what the browser asks for", async () => {
    const { tenantId } = fixture.tenant;
    const path = `/search/${tenantId}`;
    const asks = { "accept-language": "uk" };
    expect(await languageOf(path, asks)).toBe("en");
    const { store } = fixture;
    const set = async (owner: Parameters<typeof store.preferences.of>[0], language: "da" | "pt-BR") => {
      const before = await store.preferences.of(owner);
      const after = { ...before, version: before.version + 1, choices: { ...before.choices, language } };
      await store.preferences.save(owner, { before, after }, undefined);
    };
    await set({ type: "tenant" }, "da");
    expect(await languageOf(path, asks)).toBe("da");
    await set({ type: "user", userId }, "pt-BR");
    for (const one of [path, "/keys", "/nowhere", "/search/t-none"])
      expect([one, await languageOf(one, asks)]).toEqual([one, "pt-BR"]);
    expect(await languageOf(path, { ...asks, cookie: "regulars-language=uk" })).toBe("uk");
    expect(await languageOf(path, { ...asks, cookie: "regulars-language=xx" })).toBe("pt-BR");
  });
});
