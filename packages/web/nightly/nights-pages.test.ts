import { day, toInstant } from "@regulars/core/platform/values";
import { addDays, lastCompletedDay } from "@regulars/core/platform/period";
import { orNoted } from "@regulars/functions/workers/night-of-tenant";
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

async function nightsIn(language: string): Promise<string> {
  const answer = await aConsole(apiClient.runtime).request(`/nights/${fixture.tenant.tenantId}`, {
    headers: { accept: "text/html", cookie: `regulars-language=${language}` },
  });
  return (await answer.text()).replaceAll(/\s+/g, " ");
}

describe("the nights' history", () => {
  it("shows a night that failed with its reason and what to do, until it is done", async () => {
    const { runtime } = apiClient;
    const { store, tenant } = fixture;
    // The fixture's night is of the day before.
    const asOf = addDays(lastCompletedDay(toInstant(runtime.clock()), tenant.timeZone), 1);
    const outage = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    await expect(orNoted(() => Promise.reject(outage), asOf, { runtime, store })).rejects.toThrow("refused");
    expect((await store.nights.last(1))[0]).toMatchObject({ asOf, failed: { reason: "outage" } });
    const page = await nightsIn("en");
    expect(page).toContain("the database could not answer. It is tried again by itself");
    expect(page).toContain(`night --tenant ${tenant.tenantId}</code>`);
    expect(await nightsIn("da")).toContain("databasen kunne ikke svare");

    await expect(orNoted(() => Promise.reject(new Error("bug")), asOf, { runtime, store })).rejects.toThrow("bug");
    expect(await nightsIn("uk")).toContain("причина є в журналі");
    await store.nightly.saveNightly({ asOf, customers: 3, kinds: {} });
    expect(await nightsIn("en")).not.toContain("It is tried again by itself");
  });

  it("counts the days without a run, and says how one is started", async () => {
    const { store } = fixture;
    await store.nightly.saveNightly({ asOf: day("2025-01-01"), customers: 3, kinds: {} });
    await store.nightly.saveNightly({ asOf: day("2025-01-04"), customers: 3, kinds: {} });
    expect(await nightsIn("en")).toContain("2 days without a run. Start the run again: <code");
  });
});
