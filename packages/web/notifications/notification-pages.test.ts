import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { createRuntime } from "@regulars/functions/runtime";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { beforeEach, describe, expect, it } from "vitest";
import { aConsole, textOf } from "../../../test/fixtures/page-console.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { nextMessagesPath, notificationsPath, tenantNotificationsPath } from "../page/addresses.ts";

const NOW = Date.parse("2026-11-23T10:00:00Z");
const anna = userIdSchema.parse("anna");
let testTenant: TestTenant;
let as: (user?: string) => ReturnType<typeof aConsole>;

beforeEach(async () => {
  testTenant = aTenantStore();
  const { table, tenant, store } = testTenant;
  await openTenantDirectory(table).ensure(tenant, toInstant(NOW));
  await store.imports.saveUsers([
    { userId: anna, name: "Anna <b>Berg</b>", role: "rep", email: "anna@we.example" },
    { userId: userIdSchema.parse("ada"), name: "Ada", role: "admin", email: "ada@we.example" },
  ]);
  const runtime = createRuntime(
    { TABLE_NAME: table.name, PUBLIC_URL: "http://localhost" },
    {
      table,
      log: { info: () => undefined, error: () => undefined },
      clock: () => NOW,
      queues: { send: () => Promise.resolve() },
    },
  );
  as = (user) =>
    user === undefined
      ? aConsole(runtime)
      : aConsole(runtime, { type: "user", tenantId: tenant.tenantId, userId: userIdSchema.parse(user) });
});

const own = (): string => notificationsPath(testTenant.tenant.tenantId);
const everybodys = (): string => tenantNotificationsPath(testTenant.tenant.tenantId);
const read = (user: string | undefined, path: string) => textOf(as(user).request(path));
const send = (user: string | undefined, path: string, fields: Record<string, string>) =>
  as(user).request(path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: "http://localhost" },
    body: new URLSearchParams({ form: "preferences", ...fields }).toString(),
  });
const annas = async () => testTenant.store.preferences.of({ type: "user", userId: anna });
const tenants = async () => testTenant.store.preferences.of({ type: "tenant" });

describe("the page of one's own preferences", () => {
  it("saves what was chosen as the viewer, and shows who decides each value", async () => {
    const saved = await send("anna", own(), {
      digestAt: "06:30",
      channel: "mail",
      language: "da",
      workWeekends: "false",
      pausedUntil: "2026-12-01",
      digestDays: "",
      "digestDays.monday": "on",
      "digestDays.friday": "on",
      "kinds.churn-risk.high": "digest",
      "kinds.*.watch": "",
    });
    expect(saved.status).toBe(303);
    const { choices, stamps } = await annas();
    expect(choices).toEqual({
      digestAt: "06:30",
      channel: "mail",
      language: "da",
      workWeekends: false,
      pausedUntil: "2026-12-01",
      digestDays: ["monday", "friday"],
      kinds: { "churn-risk": { high: "digest" } },
    });
    expect(stamps["digestAt"]?.by).toBe("user:anna");
    // In the language that was chosen.
    const page = await read("anna", own());
    expect(page).toContain("Nu <bdi>06:30</bdi>: <bdi>dit eget valg siden 23. nov. 2026</bdi>");
    expect(page).toContain("Nu <bdi>20:00</bdi>: <bdi>som normalt</bdi>");
    expect(page).toContain("Nu <bdi>mandag, fredag</bdi>: <bdi>dit eget valg");
  });

  it("takes a choice back by an empty field, and days by ticking the usual ones", async () => {
    await send("anna", own(), { digestAt: "06:30", digestDays: "", "digestDays.monday": "on" });
    const all = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    const ticks = Object.fromEntries(all.map((day) => [`digestDays.${day}`, "on"]));
    expect((await send("anna", own(), { digestAt: "", digestDays: "", ...ticks })).status).toBe(303);
    expect((await annas()).choices).toEqual({});
  });

  it("keeps no digest at all when no day is ticked", async () => {
    await send("anna", own(), { digestDays: "" });
    expect((await annas()).choices).toEqual({ digestDays: [] });
    expect(await read("anna", own())).toContain("there is no digest: no day is chosen for it");
  });

  it("shows that a kind without a choice follows the choice for all kinds", async () => {
    await send("anna", own(), { "kinds.*.high": "off" });
    const page = await read("anna", own());
    const field = (name: string) => page.split(`<select name="${name}"`)[1]?.split("</select>")[0];
    expect(field("kinds.churn-risk.high")).toContain("otherwise: off");
    expect(field("kinds.*.high")).toContain("otherwise: at once");
  });

  it.each([
    ["digestAt", "07:31", "Digest at (quarter hours) “07:31” is not a digest time"],
    ["quietFrom", "25:00", "Quiet from “25:00” is not a time of day"],
    ["quietUntil", "20:00", "Quiet until “20:00” is when quiet hours begin"],
    ["zone", "Europe/Copenhagn", "is Europe/Copenhagen meant?"],
    ["slackChannel", "general", "Slack channel (its id) “general” is not the id of a Slack channel"],
    ["pausedUntil", "soon", "Pause until “soon” is not a day"],
    ["language", "de", "Language “de” is not offered: choose English"],
    ["allOff", "perhaps", "Everything off “perhaps” is not offered: choose yes, no"],
    ["kinds.churn-risk.high", "loud", "▲ High “loud” is not offered: choose at once, digest, off"],
    ["kinds.introduction.high", "digest", "Each request “digest” is not offered: choose at once, off"],
  ])("refuses %s %s with the reason, keeps the form, and saves nothing", async (name, value, reason) => {
    const refused = await send("anna", own(), { digestDays: "", "digestDays.sunday": "on", [name]: value });
    expect(refused.status).toBe(422);
    const page = await textOf(refused);
    expect(page).toContain(reason);
    expect(page).toContain(`value="${value}"`);
    expect(page).toContain('name="digestDays.sunday" checked');
    expect(page).not.toContain('name="digestDays.monday" checked');
    expect((await annas()).version).toBe(0);
  });

  it("writes nothing over a change made meanwhile, and shows both versions", async () => {
    const was = /name="was" value="([^"]+)"/.exec(await read("anna", own()))?.[1] ?? "";
    await send("anna", own(), { was, digestAt: "06:30" });
    const stale = await send("anna", own(), { was, digestAt: "08:15", "kinds.*.high": "off" });
    expect(stale.status).toBe(409);
    const page = await textOf(stale);
    expect(page).toContain("Somebody has changed these settings since you opened this page");
    expect(page).toContain("<td><bdi>06:30</bdi></td> <td><bdi>08:15</bdi></td>");
    expect(page).toContain("<bdi>All kinds: ▲ High</bdi></th> <td><bdi>usual</bdi></td> <td><bdi>off</bdi></td>");
    expect((await annas()).choices).toEqual({ digestAt: "06:30" });
  });

  it("says what holds only where a control does not say it, and where somebody chose it, once for all kinds", async () => {
    const saidOf = async () => [...(await read("anna", own())).matchAll(/id="held-([^"]+)"/g)].map(([, name]) => name);
    const plain = ["slackChannel", "digestAt", "quietFrom", "quietUntil"];
    expect(await saidOf()).toEqual([...plain, "zone"]);
    await send("anna", own(), { "kinds.*.high": "off", workWeekends: "true" });
    expect(await saidOf()).toEqual([...plain, "workWeekends", "zone", "kinds.*.high"]);
  });

  it("tells the owner of a machine that they get no messages, and takes no form of theirs", async () => {
    expect(await read(undefined, own())).toContain("who gets no messages");
    expect((await send(undefined, own(), { digestAt: "06:30" })).status).toBe(403);
  });
});

