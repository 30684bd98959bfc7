import { type LinkClaims, type LinkScope, readLinkToken, signLinkToken } from "@regulars/core/notifications/link-token";
import { day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { changeTenantPreferences } from "@regulars/flows/notifications/change-preferences";
import { Operations } from "@regulars/store/engine/operations";
import { keysOf } from "@regulars/store/keys";
import { noUsage } from "@regulars/store/engine/table";
import { type TenantStore, openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { API_NOW, type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { aTenant } from "../fixtures/tenant.ts";

/** The pages that links of messages lead to, for whoever has the link. */

const anna = userIdSchema.parse("anna");
let apiClient: ApiTestClient;
let tenant: Tenant;
let store: TenantStore;

beforeAll(async () => {
  apiClient = await anApiClient();
});
afterAll(() => apiClient.close());
beforeEach(async () => {
  apiClient.clock.nowMs = API_NOW;
  tenant = aTenant({ name: "Nordic <b>Foods</b>", locale: "en" });
  await openTenantDirectory(apiClient.runtime.table).ensure(tenant, toInstant(API_NOW));
  store = openTenantStore(apiClient.runtime.table, tenant);
});

function tokenFor(scope: LinkScope, given: Partial<LinkClaims> = { userId: anna }): string {
  const [secret] = apiClient.runtime.linkSecrets;
  if (secret === undefined) throw new Error("the API has no secret of links");
  return signLinkToken({ tenantId: tenant.tenantId, scope, issuedOn: day("2026-11-23"), ...given }, secret);
}

const pathOf = (token: string): string => `/links/unsubscribe/${token}`;
/** As a mail program sends it (RFC 8058). */
const oneClick = {
  method: "POST",
  raw: "List-Unsubscribe=One-Click",
  headers: { "content-type": "application/x-www-form-urlencoded" },
};
const choices = async () => (await store.preferences.of({ type: "user", userId: anna })).choices;
/** Everything that is stored of preferences, with its log. */
async function stored(): Promise<unknown> {
  const operations = new Operations(apiClient.runtime.table, noUsage());
  const keys = keysOf(tenant.tenantId);
  const found: unknown[] = [];
  for (const pk of [keys.notificationPreferences(), keys.userPreferencesLog(anna), keys.groupOptOuts()])
    for await (const item of operations.partition(pk)) found.push(item);
  return found;
}

describe("a link that unsubscribes", () => {
  it("BX18: changes nothing when it is opened, however often and by whatever scans mails, and shows what its button ends", async () => {
    const scopes = ["digest", "kind:churn-risk", "kind:introduction", "all"] as const;
    const links = [...scopes.map((scope) => tokenFor(scope)), tokenFor("group", { personAddressHash: "abc" })].map(
      pathOf,
    );
    for (const link of [...links, ...links]) {
      const page = await apiClient.ask(link);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain(`<form method="post" action="${link}"><button>Unsubscribe</button></form>`);
      expect((await apiClient.ask(link, { method: "HEAD" })).status).toBe(200);
      expect((await apiClient.ask(`${link}?List-Unsubscribe=One-Click`)).status).toBe(200);
      expect((await apiClient.ask(`${link}/again`)).status).toBe(200);
    }
    expect(await stored()).toEqual([]);
  });

  it("BX18: scenario 2: ends the digest by one click, twice, without cookie, login or redirect, answered 200 and 200", async () => {
    const link = pathOf(tokenFor("digest"));
    const first = await apiClient.ask(link, oneClick);
    expect([first.status, first.headers.get("location"), first.headers.get("set-cookie")]).toEqual([200, null, null]);
    expect(await first.text()).toContain(
      "Done: you no longer get your daily digest of Nordic &lt;b&gt;Foods&lt;/b&gt;.",
    );
    const after = await stored();
    const second = await apiClient.ask(link, {
      ...oneClick,
      headers: { ...oneClick.headers, "x-forwarded-for": "203.0.113.9" },
    });
    expect(second.status).toBe(200);
    expect(await stored()).toEqual(after);
    expect(await choices()).toEqual({ digestDays: [] });
    const { entries } = await store.preferences.changes({ type: "user", userId: anna }, { limit: 10 });
    expect(entries).toMatchObject([{ by: "unsubscribe-link" }]);
  });

  it.each([
    ["kind:churn-risk", { kinds: { "churn-risk": { high: "off", medium: "off", watch: "off" } } }],
    ["kind:introduction", { kinds: { introduction: { high: "off", medium: "off", watch: "off" } } }],
    [
      "kind:churn-risk,lost-items",
      {
        kinds: {
          "churn-risk": { high: "off", medium: "off", watch: "off" },
          "lost-items": { high: "off", medium: "off", watch: "off" },
        },
      },
    ],
    ["all", { allOff: true }],
  ] as const)("of the scope %s ends just that, and its way back takes it back", async (scope, ended) => {
    const link = pathOf(tokenFor(scope));
    await apiClient.ask(link, oneClick);
    expect(await choices()).toEqual(ended);
    expect(await (await apiClient.ask(link)).text()).toContain(
      `action="${link}/again"><button>Get them again</button>`,
    );
    const back = await apiClient.ask(`${link}/again`, { method: "POST" });
    expect(back.status).toBe(200);
    expect(await choices()).toEqual({});
  });

  it("of an alert that tells several findings names every kind that it ends", async () => {
    const page = await apiClient.ask(pathOf(tokenFor("kind:churn-risk,lost-items")));
    expect(await page.text()).toContain("messages about “Churn risk and Lost items” of");
  });

  it("of a group mailing ends those to one address, and no user's messages", async () => {
    const link = pathOf(tokenFor("group", { personAddressHash: "abc" }));
    expect((await apiClient.ask(link, oneClick)).status).toBe(200);
    expect((await apiClient.ask(link, oneClick)).status).toBe(200);
    expect(await store.groupOptOuts.all()).toEqual(new Set(["abc"]));
    await apiClient.ask(`${link}/again`, { method: "POST" });
    expect(await store.groupOptOuts.all()).toEqual(new Set());
    expect(await choices()).toEqual({});
  });

  it("says what stays on because the company makes it compulsory, with the reason", async () => {
    await changeTenantPreferences({
      store,
      patch: {},
      compulsions: [{ set: { kinds: { "overdue-payments": { high: "at-once" } } }, reason: "The bank asks for it." }],
      by: "user:ada",
      now: toInstant(API_NOW),
    });
    const stays = "Some of it stays on, because the company makes it compulsory: The bank asks for it.";
    expect(await (await apiClient.ask(pathOf(tokenFor("all")))).text()).toContain(stays);
    expect(await (await apiClient.ask(pathOf(tokenFor("kind:overdue-payments")), oneClick)).text()).toContain(stays);
    expect(await (await apiClient.ask(pathOf(tokenFor("kind:churn-risk")))).text()).not.toContain("compulsory");
  });

  it("has a page in the reader's language, which loads nothing and is kept by nobody", async () => {
    const danish = aTenant({ name: "Nordisk", locale: "da-DK" });
    await openTenantDirectory(apiClient.runtime.table).ensure(danish, toInstant(API_NOW));
    const page = await apiClient.ask(pathOf(tokenFor("kind:churn-risk", { tenantId: danish.tenantId, userId: anna })));
    expect(await page.text()).toContain("<button>Afmeld</button>");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
  });
});

describe("a link that cannot be used", () => {
  const sentence = "This link is not complete. Open it again from the message, and copy all of it.";

  it("BX18: is answered by a sentence for people when it is cut by one character, and changes nothing", async () => {
    for (const cut of [
      tokenFor("all").slice(0, -1),
      tokenFor("all").slice(1),
      "x",
      "%00",
      "..%2F..",
      "a".repeat(5_000),
    ])
      for (const asked of [{}, oneClick]) {
        const page = await apiClient.ask(pathOf(cut), asked);
        const text = await page.text();
        expect([page.status, page.headers.get("content-type")]).toEqual([400, "text/html; charset=UTF-8"]);
        expect(text).toContain(sentence);
        expect(text).not.toMatch(/<form|at Object|Error:/);
      }
    expect(await stored()).toEqual([]);
  });

  it.each(["", "/", "/%00", "/%ff", "/../unsubscribe/x", "/a/b/c", "/a/again/b"])(
    "is answered by a sentence for people when %j is left of it or stands behind it",
    async (rest) => {
      for (const asked of [{}, oneClick]) {
        const page = await apiClient.ask(`/links/unsubscribe${rest}`, asked);
        expect([page.status, page.headers.get("content-type")]).toEqual([400, "text/html; charset=UTF-8"]);
        expect(await page.text()).toContain("This link is not complete.");
      }
    },
  );

  it("is answered the same for a tenant that is not there, a link to preferences, and a scope without its reader", async () => {
    const elsewhere = aTenant();
    const tokens = [
      tokenFor("all", { tenantId: elsewhere.tenantId, userId: anna }),
      tokenFor("preferences"),
      tokenFor("group"),
      tokenFor("all", {}),
    ];
    for (const token of tokens) {
      const page = await apiClient.ask(pathOf(token), oneClick);
      expect([page.status, (await page.text()).includes(sentence)]).toEqual([400, true]);
    }
    expect(await stored()).toEqual([]);
  });

  it("does not tell whether its reader is a user: both are answered alike", async () => {
    const [known, unknown] = await Promise.all(
      ["anna", "nobody"].map(async (userId) => {
        const token = tokenFor("all", { userId: userIdSchema.parse(userId) });
        const page = await apiClient.ask(pathOf(token));
        return [page.status, (await page.text()).replaceAll(/\/links\/\w+\/[\w.-]+/g, "")];
      }),
    );
    expect(known).toEqual(unknown);
  });

  it("is refused after 180 days, in the language that the browser asks for", async () => {
    const link = pathOf(tokenFor("all"));
    apiClient.clock.nowMs = API_NOW + 181 * 86_400_000;
    const page = await apiClient.ask(link, { headers: { "accept-language": "xx, uk-UA;q=0.9, en;q=0.5" } });
    expect([page.status, (await page.text()).includes("Посиланню понад 180 днів")]).toEqual([410, true]);
    expect((await apiClient.ask(link, oneClick)).status).toBe(410);
    expect(await stored()).toEqual([]);
  });

  it("BX18: leads to the end of everything, which its own page asks for once more", async () => {
    const page = await (await apiClient.ask(pathOf(tokenFor("digest")))).text();
    const [, href = ""] = /href="([^"]*)">Unsubscribe from all messages of Nordic &lt;b&gt;Foods/.exec(page) ?? [];
    const all = await (await apiClient.ask(href)).text();
    expect(all).toContain("This button ends all messages of Nordic");
    expect(all).not.toContain("Unsubscribe from all messages");
    expect(await choices()).toEqual({});
    await apiClient.ask(href, oneClick);
    expect(await choices()).toEqual({ allOff: true });
    const group = await (await apiClient.ask(pathOf(tokenFor("group")))).text();
    expect(group).not.toContain("Unsubscribe from all");
  });

  it("leads to settings with a link of its own, which holds no longer than it does", async () => {
    apiClient.clock.nowMs = API_NOW + 170 * 86_400_000;
    const text = await (await apiClient.ask(pathOf(tokenFor("digest")))).text();
    const token = /\/links\/preferences\/([\w.-]+)"/.exec(text)?.[1] ?? "";
    expect(readLinkToken(token, apiClient.runtime.linkSecrets, toInstant(API_NOW))).toEqual({
      ok: true,
      value: { tenantId: tenant.tenantId, userId: anna, scope: "preferences", issuedOn: "2026-11-23" },
    });
  });
});
