import { userIdSchema } from "@regulars/core/platform/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../../../test/fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../../../test/fixtures/api-tenants.ts";
import { aConsole, wasOf } from "../../../test/fixtures/page-console.ts";

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});
afterAll(() => apiClient.close());

async function ask(path: string, fields?: Readonly<Record<string, string>>, user = "ada") {
  const { tenantId } = fixture.tenant;
  const pages = aConsole(apiClient.runtime, { type: "user", tenantId, userId: userIdSchema.parse(user) });
  const [page = "", query = ""] = path.split("?");
  const answer = await pages.request(`/${page}/${tenantId}?${query}`, {
    headers: { accept: "text/html", "sec-fetch-site": "same-origin" },
    ...(fields === undefined ? {} : { method: "POST", body: new URLSearchParams(fields) }),
  });
  return { status: answer.status, text: (await answer.text()).replaceAll(/\s+/g, " ") };
}

const userOf = (userId: string) => fixture.store.user(userIdSchema.parse(userId));

describe("the page of users", () => {
  it("CN05: shows which rights a role would give before it is saved, and then gives them", async () => {
    const before = await userOf("bo");
    const { text } = await ask("users?user=bo");
    const fields = { was: wasOf(text), userId: "bo", name: "Bo <b>", role: "manager", isActive: "true" };
    const preview = await ask("users", { ...fields, do: "preview" });
    expect(preview.status).toBe(200);
    expect(preview.text).toContain("Role: <bdi>Rep</bdi> → <bdi>Manager</bdi>");
    expect(preview.text).toMatch(
      /Gets the rights: .*See insights of the team&#39;s customers <code class="soft">insights\.view_team</,
    );
    expect(preview.text).toContain("Is the rep of 1 customer.");
    expect(preview.text).not.toContain("Bo <b>");
    expect(await userOf("bo")).toEqual(before);
    expect((await ask("users", { ...fields, do: "save" })).status).toBe(303);
    expect(await userOf("bo")).toMatchObject({ name: "Bo <b>", role: "manager" });
  });

  it("CN05: says what becomes of the deals, leads, customers and messages of somebody who leaves", async () => {
    const { text } = await ask("users?user=anna");
    const fields = { was: wasOf(text), userId: "anna", name: "Anna", role: "rep", teamId: "north", isActive: "false" };
    const { status, text: said } = await ask("users", { ...fields, do: "preview" });
    expect(status).toBe(200);
    expect(said).toMatch(/Gets no more leads of <a href="[^"]+"><bdi>Course A<\/bdi>/);
    expect(said).toMatch(/News of \d+ customers? would go to <bdi>Max/);
    expect(said).toContain("Gets no digest any more.");
    const held = (await ask("users?user=bo")).text;
    const both = await Promise.all(
      [fields, { ...fields, was: wasOf(held), userId: "bo", name: "Bo" }].map((one) =>
        ask("users", { ...one, do: "preview" }),
      ),
    );
    expect(both.some((one) => /\d open deals? would have nobody who works on (?:it|them)\./.test(one.text))).toBe(true);
    expect((await userOf("anna"))?.isActive).not.toBe(false);
  });

  it("CN04: shows a second admin the first's change, and writes nothing", async () => {
    const { text } = await ask("users?user=max");
    const fields = { was: wasOf(text), userId: "max", role: "manager", isActive: "true", do: "save" };
    expect((await ask("users", { ...fields, name: "Max the first" })).status).toBe(303);
    const second = await ask("users", { ...fields, name: "Max the second" });
    expect(second.status).toBe(409);
    expect(second.text).toMatch(/<td><bdi>Max the first<\/bdi><\/td> <td><bdi>Max the second<\/bdi><\/td>/);
    expect(await userOf("max")).toMatchObject({ name: "Max the first" });
  });

  it("refuses what the API refuses, on the form, filled, and adds who is new once", async () => {
    const fields = {
      was: wasOf((await ask("users")).text),
      isNew: "1",
      userId: "nina",
      name: "Nina",
      role: "rep",
      do: "save",
    };
    const wrong = await ask("users", { ...fields, email: "no address" });
    expect([wrong.status, wrong.text.includes("is not one e-mail address")]).toEqual([422, true]);
    expect(wrong.text).toContain('value="no address"');
    expect((await ask("users", { ...fields, email: "nina@example.com" })).status).toBe(303);
    expect((await ask("users", fields)).text).toContain("There is a user nina already");
    expect(await userOf("nina")).toMatchObject({ name: "Nina", email: "nina@example.com" });
  });

  it("is not for a manager", async () => {
    expect((await ask("users", undefined, "max")).status).toBe(403);
    expect((await ask("api-keys", undefined, "max")).status).toBe(403);
  });
});

describe("the page of API keys", () => {
  const names = async () => (await fixture.store.apiKeys.list()).map(({ name }) => name);

  it("CN05: says what a key could do, makes it once with a secret that is shown once, and revokes it", async () => {
    const { text } = await ask("api-keys");
    const [, keyId = ""] =
      /name="action" value="make" \/> <input type="hidden" name="keyId" value="([^"]+)"/.exec(text) ?? [];
    const fields = { action: "make", keyId, name: "web shop 2", "ingest.write": "1" };
    const preview = await ask("api-keys", { ...fields, do: "preview" });
    expect(preview.text).toContain(
      '<bdi>web shop 2</bdi>: <span>Import data <code class="soft">ingest.write</code></span>',
    );
    expect(preview.text).toContain("No key of this name is active.");
    expect(await names()).not.toContain("web shop 2");
    const [first, again] = [
      await ask("api-keys", { ...fields, do: "save" }),
      await ask("api-keys", { ...fields, do: "save" }),
    ];
    const [, secret = ""] = /<code>(rgl_live_[^<]+)<\/code>/.exec(first.text) ?? [];
    expect([again.status, again.text.includes("rgl_live_")]).toEqual([200, false]);
    expect((await names()).filter((name) => name === "web shop 2")).toHaveLength(1);
    const me = () => apiClient.ask("/v1/me", { as: secret });
    expect((await me()).status).toBe(200);
    const asked = await ask("api-keys", { action: "revoke", keyId });
    expect(asked.text).toContain("Whatever uses it is refused at once.");
    expect((await me()).status).toBe(200);
    expect((await ask("api-keys", { action: "revoke", keyId, do: "save" })).status).toBe(200);
    expect((await me()).status).toBe(401);
    expect((await ask("api-keys")).text).not.toContain(secret);
  });

  it.each([
    [{ name: "<script>", "ingest.write": "1" }, "is not 1 to 64 letters"],
    [{ name: "shop" }, "choose at least one"],
    [{ name: "shop", "ingest.write": "1", keyId: "mine" }, "load it again"],
  ])("F2: refuses %j with the reason, and makes none", async (fields, said) => {
    const before = await names();
    const { status, text } = await ask("api-keys", { action: "make", keyId: "kabcabcabc123", do: "save", ...fields });
    expect([status, text.includes(said), text.includes("<script>")]).toEqual([422, true, false]);
    expect(await names()).toEqual(before);
  });
});
