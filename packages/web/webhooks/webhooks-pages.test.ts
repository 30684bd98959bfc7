import { userIdSchema } from "@regulars/core/platform/values";
import { EXAMPLE_SECRET, exampleDelivery } from "@regulars/functions/api/webhooks/event-examples";
import { eventTypes } from "@regulars/functions/api/webhooks/event-types";
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

async function ask(page: string, fields?: Readonly<Record<string, string>>, user = "ada", query = "") {
  const { tenantId } = fixture.tenant;
  const pages = aConsole(apiClient.runtime, { type: "user", tenantId, userId: userIdSchema.parse(user) });
  const answer = await pages.request(`/${page}/${tenantId}${query}`, {
    headers: { accept: "text/html", "sec-fetch-site": "same-origin" },
    ...(fields === undefined ? {} : { method: "POST", body: new URLSearchParams(fields) }),
  });
  return { status: answer.status, text: (await answer.text()).replaceAll(/\s+/g, " ") };
}

const urls = async () => (await fixture.store.webhooks.list()).map(({ url }) => url);
const secretIn = (text: string): string | undefined => /<code>(whsec_[^<]+)<\/code>/.exec(text)?.[1];

describe("the page of webhooks", () => {
  it("CN05: says what would be delivered, makes a webhook once with its secret shown once, and removes it", async () => {
    const { text } = await ask("webhooks");
    const [, webhookId = ""] = /name="webhookId" value="(wh_[a-f0-9]{18})"/.exec(text) ?? [];
    const fields = { action: "make", webhookId, url: "https://erp.example/hook", "deal.closed": "1" };
    const preview = await ask("webhooks", { ...fields, do: "preview" });
    expect(preview.text).toContain(
      '<bdi>https://erp.example/hook</bdi>: <span>A deal was closed <code class="soft">deal.closed</code>',
    );
    const [head, body, ...others] = [...preview.text.matchAll(/<pre><code>(.*?)<\/code><\/pre>/g)].map(
      ([, code = ""]) => code.replaceAll("&quot;", '"'),
    );
    const example = exampleDelivery("deal.closed");
    const headers = Object.entries(example.headers).map(([name, value]) => ` ${name}: ${value}`);
    expect([head, others]).toEqual([`POST https://erp.example/hook${headers.join("")}`, []]);
    expect(JSON.stringify(JSON.parse(body ?? ""))).toBe(example.body);
    expect(preview.text).toContain(`signed with the secret <code>${EXAMPLE_SECRET}</code>, which is made up too`);
    expect(await urls()).not.toContain("https://erp.example/hook");
    const made = await ask("webhooks", { ...fields, do: "save" });
    const again = await ask("webhooks", { ...fields, do: "save" });
    const stored = await fixture.store.webhooks.find(webhookId);
    expect([secretIn(made.text), secretIn(again.text)]).toEqual([stored?.secret, undefined]);
    expect((await urls()).filter((url) => url === "https://erp.example/hook")).toHaveLength(1);

    const event = { deliveryId: "evt_1", type: "deal.closed", event: {}, correlationId: "r", isBulk: false };
    const at = "2026-11-23T00:00:00.000Z";
    const state = "waiting" as const;
    const waits = { ...event, webhookId, state, attempts: 0, tries: [], createdAt: at, dueAt: at };
    for (const deliveryId of ["evt_1", "evt_2"]) await fixture.store.webhooks.replay({ ...waits, deliveryId });
    await fixture.store.webhooks.replay({ ...waits, deliveryId: "evt_3", state: "failed" });
    expect((await ask("webhooks", { action: "pause", webhookId })).text).toContain("is not sent. 2 wait now.");
    expect((await fixture.store.webhooks.find(webhookId))?.isActive).toBe(true);
    await ask("webhooks", { action: "pause", webhookId, do: "save" });
    expect((await fixture.store.webhooks.find(webhookId))?.isActive).toBe(false);
    expect((await ask("webhooks", { action: "resume", webhookId })).text).toContain("2 deliveries wait now.");
    await ask("webhooks", { action: "resume", webhookId, do: "save" });
    expect((await fixture.store.webhooks.find(webhookId))?.isActive).toBe(true);

    expect((await ask("webhooks", { action: "rotate", webhookId })).text).toContain("for a day with the old one too");
    expect((await fixture.store.webhooks.find(webhookId))?.secret).toBe(stored?.secret);
    const rotated = secretIn((await ask("webhooks", { action: "rotate", webhookId, do: "save" })).text);
    expect(await fixture.store.webhooks.find(webhookId)).toMatchObject({ secret: rotated, oldSecret: stored?.secret });

    await ask("webhooks", { action: "remove", webhookId });
    expect(await fixture.store.webhooks.find(webhookId)).toBeDefined();
    await ask("webhooks", { action: "remove", webhookId, do: "save" });
    expect(await fixture.store.webhooks.find(webhookId)).toBeUndefined();
  });

  it("CN05: changes address and events after saying what would be delivered, and nothing from a stale form", async () => {
    const webhookId = `wh_${"c".repeat(18)}`;
    await ask("webhooks", {
      action: "make",
      webhookId,
      url: "https://erp.example/was",
      "deal.closed": "1",
      do: "save",
    });
    const stored = () => fixture.store.webhooks.find(webhookId);
    const list = (await ask("webhooks")).text;
    const [, address = ""] =
      /<a class="button" href="[^"?]*(\?webhook=[^"#]*)#edit" ?>Change<span class="hidden"> https:\/\/erp.example\/was</.exec(
        list,
      ) ?? [];
    expect(address).toBe(`?webhook=${webhookId}`);
    const [, form = ""] = (await ask("webhooks", undefined, "ada", address)).text.split('id="edit"');
    const [, was = ""] = /name="was" value="([^"]+)"/.exec(form) ?? [];
    expect(form).toMatch(/name="url"[^>]* value="https:\/\/erp.example\/was"/);
    expect([...form.matchAll(/name="([^"]+)" value="1" checked/g)].map(([, type]) => type)).toEqual(["deal.closed"]);

    const fields = { action: "edit", webhookId, was, url: "https://erp.example/now", "deal.created": "1" };
    const before = await stored();
    const preview = await ask("webhooks", { ...fields, do: "preview" });
    expect(preview.text).toContain("There would be deliveries to <bdi>https://erp.example/now</bdi>");
    const wrong = await ask("webhooks", { ...fields, url: "https://10.0.0.1/", do: "save" });
    expect([preview.status, wrong.status, await stored()]).toEqual([200, 422, before]);

    expect((await ask("webhooks", { ...fields, do: "save" })).status).toBe(200);
    expect(await stored()).toEqual({
      ...before,
      url: "https://erp.example/now",
      events: ["deal.created"],
      version: 2,
    });
    const late = await ask(
      "webhooks",
      { ...fields, url: "https://erp.example/late", do: "save" },
      "ada",
      `?webhook=${webhookId}`,
    );
    expect(late.status).toBe(409);
    expect(late.text).toMatch(/<bdi>https:\/\/erp.example\/now<\/bdi><\/td> <td><bdi>https:\/\/erp.example\/late</);
    expect(await stored()).toMatchObject({ url: "https://erp.example/now", version: 2 });
    expect((await fixture.store.changeLogs.webhooks.page({ limit: 1 })).entries).toMatchObject([
      { of: webhookId, changes: [{ setting: "events" }, { setting: "url", to: "https://erp.example/now" }] },
    ]);
  });

  it.each(["ftp://erp.example/", "https://10.0.0.1/", "<script>"])(
    "F2: refuses the address %s with the reason",
    async (url) => {
      const before = await urls();
      const { status, text } = await ask("webhooks", {
        action: "make",
        webhookId: `wh_${"a".repeat(18)}`,
        url,
        do: "save",
      });
      expect([status, /role="alert".*Address “.{10}/.test(text), text.includes("<script>")]).toEqual([
        422,
        true,
        false,
      ]);
      expect(await urls()).toEqual(before);
    },
  );

  it("CN05: without a choice, shows an example of every event", async () => {
    const fields = { action: "make", webhookId: `wh_${"b".repeat(18)}`, url: "https://erp.example/all" };
    const { text } = await ask("webhooks", { ...fields, do: "preview" });
    const shown = [...text.matchAll(/<summary><span>.*?<code class="soft">(.*?)<\/code>/g)].map(([, type]) => type);
    expect(shown).toEqual([...eventTypes]);
  });

  it("is not for a manager", async () => {
    expect((await ask("webhooks", undefined, "max")).status).toBe(403);
  });
});

describe("the page of nights", () => {
  it("CN07: has the figures of the last nightly run, its failures, and what was told to nobody", async () => {
    const { status, text } = await ask("nights");
    expect(status).toBe(200);
    expect(text).toContain("counted everything up to Nov 22, 2026");
    expect(text).toMatch(/<th scope="row">Churn risk<\/th> <td class="number">\d+<\/td> <td class="number">2<\/td>/);
    expect(text).toContain("No customer was passed over.");
  });

  it("CN07: names what is missing of the data and whose, to who sees every customer", async () => {
    const { text } = await ask("data-quality");
    expect(text).toMatch(/A phone number<\/th> <td[^>]*>[1-9]\d*<\/td>/);
    // What is there of everybody is one sentence, not a row of nothing.
    expect(text).toMatch(/✓ Complete: (?:[a-z -]+, )*[a-z -]+ and [a-z -]+\./);
    expect(text).not.toMatch(/<td[^>]*>0<\/td>/);
    expect((await ask("data-quality", undefined, "anna")).status).toBe(403);
    expect((await ask("nights", undefined, "anna")).status).toBe(403);
  });
});
