import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { User } from "@regulars/core/access/user";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { createRuntime } from "@regulars/functions/runtime";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore } from "../../test/fixtures/tenant.ts";
import { apiSecretsOf, openIssuer } from "./http/issuer.ts";
import { localPages } from "./pages.ts";

const START = Date.parse("2026-11-16T08:00:00Z");
const HOUR = 3_600_000;
const ORIGIN = "http://localhost";
const BY_OPERATOR = { at: toInstant(START), by: "operator" };

let testTenant: TestTenant;
let folder: string;
let pages: ReturnType<typeof localPages>;
let now: number;
const logged: string[] = [];

beforeAll(async () => {
  now = START;
  testTenant = aTenantStore({ name: "Nordic Foods" });
  const { table, tenant, store } = testTenant;
  await openTenantDirectory(table).ensure(tenant, toInstant(START));
  const user = (userId: string, role: User["role"], rest: Partial<User> = {}): User => ({
    userId: userIdSchema.parse(userId),
    name: `Name ${userId}`,
    role,
    ...rest,
  });
  await store.imports.saveUsers([user("rita", "rep"), user("ada", "admin"), user("gone", "rep", { isActive: false })]);
  folder = await mkdtemp(join(tmpdir(), "regulars-session-"));
  const issuer = await openIssuer(folder, () => now);
  const runtime = createRuntime(
    {
      TABLE_NAME: table.name,
      PUBLIC_URL: ORIGIN,
      AUTH_ISSUER: `${ORIGIN}/auth`,
      AUTH_AUDIENCE: issuer.audience,
      AUTH_CLIENT_ID: issuer.clientId,
      ...(await apiSecretsOf(folder)),
    },
    {
      table,
      clock: () => now,
      queues: { send: () => Promise.resolve() },
      log: { info: () => undefined, error: (what, figures) => void logged.push(JSON.stringify([what, figures])) },
    },
  );
  pages = localPages({ folder, table, runtime, issuer });
});

beforeEach(() => {
  now = START;
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A browser: its cookies, and requests as it sends them. */
function aBrowser() {
  const cookies = new Map<string, string>();
  const request = async (path: string, options: RequestInit = {}) => {
    const headers = {
      accept: "text/html",
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      ...(options.method === "POST" ? { "sec-fetch-site": "same-origin" } : {}),
    };
    const answer = await pages.request(path.replace(ORIGIN, ""), { ...options, headers });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = "", value = "", seconds] = /^([^=]+)=([^;]*);.*Max-Age=(\d+)/.exec(cookie) ?? [];
      if (seconds === "0") cookies.delete(name);
      else cookies.set(name, value);
    }
    const text = (await answer.text()).replaceAll(/\s+/g, " ");
    return { status: answer.status, location: answer.headers.get("location") ?? "", text, answer };
  };
  const post = (path: string, fields: Record<string, string>) =>
    request(path, { method: "POST", body: new URLSearchParams(fields) });
  /** Follows the sign-in up to the callback's answer. */
  const signIn = async (user: string, to = "/") => {
    const begun = await request(`/session/sign-in?to=${encodeURIComponent(to)}`);
    const chosen = `${begun.location}&tenant=${testTenant.tenant.tenantId}&user=${user}`;
    return request((await request(chosen)).location);
  };
  return { cookies, request, post, signIn };
}

const settings = (): string => `/settings/${testTenant.tenant.tenantId}`;
const storedName = async () => (await openTenantDirectory(testTenant.table).find(testTenant.tenant.tenantId))?.name;

