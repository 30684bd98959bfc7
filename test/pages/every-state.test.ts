import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import type { Runtime } from "@regulars/functions/runtime";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, API_NOW, anApiClient } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { type ConsoleRoute, addressOf, consoleRoutes } from "../fixtures/console-routes.ts";
import { aConsole } from "../fixtures/page-console.ts";
import { type TestTenant, aTenantStore } from "../fixtures/tenant.ts";

/** Every page of the console in the states in which there is nothing to show: read from the console, so that a new page is covered too. */

const routes = await consoleRoutes();

let apiClient: ApiTestClient;
let fixture: ApiFixture;
const ada = userIdSchema.parse("ada");

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});
afterAll(() => apiClient.close());

const nameOf = ({ method, path }: ConsoleRoute): string => `${method} ${path}`;

async function ask(runtime: Runtime, tenantId: TestTenant["tenant"]["tenantId"], method: string, address: string) {
  const answer = await aConsole(runtime, { type: "user", tenantId, userId: ada }).request(address, {
    method,
    headers: {
      accept: "text/html",
      "accept-language": "en",
      ...(method === "GET"
        ? {}
        : { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" }),
    },
    ...(method === "GET" ? {} : { body: "do=save" }),
  });
  return { status: answer.status, text: (await answer.text()).replaceAll(/\s+/g, " ") };
}

describe("a page that fails", () => {
  it("CN07: has the id under which the log has the reason, and the way to try again, whichever it is", async () => {
    const runtime: Runtime = {
      ...apiClient.runtime,
      tableFor: () => {
        throw new Error("a fault of the program");
      },
    };
    for (const route of routes) {
      const address = addressOf(route, fixture);
      const before = apiClient.lines.length;
      const { status, text } = await ask(runtime, fixture.tenant.tenantId, route.method, address);
      const logged = apiClient.lines.slice(before).find(({ what }) => what === "page failed")?.figures;
      const [, requestId] = /<code>(req_[^<]+)<\/code>/.exec(text) ?? [];
      expect([nameOf(route), status, logged]).toEqual([
        nameOf(route),
        500,
        expect.objectContaining({ requestId, reason: expect.stringContaining("a fault of the program") }),
      ]);
      expect([nameOf(route), text.includes("a fault of the program")]).toEqual([nameOf(route), false]);
      const again = `<a class="button" href="${address}">`;
      expect([nameOf(route), text.includes(again)]).toEqual([nameOf(route), route.method === "GET"]);
    }
  });
});

/** A tenant with one admin and nothing else. */
async function anEmptyTenant(edition: "basic" | "enterprise"): Promise<TestTenant> {
  const empty = aTenantStore({ edition }, () => apiClient.runtime.table);
  await openTenantDirectory(empty.table).ensure(empty.tenant, toInstant(API_NOW));
  await empty.store.imports.saveUsers([{ userId: ada, name: "Ada", role: "admin" }]);
  return empty;
}

const readsOfAll = (): readonly ConsoleRoute[] =>
  routes.filter(({ method, path }) => method === "GET" && !/:(?!tenant)\w/.test(path));

describe("a page without anything to show", () => {
  it("CN07: says what to do next, whichever it is, and offers what it can", async () => {
    const { tenant } = await anEmptyTenant("enterprise");
    for (const route of readsOfAll().filter(({ path }) => !path.endsWith(".csv"))) {
      const address = addressOf(route, { ...fixture, tenant });
      const { status, text } = await ask(apiClient.runtime, tenant.tenantId, "GET", address);
      const [main = ""] = /<main.*<\/main>/.exec(text) ?? [];
      expect([nameOf(route), status]).toEqual([nameOf(route), 200]);
      // A sentence, the command of the first step, the form that makes the first of what it lists, or what it always lists.
      const isUsable = /class="[^"]*\bempty\b|class="command"|<form\b(?![^>]*method="get")|<tbody>\s*<tr/.test(main);
      expect([nameOf(route), isUsable]).toEqual([nameOf(route), true]);
      expect([nameOf(route), /<tbody>\s*<\/tbody>/.test(main)]).toEqual([nameOf(route), false]);
    }
  });

  it.each([
    ["/code-red/:tenant", "import orders"],
    ["/data-quality/:tenant", "import customers"],
    ["/relationships/:tenant", "import activities"],
    ["/nights/:tenant", "regulars night"],
    ["/refusals/:tenant/deals", "No deal was closed"],
  ])("CN07: %s names the first step", async (path, said) => {
    const { tenant } = await anEmptyTenant("enterprise");
    const address = addressOf({ method: "GET", path }, { ...fixture, tenant });
    expect((await ask(apiClient.runtime, tenant.tenantId, "GET", address)).text).toContain(said);
  });

  it("CN07: of a feature that the edition has not, says so and who may change that", async () => {
    const { tenant } = await anEmptyTenant("basic");
    const barred: string[] = [];
    for (const route of readsOfAll()) {
      const address = addressOf(route, { ...fixture, tenant });
      const { status, text } = await ask(apiClient.runtime, tenant.tenantId, "GET", address);
      if (status === 200) continue;
      barred.push(route.path);
      expect([nameOf(route), status]).toEqual([nameOf(route), 403]);
      expect(text).toContain("of the editions pro and enterprise");
      expect(text).toContain("Who runs Regulars for you may change the edition of your company.");
    }
    expect(barred).toEqual(expect.arrayContaining(["/code-red/:tenant", "/statuses/:tenant", "/selections/:tenant"]));
  });
});
