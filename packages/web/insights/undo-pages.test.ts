import { customerIdSchema, userIdSchema } from "@regulars/core/platform/values";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiTestClient, API_NOW, anApiClient } from "../../../test/fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../../../test/fixtures/api-tenants.ts";
import { itemsByKey } from "../../../test/fixtures/items-by-key.ts";
import { aConsole } from "../../../test/fixtures/page-console.ts";

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});
beforeEach(() => {
  apiClient.clock.nowMs = API_NOW + 60_000;
});
afterAll(() => apiClient.close());

const FINDING = "churn-risk%3Aacme";
const UNTIL = "2026-12-24";
const pathOf = (): string => `/findings/${fixture.tenant.tenantId}/${FINDING}`;

async function ask(user: string, path: string, fields?: Readonly<Record<string, string>>) {
  const pages = aConsole(apiClient.runtime, {
    type: "user",
    tenantId: fixture.tenant.tenantId,
    userId: userIdSchema.parse(user),
  });
  const headers = { accept: "text/html", "sec-fetch-site": "same-origin" };
  const answer = await pages.request(path, {
    headers,
    ...(fields === undefined ? {} : { method: "POST", body: new URLSearchParams(fields) }),
  });
  const text = (await answer.text()).replaceAll(/\s+/g, " ");
  return { status: answer.status, text, location: answer.headers.get("location") };
}

const act = (fields: Readonly<Record<string, string>>, user = "anna") => ask(user, pathOf(), fields);

/** Every item of the tenant, as text. */
function items(): ReadonlyMap<string, string> {
  const all = itemsByKey(fixture.tenant.tenantId);
  return new Map(Object.entries(all).map(([key, item]) => [key, JSON.stringify(item, Object.keys(item).toSorted())]));
}

/** What differs, by key; dirty markers, heads and packed years say only that something has to be read or counted again. */
const changed = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => before.get(key) !== after.get(key) && !/#CHANGED#|DIRTY|#HEADS /.test(key),
  );

const ACTIONS: readonly Readonly<Record<string, string>>[] = [
  { action: "contacted" },
  { action: "snooze", until: UNTIL },
  { action: "dismiss" },
  { action: "feedback", verdict: "useful", note: "" },
  { action: "feedback", verdict: "known_reason", note: "On holiday" },
  { action: "feedback", verdict: "wrong", note: "<script>" },
];

describe("an action on a finding", () => {
  it.each(ACTIONS)("FY01: is undone whole within ten seconds: %j", async (fields) => {
    const before = items();
    expect((await act(fields)).status).toBe(303);
    expect(changed(before, items()).length).toBeGreaterThan(0);
    expect((await ask("anna", pathOf())).text).toMatch(/value="undo"\s*>\s*Undo/);
    apiClient.clock.nowMs += 10_000;
    expect((await act({ action: "undo" })).status).toBe(303);
    expect(changed(before, items())).toEqual([]);
  });

  it("FY01: is told in a sentence that says what became of the finding", async () => {
    const told = async (fields: Readonly<Record<string, string>>) => {
      await act(fields);
      const { text } = await ask("anna", pathOf());
      return /role="status"[^>]*>\s*<bdi>[^<]*<\/bdi>: ([^<]*)</.exec(text)?.[1];
    };
    expect(await told({ action: "snooze", until: UNTIL })).toBe("Set aside until Dec 24, 2026");
    expect(await told({ action: "reopen" })).toBe("Back on the list.");
    expect(await told({ action: "dismiss" })).toBe("Set aside until something new happens");
    expect(await told({ action: "undo" })).toBeUndefined();
  });

  it("FY01: is undone once, by whom it is of, and not after ten seconds", async () => {
    await act({ action: "snooze", until: UNTIL });
    const other = await act({ action: "undo" }, "max");
    expect([other.status, other.text.includes("There is nothing of yours to undo")]).toEqual([422, true]);
    apiClient.clock.nowMs += 10_001;
    expect((await ask("anna", pathOf())).text).not.toContain('value="undo"');
    const late = await act({ action: "undo" });
    expect([late.status, late.text.includes("can be undone for 10 seconds, once")]).toEqual([422, true]);
    expect((await act({ action: "reopen" })).status).toBe(303);
    const both = await Promise.all([act({ action: "undo" }), act({ action: "undo" })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 422]);
    expect((await ask("anna", pathOf())).text).toContain("Set aside until");
    await act({ action: "reopen" });
  });

  it("FY01: that replaced an earlier one is undone to the earlier one", async () => {
    await act({ action: "feedback", verdict: "useful", note: "first" });
    await act({ action: "snooze", until: UNTIL });
    const before = items();
    apiClient.clock.nowMs += 1_000;
    await act({ action: "snooze", until: "2026-12-31" });
    await act({ action: "undo" });
    expect(changed(before, items()).filter((key) => !key.includes("#UNDO "))).toEqual([]);
    await act({ action: "feedback", verdict: "wrong", note: "second" });
    await act({ action: "undo" });
    expect(changed(before, items()).filter((key) => !key.includes("#UNDO "))).toEqual([]);
    await act({ action: "reopen" });
  });

  it("FY01: is not undone over what somebody else has changed since", async () => {
    await act({ action: "snooze", until: UNTIL });
    const { review, nightly } = fixture.store;
    const undo = await review.undoOf("churn-risk:acme");
    apiClient.clock.nowMs += 1_000;
    await act({ action: "snooze", until: "2026-12-31" }, "max");
    // Max's row has replaced Anna's; with hers the finding itself says that it has changed.
    if (undo === undefined) throw new Error("nothing can be undone");
    await review.keepUndo(undo);
    const refused = await act({ action: "undo" });
    expect([refused.status, refused.text.includes("Somebody has changed this finding since")]).toEqual([422, true]);
    expect(
      await nightly.finding({ kind: "churn-risk", subject: { type: "customer", id: customerIdSchema.parse("acme") } }),
    ).toMatchObject({
      dismissal: { until: "2026-12-31" },
    });
    await act({ action: "reopen" });
  });
});