describe("signing in", () => {
  it("CN04: leads back to the same place, and the page is then that user's", async () => {
    const browser = aBrowser();
    const place = `/for-you/${testTenant.tenant.tenantId}/rita?window=30`;
    const done = await browser.signIn("rita", place);
    expect([done.status, done.location]).toEqual([303, place]);
    const { text } = await browser.request("/");
    expect(text).toContain("Good day, <bdi>Name rita</bdi>");
    expect(text).toContain("Nordic Foods");
    expect(text).toContain("Sign out");
    expect(text).not.toContain("Name ada");
  });

  it("asks the issuer with PKCE, state and nonce, new ones each time", async () => {
    const asked = async () => new URL((await aBrowser().request("/session/sign-in?to=/")).location);
    const [one, two] = [await asked(), await asked()];
    expect(one.origin + one.pathname).toBe(`${ORIGIN}/auth/authorize`);
    expect(Object.fromEntries(one.searchParams)).toMatchObject({
      response_type: "code",
      client_id: "console",
      redirect_uri: `${ORIGIN}/session/callback`,
      scope: "openid",
      code_challenge_method: "S256",
    });
    for (const name of ["state", "nonce", "code_challenge"])
      expect(one.searchParams.get(name)).not.toBe(two.searchParams.get(name));
    expect(one.searchParams.get("code_challenge")).toMatch(/^[\w-]{43}$/);
  });

  it("has a page of the issuer on which one chooses whom to be, without those who have left", async () => {
    const browser = aBrowser();
    const { location } = await browser.request("/session/sign-in?to=/");
    const { text } = await browser.request(location);
    expect(text).toContain("Name rita");
    expect(text).not.toContain("Name gone");
  });

  it("leads to no other site, whatever is asked for", async () => {
    for (const to of ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
      expect((await aBrowser().signIn("rita", to)).location).toBe("/");
  });

  it("is refused without its own cookie, with another state, a used code, another verifier, or ten minutes later", async () => {
    const begin = async (browser: ReturnType<typeof aBrowser>) => {
      const begun = await browser.request("/session/sign-in?to=/");
      return (await browser.request(`${begun.location}&tenant=${testTenant.tenant.tenantId}&user=rita`)).location;
    };
    const [own, other] = [aBrowser(), aBrowser()];
    const callback = await begin(own);
    expect((await other.request(callback)).status).toBe(403);
    const wrongState = new URL(callback);
    wrongState.searchParams.set("state", `${wrongState.searchParams.get("state")}x`);
    expect((await own.request(wrongState.href)).status).toBe(403);
    const again = await begin(other);
    // The code of one sign-in in another: the verifier is not that of the code.
    const stolen = new URL(again);
    stolen.searchParams.set("code", new URL(await begin(own)).searchParams.get("code") ?? "");
    expect((await other.request(stolen.href)).status).toBe(403);
    const third = aBrowser();
    const used = await begin(third);
    const sealed = new Map(third.cookies);
    expect((await third.request(used)).status).toBe(303);
    for (const [name, value] of sealed) third.cookies.set(name, value);
    expect((await third.request(used)).status).toBe(403);
    const late = aBrowser();
    const slow = await begin(late);
    now = START + 2 * 60_000;
    expect((await late.request(slow)).status).toBe(403);
  });

  it("that the issuer refuses says why, in letters", async () => {
    const browser = aBrowser();
    const { location } = await browser.request("/session/sign-in?to=/");
    const state = new URL(location).searchParams.get("state") ?? "";
    const refused = await browser.request(
      `/session/callback?state=${state}&error=access_denied&error_description=${encodeURIComponent("<b>No</b>")}`,
    );
    expect([refused.status, refused.text.includes("The issuer says: &lt;b&gt;No&lt;/b&gt;")]).toEqual([403, true]);
  });
});

describe("a session", () => {
  it("is a cookie that no script reads and no other site sends, and says nothing", async () => {
    const browser = aBrowser();
    const done = await browser.signIn("rita");
    const [cookie = ""] = done.answer.headers.getSetCookie().filter((one) => one.startsWith("regulars="));
    expect(cookie).toMatch(/^regulars=[\w-]{100,}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toContain("rita");
  });

  it("lasts twelve hours, is renewed by use, and then leads to the sign-in", async () => {
    const browser = aBrowser();
    await browser.signIn("rita");
    now = START + 11 * HOUR;
    expect((await browser.request("/")).text).toContain("Name rita");
    now = START + 22 * HOUR;
    expect((await browser.request("/")).text).toContain("Name rita");
    now = START + 35 * HOUR;
    expect((await browser.request("/")).text).toContain("Owner of this machine");
  });

  it("CN07: ends in every tab: who signed out in one writes nothing in the other, and what they wrote is kept", async () => {
    const browser = aBrowser();
    await browser.signIn("ada");
    const { text: form } = await browser.request(settings());
    const [, as = ""] = /name="as" value="([^"]*)"/.exec(form) ?? [];
    const copied = new Map(browser.cookies);
    const out = await browser.post("/session/sign-out", { as });
    expect([out.status, out.location, browser.cookies.has("regulars")]).toEqual([303, "/session/ended", false]);
    const fields = { as, group: "company", name: "Changed <b> after the end" };
    for (const cookies of [new Map(), copied]) {
      browser.cookies.clear();
      for (const [name, value] of cookies) browser.cookies.set(name, value);
      const refused = await browser.post(settings(), fields);
      expect(refused.status).toBe(401);
      expect(refused.text).toContain("Your session has ended");
      expect(refused.text).toContain(`name="name" value="Changed &lt;b&gt; after the end"`);
    }
    expect(await storedName()).toBe("Nordic Foods");
    await browser.signIn("ada");
    expect((await browser.post(settings(), fields)).status).toBe(303);
    expect(await storedName()).toBe("Changed <b> after the end");
    await browser.post(settings(), { ...fields, name: "Nordic Foods" });
  });

  it("of somebody else in the other tab sends no form that was drawn for the first", async () => {
    const browser = aBrowser();
    await browser.signIn("ada");
    const [, as = ""] = /name="as" value="([^"]*)"/.exec((await browser.request(settings())).text) ?? [];
    await browser.signIn("rita");
    expect((await browser.post(settings(), { as, group: "company", name: "X" })).status).toBe(401);
    expect(await storedName()).toBe("Nordic Foods");
  });

  it("of a user who leaves ends at once", async () => {
    const browser = aBrowser();
    await browser.signIn("rita");
    const { store } = testTenant;
    const rita = (await store.nightly.users()).find(({ userId }) => userId === "rita");
    if (rita === undefined) throw new Error("there is no rita");
    await store.saveUser({ ...rita, isActive: false }, () => undefined, BY_OPERATOR);
    expect((await browser.request("/")).status).toBe(401);
    await store.saveUser({ ...rita, isActive: true }, () => undefined, BY_OPERATOR);
  });

  it("on a laptop with nobody signed in, the owner of the machine sees everything at once", async () => {
    const { status, text } = await aBrowser().request("/");
    expect([status, text.includes("Owner of this machine"), text.includes("see it as …")]).toEqual([200, true, true]);
    expect(logged).toEqual([]);
  });

  it("keeps the theme that its browser chose, and leads back", async () => {
    const browser = aBrowser();
    expect((await browser.request("/")).text).toContain(`<html lang="en">`);
    const chosen = await browser.post("/session/theme", { theme: "dark", back: "/keys" });
    expect([chosen.status, chosen.location]).toEqual([303, "/keys"]);
    expect((await browser.request("/keys")).text).toContain(`<html lang="en" data-theme="dark">`);
    await browser.post("/session/theme", { theme: `x" onload="alert(1)`, back: "https://evil.example" });
    expect((await browser.request("/keys")).text).toContain(`data-theme="dark"`);
  });
});