describe("the page of everybody's preferences", () => {
  it("is for who manages settings", async () => {
    expect((await as("anna").request(everybodys())).status).toBe(403);
    expect((await send("anna", everybodys(), { digestAt: "06:30" })).status).toBe(403);
    expect((await tenants()).version).toBe(0);
    expect(await read("anna", own())).not.toContain(`href="${everybodys()}"`);
    expect(await read("ada", own())).toContain(`href="${everybodys()}"`);
  });

  it("saves defaults, which users see as the company's", async () => {
    expect((await send("ada", everybodys(), { digestAt: "08:00" })).status).toBe(303);
    expect((await tenants()).stamps["digestAt"]?.by).toBe("user:ada");
    const page = await read("anna", own());
    expect(page).toContain("Now <bdi>08:00</bdi>: <bdi>the company&#39;s default since Nov 23, 2026</bdi>");
  });

  it("offers times of day by quarter hours, days to tick and every time zone, so that nobody writes a code", async () => {
    await send("anna", own(), { digestAt: "06:30", zone: "Asia/Tokyo" });
    for (const page of [await read("anna", own()), await read("ada", everybodys())]) {
      expect(page).toMatch(/name="digestAt"[^>]*type="time" step="900"/);
      expect(page).toMatch(/name="quietFrom"[^>]*type="time" step="60"/);
      expect(page).toMatch(/name="zone"[^>]*list="zones"/);
      expect(page.split('<datalist id="zones">')).toHaveLength(2);
      expect(page).toContain('<option value="America/Sao_Paulo">');
    }
    expect(await read("anna", own())).toMatch(/name="zone"\s+value="Asia\/Tokyo"/);
  });

  it("writes no defaults over a change made meanwhile", async () => {
    const was = /name="was" value="([^"]+)"/.exec(await read("ada", everybodys()))?.[1] ?? "";
    await send("ada", everybodys(), { was, digestAt: "06:30" });
    expect((await send("ada", everybodys(), { was, digestAt: "08:15" })).status).toBe(409);
    expect((await tenants()).choices).toEqual({ digestAt: "06:30" });
  });

  it("makes a value compulsory with a reason, which overrules a user's choice, and takes it back", async () => {
    await send("anna", own(), { "kinds.churn-risk.high": "off" });
    const preference = "kinds.churn-risk.high";
    const made = { form: "compulsion", preference, value: "at-once", reason: "Cash is <i>tight</i>." };
    expect((await send("ada", everybodys(), made)).status).toBe(303);
    expect((await tenants()).compulsions).toEqual([
      { set: { kinds: { "churn-risk": { high: "at-once" } } }, reason: "Cash is <i>tight</i>." },
    ]);
    expect(await read("anna", own())).toContain(
      "Now <bdi>at once</bdi>: <bdi>compulsory since Nov 23, 2026: Cash is &lt;i&gt;tight&lt;/i&gt;</bdi>; your own choice, <bdi>off</bdi>, is overruled",
    );
    const again = { ...made, value: "digest" };
    expect((await send("ada", everybodys(), again)).status).toBe(303);
    expect((await tenants()).compulsions).toHaveLength(1);
    const gone = { form: "removal", compulsion: JSON.stringify([[preference, "at-once"], made.reason]) };
    expect(await textOf(send("ada", everybodys(), gone))).toContain("somebody else has taken it back");
    const removal = { form: "removal", compulsion: JSON.stringify([[preference, "digest"], made.reason]) };
    expect((await send("ada", everybodys(), removal)).status).toBe(303);
    expect((await tenants()).compulsions).toEqual([]);
  });

  it.each([
    [{ preference: "digestAt", value: "07:10", reason: "x" }, "“07:10” is not a digest time"],
    [{ preference: "digestAt", value: "07:15", reason: " " }, "The reason is empty: everybody is shown why"],
    [{ preference: "digestAt", value: "", reason: "x" }, "The value is missing"],
    [
      { preference: "nothing", value: "07:15", reason: "x" },
      "Preference “nothing” is not offered: choose one of the list",
    ],
    [{ value: "07:15", reason: "x" }, "Preference is missing"],
    [{ preference: "digestDays", value: "", reason: "x" }, "The value is missing"],
    [{ preference: "allOff", value: "maybe", reason: "x" }, "“maybe” is not offered: choose yes, no"],
  ])("refuses to make %o compulsory", async (fields, reason) => {
    const refused = await send("ada", everybodys(), { form: "compulsion", ...fields });
    expect(refused.status).toBe(422);
    expect(await textOf(refused)).toContain(reason);
    expect((await tenants()).version).toBe(0);
  });

  it("asks for a compulsory value in the preference's own field, without a script, also after a refusal", async () => {
    expect(await read("ada", everybodys())).not.toContain('name="value');
    const formOf = (page: string) => page.slice(page.indexOf('name="form" value="compulsion"'));
    const asked = async (preference: string) =>
      formOf(await read("ada", `${everybodys()}?${new URLSearchParams({ preference })}`));
    expect(await asked("digestAt")).toMatch(/name="value"[^>]*type="time" step="900"/);
    expect(await asked("zone")).toMatch(/name="value"[^>]*list="zones"/);
    expect(await asked("digestDays")).toContain('type="checkbox" name="value.sunday"');
    expect(await asked("channel")).toMatch(/<select name="value"\s*>.*?<option value="slack-direct"/s);
    expect(await asked("kinds.churn-risk.high")).toMatch(/<select name="value"\s*>.*?<option value="at-once"/s);
    expect(await read("ada", `${everybodys()}?preference=nothing`)).toContain("nothing");
    const fields = { preference: "digestDays", "value.friday": "on", value: "", reason: " " };
    const refused = await textOf(send("ada", everybodys(), { form: "compulsion", ...fields }));
    expect(formOf(refused)).toMatch(/name="value.friday"\s+checked/);
    expect(formOf(refused)).not.toMatch(/name="value.monday"\s+checked/);
  });

  it("makes days and yes or no compulsory", async () => {
    await send("ada", everybodys(), {
      form: "compulsion",
      preference: "digestDays",
      value: "",
      "value.monday": "on",
      "value.friday": "on",
      reason: "x",
    });
    await send("ada", everybodys(), {
      form: "compulsion",
      preference: "workWeekends",
      value: "false",
      reason: "Rest.",
    });
    expect((await tenants()).compulsions.map(({ set }) => set)).toEqual([
      { digestDays: ["monday", "friday"] },
      { workWeekends: false },
    ]);
  });
});

describe("the page of what would be sent next", () => {
  it("shows a rep their own messages, and who manages messages everybody's, with the reason", async () => {
    const path = nextMessagesPath(testTenant.tenant.tenantId);
    const mine = await read("anna", path);
    expect(mine).toContain("goes at the digest time (as usual)");
    expect(mine).toContain("Anna &lt;b&gt;Berg&lt;/b&gt;</bdi></th>");
    expect(mine).not.toContain("<bdi>Ada</bdi></th>");
    expect(await read("ada", path)).toContain("<bdi>Ada</bdi></th>");
    await send("anna", own(), { allOff: "true" });
    expect(await read("anna", path)).toContain("everything is switched off (their own choice)");
  });
});
