import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient, bodyOf } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";

/** Who set what of the preferences, when. */

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});

afterAll(() => apiClient.close());

interface Log {
  readonly data: readonly object[];
  readonly next: string | null;
}
const patch = (path: string, body: object, as: string) => apiClient.ask(path, { method: "PATCH", as, body });
const OWN = "/v1/users/anna/notification-preferences";

describe("the change log of preferences", () => {
  it("has who changed what from what to what, newest first, in pages", async () => {
    const { anna, ada } = fixture.tokens;
    await patch("/v1/me/notification-preferences", { digestAt: "06:30" }, anna);
    await patch(OWN, { digestAt: "07:15", channel: "mail" }, ada);
    await patch(OWN, { digestAt: "07:15" }, ada);
    const first = await bodyOf<Log>(await apiClient.ask(`${OWN}/changes?limit=1`, { as: ada }));
    expect(first.data).toMatchObject([
      {
        by: "user:ada",
        reason: null,
        changes: [
          { preference: "channel", from: null, to: "mail" },
          { preference: "digestAt", from: "06:30", to: "07:15" },
        ],
      },
    ]);
    const cursor = encodeURIComponent(first.next ?? "");
    const second = await bodyOf<Log>(await apiClient.ask(`${OWN}/changes?limit=1&cursor=${cursor}`, { as: anna }));
    expect(second).toMatchObject({
      data: [{ by: "user:anna", changes: [{ preference: "digestAt", from: null, to: "06:30" }] }],
      next: null,
    });
  });

  it("of the tenant is for who manages its settings, and of others for who manages users", async () => {
    const { anna, ada, max } = fixture.tokens;
    await patch("/v1/tenant/notification-preferences", { defaults: { language: "da" } }, ada);
    const path = "/v1/tenant/notification-preferences/changes";
    expect(await bodyOf<Log>(await apiClient.ask(path, { as: ada }))).toMatchObject({
      data: [{ by: "user:ada", changes: [{ preference: "language", from: null, to: "da" }] }],
      next: null,
    });
    expect((await apiClient.ask(path, { as: anna })).status).toBe(403);
    expect((await apiClient.ask("/v1/users/ada/notification-preferences/changes", { as: max })).status).toBe(403);
  });
});
