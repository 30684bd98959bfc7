import { type LinkClaims, type LinkScope, signLinkToken } from "@regulars/core/notifications/link-token";
import { day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { changeTenantPreferences } from "@regulars/flows/notifications/change-preferences";
import { createRuntime } from "@regulars/functions/runtime";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { beforeEach, describe, expect, it } from "vitest";
import { aConsole, aSignedOutConsole } from "../../../test/fixtures/page-console.ts";
import { fieldsOf } from "../../../test/fixtures/form-fields.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { notificationsPath } from "../page/addresses.ts";

/** The form of preferences that a mail's foot leads to, for whoever has the link. */

const NOW = Date.parse("2026-11-23T10:00:00Z");
const anna = userIdSchema.parse("anna");
const bo = userIdSchema.parse("bo");
const leaver = userIdSchema.parse("leaver");
let testTenant: TestTenant;
let runtime: ReturnType<typeof createRuntime>;

beforeEach(async () => {
  testTenant = aTenantStore();
  const { table, tenant, store } = testTenant;
  await openTenantDirectory(table).ensure(tenant, toInstant(NOW));
  await store.imports.saveUsers([
    { userId: anna, name: "Anna Berg", role: "rep", email: "anna@we.example" },
    { userId: bo, name: "Bo", role: "rep", email: "bo@we.example" },
    { userId: leaver, name: "Leaver", role: "rep", email: "l@we.example", isActive: false },
  ]);
  runtime = createRuntime(
    {
      TABLE_NAME: table.name,
      PUBLIC_URL: "http://localhost",
      LINK_SECRET: "a-third-secret-of-tests,-long-enough-as-well",
    },
    {
      table,
      log: { info: () => undefined, error: () => undefined },
      clock: () => NOW,
      queues: { send: () => Promise.resolve() },
    },
  );
});

function pathFor(given: Partial<LinkClaims> = {}, scope: LinkScope = "preferences"): string {
  const [secret] = runtime.linkSecrets;
  if (secret === undefined) throw new Error("there is no secret of links");
  const claims = { tenantId: testTenant.tenant.tenantId, userId: anna, scope, issuedOn: day("2026-11-23"), ...given };
  return `/links/preferences/${signLinkToken(claims, secret)}`;
}

/** As a browser without a session and a mail program's window ask: no cookie, no origin. */
const nobody = () => aSignedOutConsole(runtime);
const read = async (path: string) => {
  const answer = await nobody().request(path, { headers: { "accept-language": "en" } });
  return { status: answer.status, text: (await answer.text()).replaceAll(/\s+/g, " ") };
};
const send = (path: string, fields: Readonly<Record<string, string>>) =>
  nobody().request(path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ form: "preferences", ...fields }).toString(),
  });
const of = async (userId = anna) => testTenant.store.preferences.of({ type: "user", userId });