describe("a call about a finding", () => {
  it("FY01: has the statuses of the customer settled at once, also when it is undone", async () => {
    for (const action of ["contacted", "undo"]) {
      apiClient.sent.length = 0;
      expect((await act({ action })).status).toBe(303);
      const settled = apiClient.sent.filter(({ queue }) => queue === "rebuilds").map(({ body }) => body);
      expect(settled).toEqual([{ tenantId: fixture.tenant.tenantId, customerIds: ["acme"] }]);
    }
  });
});

describe("the list of For You", () => {
  const list = (query = "") => ask("anna", `/for-you/${fixture.tenant.tenantId}/anna${query}`);

  it("FY01: has for each entry of today why, the money, whom to call and to write to, and what can be done", async () => {
    const { text } = await list();
    const [row = ""] = /<li data-name="Acme[^]*?<\/li>/.exec(text) ?? [];
    expect(row).toContain(`href="/findings/${fixture.tenant.tenantId}/overdue-payments%3Aacme"`);
    expect(row).toContain("owes €1,190.00 on 1 invoice");
    expect(row).toContain('class="stake">€595.00');
    expect(row).toContain('href="tel:');
    expect(row).toContain('value="contacted"');
    expect(row).toContain('value="snooze"');
  });

  it("FY08: has the two sections For You and Insights", async () => {
    const { text } = await list();
    const headings = [...text.matchAll(/<h2[^>]*>([^<]*)<\/h2>/g)].map(([, heading]) => heading);
    expect(headings).toEqual(["For You", "Insights"]);
  });

  it("FY01: acts on a row, comes back to the list as it was, and undoes there", async () => {
    const back = `/for-you/${fixture.tenant.tenantId}/anna?basis=order`;
    const done = await act({ action: "contacted", back });
    expect([done.status, done.location]).toEqual([303, `${back}&did=churn-risk%3Aacme`]);
    const after = await ask("anna", done.location ?? "");
    expect(after.text).toMatch(/role="status"[^>]*><bdi>Acme[^<]*<\/bdi>: Noted as contacted today/);
    expect(after.text).toContain(`name="back" value="${back}"`);
    expect((await act({ action: "undo", back })).status).toBe(303);
    expect((await ask("anna", done.location ?? "")).text).not.toContain('value="undo"');
    const elsewhere = await act({ action: "contacted", back: "https://evil.example/" });
    expect(elsewhere.location).toBe("/?did=churn-risk%3Aacme");
    await act({ action: "undo" });
  });

  it("FY02: shows a past day with its own findings, without anything to do to them", async () => {
    const { status, text } = await list("?asOf=2026-11-20");
    expect(status).toBe(200);
    expect(text).toContain("a past day");
    expect(text).toContain('<time datetime="2026-11-20">');
    expect(text).not.toMatch(/value="contacted"|data-live/);
    expect(text).toContain("?asOf=2026-11-20&amp;basis=invoice#week");
  });

  it("CN04: says what of a mangled address it does not use, and shows the rest", async () => {
    const { status, text } = await list("?asOf=soon&basis=%3Cb%3E&nonsense=1&window=30");
    expect(status).toBe(200);
    const [said = ""] = /<div class="unused" role="alert">.*?<\/div>/.exec(text) ?? [];
    expect(
      said
        .replaceAll(/<[^>]*>/g, "")
        .trim()
        .split(/\s{2,}|(?<=\w) (?=asOf|nonsense)/),
    ).toEqual([
      "Not used of this address:",
      "basis=&lt;b&gt;: it can be order, invoice",
      "asOf=soon: it can be a day like 2026-11-30",
      "nonsense=1",
    ]);
    expect(text).toContain(`/anna?window=30&amp;basis=invoice#week`);
    expect(text).toContain("Weekly sales");
    const late = await list("?asOf=2999-01-01");
    expect([late.status, late.text.includes("asOf=2999-01-01")]).toEqual([200, true]);
    expect((await list()).text).not.toContain("Not used of this address");
  });

  it("FY01: gives its script the list alone, from which what is settled is gone", async () => {
    const part = async () => {
      const pages = aConsole(apiClient.runtime, {
        type: "user",
        tenantId: fixture.tenant.tenantId,
        userId: userIdSchema.parse("anna"),
      });
      const answer = await pages.request(`/for-you/${fixture.tenant.tenantId}/anna`, { headers: { "x-part": "live" } });
      return answer.text();
    };
    const first = await part();
    expect(first).toMatch(/^<section[^>]*id="list" data-live data-gone="Off the list: {list}\." data-come="[^"]*">/);
    expect(first).not.toContain("Weekly sales");
    expect(first).toContain('data-name="Acme');
    await act({ action: "dismiss" });
    expect(await part()).toContain("set aside");
    await act({ action: "undo" });
    expect(await part()).toBe(first);
  });
});