describe("the form of preferences behind the signed link of a mail", () => {
  it("has every preference, shows who decides it, and changes nothing when it is opened", async () => {
    const { status, text } = await read(pathFor());
    expect(status).toBe(200);
    const names = [
      "channel",
      "slackChannel",
      "language",
      "digestAt",
      "digestDays",
      "digestOfCleared",
      "hasQuietHours",
      "quietFrom",
      "quietUntil",
      "workWeekends",
      "zone",
      "pausedUntil",
      "allOff",
      "kinds.*.high",
      "kinds.churn-risk.high",
      "kinds.churn-risk.medium",
      "kinds.churn-risk.watch",
      "kinds.introduction.high",
    ];
    for (const name of names) expect(text).toContain(`name="${name}"`);
    expect(text).toContain("Now <bdi>07:30</bdi>: <bdi>as usual</bdi>");
    expect(text).toContain(`action="${pathFor()}"`);
    expect((await nobody().request(pathFor(), { method: "HEAD" })).status).toBe(200);
    expect((await read(`${pathFor()}?digestAt=06:30&form=preferences`)).text).not.toContain('value="06:30"');
    expect((await of()).version).toBe(0);
  });

  it("has the same fields as the page behind a sign-in", async () => {
    const viewer = { type: "user", tenantId: testTenant.tenant.tenantId, userId: anna } as const;
    const page = await aConsole(runtime, viewer).request(notificationsPath(testTenant.tenant.tenantId));
    const namesIn = (text: string) =>
      fieldsOf(text.split("<main")[1]?.split("</main>")[0] ?? "").filter((name) => !/^(as|written)$/.test(name));
    const { text } = await read(pathFor());
    expect(namesIn(text)).toEqual(namesIn(await page.text()));
    expect(namesIn(text).length).toBeGreaterThan(40);
  });

  it("saves for its reader alone, without a sign-in, a cookie or an origin, and says by what it was saved", async () => {
    const saved = await send(pathFor(), {
      digestAt: "06:30",
      channel: "mail",
      language: "da",
      zone: "America/Sao_Paulo",
      pausedUntil: "2026-12-01",
      digestDays: "",
      "digestDays.monday": "on",
      "kinds.churn-risk.high": "digest",
      quietFrom: "21:00",
    });
    expect(saved.status).toBe(303);
    expect(saved.headers.get("location")).toBe(`${pathFor()}#saved`);
    const { choices, stamps } = await of();
    expect(choices).toEqual({
      digestAt: "06:30",
      channel: "mail",
      language: "da",
      zone: "America/Sao_Paulo",
      pausedUntil: "2026-12-01",
      digestDays: ["monday"],
      kinds: { "churn-risk": { high: "digest" } },
      quietFrom: "21:00",
    });
    expect(stamps["digestAt"]?.by).toBe("preferences-link");
    expect((await of(bo)).version).toBe(0);
    expect((await testTenant.store.preferences.of({ type: "tenant" })).version).toBe(0);
    expect((await read(pathFor())).text).toContain("Nu <bdi>06:30</bdi>: <bdi>dit eget valg");
  });

  it("says at its field what is wrong, and changes nothing", async () => {
    const refused = await send(pathFor(), { digestAt: "25:00", zone: "Mars" });
    const page = await refused.text();
    expect([refused.status, (await of()).version]).toEqual([422, 0]);
    expect(page).toMatch(/<input[^>]*\saria-invalid="true"[^>]*\sname="digestAt"\s+value="25:00"/);
    expect(page).toContain('<a href="#wrong-0"><bdi>');
  });

  it("shows what the company overrules, with its reason, and takes the choice", async () => {
    const { store } = testTenant;
    const compulsions = [{ set: { kinds: { "churn-risk": { high: "at-once" as const } } }, reason: "Cash is tight" }];
    await changeTenantPreferences({ store, patch: {}, compulsions, by: "user:ada", now: toInstant(NOW) });
    expect((await send(pathFor(), { "kinds.churn-risk.high": "off" })).status).toBe(303);
    expect((await read(pathFor())).text).toContain(
      "compulsory since Nov 23, 2026: Cash is tight</bdi>; your own choice, <bdi>off</bdi>, is overruled",
    );
  });

  it("writes nothing over a change made meanwhile, shows both, and takes the form when it is sent again", async () => {
    const was = /name="was" value="([^"]+)"/.exec((await read(pathFor())).text)?.[1] ?? "";
    await send(pathFor(), { was, digestAt: "06:30" });
    const stale = await send(pathFor(), { was, digestAt: "08:15" });
    expect(stale.status).toBe(409);
    const text = (await stale.text()).replaceAll(/\s+/g, " ");
    expect(text).toContain("<td><bdi>06:30</bdi></td> <td><bdi>08:15</bdi></td>");
    expect((await of()).choices).toEqual({ digestAt: "06:30" });
    const again = /name="was" value="([^"]+)"/.exec(text)?.[1] ?? "";
    expect((await send(pathFor(), { was: again, digestAt: "08:15" })).status).toBe(303);
    expect((await of()).choices).toEqual({ digestAt: "08:15" });
  });

  it("answers a link that is cut, changed, of another scope or of somebody who is gone with the same sentence", async () => {
    const path = pathFor();
    const wrong = [
      path.slice(0, -1),
      path.replace("/links/preferences/e", "/links/preferences/f"),
      pathFor({}, "digest"),
      pathFor({ userId: undefined, personAddressHash: "abc" }),
      pathFor({ userId: userIdSchema.parse("nobody") }),
      pathFor({ userId: leaver }),
      pathFor({ tenantId: aTenantStore().tenant.tenantId }),
    ];
    const answers = await Promise.all(wrong.map(read));
    expect(answers[0]?.text).toContain(
      "This link is not complete. Open it again from the message, and copy all of it.",
    );
    expect(answers.map(({ status }) => status)).toEqual(wrong.map(() => 400));
    const [first = ""] = answers.map(({ text }, i) => text.replaceAll(wrong[i] ?? "", ""));
    expect(answers.map(({ text }, i) => text.replaceAll(encodeURI(wrong[i] ?? ""), ""))).toEqual(
      wrong.map(() => first),
    );
    for (const one of wrong) expect((await send(one, { digestAt: "06:30" })).status).toBe(400);
    expect((await of()).version).toBe(0);
  });

  it("answers a link of 181 days with the way to a newer one, and takes one of 180", async () => {
    const old = await read(pathFor({ issuedOn: day("2026-05-26") }));
    expect([old.status, old.text.includes("Please use the link of a newer message")]).toEqual([410, true]);
    expect((await send(pathFor({ issuedOn: day("2026-05-26") }), { digestAt: "06:30" })).status).toBe(410);
    expect((await read(pathFor({ issuedOn: day("2026-05-27") }))).status).toBe(200);
    expect((await of()).version).toBe(0);
  });
});
