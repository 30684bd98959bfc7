import { HOSTILE } from "../../test/fixtures/hostile-text.ts";
import { tableAddress } from "../../test/fixtures/table-address.ts";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { tmpdir } from "node:os";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { aReceivable, anOrder } from "@regulars/core/testing";
import {
  customerIdSchema,
  day,
  itemIdSchema,
  personIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { runNightly } from "@regulars/flows/nightly/run-nightly";
import { backtest } from "@regulars/functions/workers/backtest";
import { createRuntime } from "@regulars/functions/runtime";
import { type Table, closeTable, openTable } from "@regulars/store/engine/table";
import { makeFollowUp } from "@regulars/flows/monitors/make-follow-up";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aTenant, all } from "../../test/fixtures/tenant.ts";
import { queueEvent } from "../../test/fixtures/queue-event.ts";
import { createTable } from "@regulars/store/engine/create-table";
import { apiSecretsOf, openIssuer } from "./http/issuer.ts";
import { type QueueHandler, localContext } from "./queue.ts";
import { localPages } from "./pages.ts";
import { addresses } from "@regulars/web/page/addresses";
import { table as spec } from "../../infra/table.ts";

const AS_OF = "2026-09-25";
const MORNING = toInstant(Date.parse("2026-09-26T05:00:00Z"));
/**
 * docs/reference/insights.md 2.2: on the as-of day the first silence is `high` and the second, three weeks younger,
 * `watch`.
 */
const LONG_SILENCE = ["2026-06-01", "2026-06-15", "2026-07-01", "2026-07-14", "2026-08-03", "2026-08-10"];
const SHORT_SILENCE = ["2026-06-25", "2026-07-09", "2026-07-25", "2026-08-07", "2026-08-27", "2026-09-03"];

const ida = { userId: userIdSchema.parse("ida"), name: `Ida ${HOSTILE}`, role: "rep" } as const;
const bo = { userId: userIdSchema.parse("bo"), name: "Bo", role: "rep" } as const;

let table: Table;
let tenant: Tenant;
let quiet: Tenant;
let folder: string;
const sent: unknown[] = [];
let worker: QueueHandler;
let pages: ReturnType<typeof localPages>;

beforeAll(async () => {
  // A separate table, because the start page shows every tenant.
  table = openTable({ ...tableAddress(), tableName: "regulars-pages" });
  await createTable(table, spec);
  tenant = aTenant({ name: `Acme & ${HOSTILE}` });
  quiet = aTenant({ name: "Quiet Foods" });
  for (const one of [tenant, quiet]) await openTenantDirectory(table).ensure(one, MORNING);
  await fill();
  folder = await mkdtemp(join(tmpdir(), "regulars pages-"));
  const issuer = await openIssuer(folder);
  const runtime = createRuntime(
    {
      TABLE_NAME: table.name,
      PUBLIC_URL: "http://localhost",
      AUTH_ISSUER: "http://localhost/auth",
      AUTH_AUDIENCE: issuer.audience,
      AUTH_CLIENT_ID: issuer.clientId,
      ...(await apiSecretsOf(folder)),
    },
    {
      table,
      log: { info: () => undefined, error: () => undefined },
      queues: { send: async (_, body) => void sent.push(await Promise.resolve(body)) },
    },
  );
  worker = backtest.handlerFor(runtime);
  pages = localPages({ folder, table, runtime, issuer });
});

afterAll(async () => {
  closeTable(table);
  await rm(folder, { recursive: true, force: true });
});

async function fill(): Promise<void> {
  const { imports, nightly } = openTenantStore(table, tenant);
  const customer = (id: string, name: string) => ({ customerId: customerIdSchema.parse(id), name, repId: ida.userId });
  await imports.saveUsers([ida, bo]);
  await imports.saveCustomers([
    { ...customer("long", `Long ${HOSTILE}`), phone: "javascript:alert(1)", email: "a?b@example.com" },
    customer("short", "Short"),
    customer("owes", "Owes"),
    customer("paid", "Paid"),
  ]);
  const eva = { personId: personIdSchema.parse("eva"), customerId: customerIdSchema.parse("long") };
  await imports.savePersons([{ ...eva, name: `Eva "><img src=x>`, phone: "+45 12 34 56 78" }]);
  await imports.saveItems([{ itemId: itemIdSchema.parse("item"), name: "Coffee" }]);
  const orders = Object.entries({ long: LONG_SILENCE, short: SHORT_SILENCE }).flatMap(([customerId, days]) =>
    days.map((on) => anOrder({ on, customerId, orderId: `${customerId}-${on}` })),
  );
  await imports.saveOrders(orders);
  const { payments: _, ...invoice } = aReceivable({ customerId: "owes", dueOn: "2026-09-01", disputed: true });
  await imports.saveInvoices([{ invoice }]);
  const asOf = day(AS_OF);
  const links = addresses("http://example.com");
  await runNightly({
    tenant,
    catalog: builtInInsights,
    store: nightly,
    asOf,
    now: MORNING,
    links,
    isScheduled: false,
    isOnHold: true,
  });
}

async function get(path: string) {
  const reply = await pages.request(path);
  return { status: reply.status, headers: reply.headers, text: (await reply.text()).replace(/\s+/g, " ") };
}
const findingPath = (id: string) => addresses().finding({ tenantId: tenant.tenantId, findingId: id });

describe("the start page", () => {
  it("shows each tenant's last nightly run, and leads to the reps, the inbox, Slack and the API", async () => {
    const { status, text } = await get("/");
    expect(status).toBe(200);
    expect(text).toContain(`everything up to <time datetime="${AS_OF}">Sep 25, 2026</time>`);
    expect(text).toMatch(/Churn risk<\/th> <td class="number"><strong>1<\/strong><\/td> <td class="number">1</);
    for (const path of [`/for-you/${tenant.tenantId}/ida`, `/for-you/${tenant.tenantId}`, "/mail/", "/slack/", "/docs"])
      expect(text).toContain(`href="${path}"`);
  });

  it("says how to run the nightly run of a tenant that had none", async () => {
    const { text } = await get("/");
    expect(text).toContain(`npx regulars night --tenant ${quiet.tenantId} --data`);
  });
});

describe("a rep's page", () => {
  it("SA04: has their open follow-ups with the day they are due, and no others'", async () => {
    const { followUps, imports, records } = openTenantStore(table, tenant);
    await makeFollowUp({
      context: { tenant, followUps, imports, records, clock: () => Date.parse(MORNING), newId: () => "page" },
      cause: { type: "status", statusId: "neglected", since: day("2026-09-20") },
      owner: { type: "company", customerId: customerIdSchema.parse("long") },
      type: "call",
      text: `Call ${HOSTILE}`,
      userId: bo.userId,
      dueOn: day("2026-09-25"),
      isAutomatic: true,
      createdBy: "status",
    });
    const { text } = await get(`/for-you/${tenant.tenantId}/bo`);
    const todo = text.slice(text.indexOf(`id="follow-ups"`));
    expect(todo).toContain("call, <bdi>Call &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;</bdi>");
    expect(todo).toMatch(/was due on <time datetime="2026-09-25">/);
    expect((await get(`/for-you/${tenant.tenantId}/ida`)).text).not.toContain(`id="follow-ups"`);
  });

  it("ranks findings by money at stake, and hides disputed ones in a closed section", async () => {
    const { status, text } = await get(`/for-you/${tenant.tenantId}/ida`);
    expect(status).toBe(200);
    const list = text.slice(text.indexOf(`id="ranked"`), text.indexOf(`id="insights"`));
    const [open = "", toWatch = "", setAside = ""] = list.split(/<details class="fold"\s*>/);
    expect(open).toContain("▲ High");
    expect(open).toContain("silent 46 days, usually every 14");
    expect(open).toContain("1 to act on");
    expect(open).not.toContain("○ Watch");
    expect(toWatch).toContain("○ Watch");
    expect(setAside).toContain("1 set aside");
    expect(setAside).toContain("⚑ Disputed");
    expect(text).toContain(`href="${findingPath("churn-risk:long")}"`);
  });

  it("has weekly sales, the lowest performers and the orders of a day, with a link to each day", async () => {
    const path = `/for-you/${tenant.tenantId}/ida`;
    const { text } = await get(`${path}?window=90&day=2026-08-10`);
    const insights = text.slice(text.indexOf(`id="insights"`));
    expect(insights).toMatch(
      /Weekly sales<\/h3>.*by invoices<\/a><\/li> <\/ul> <p class="big"> ?€0\.00 <span class="mark state">nothing to compare with/,
    );
    expect(insights).toContain("Of 2 customers with an order in the last 90 days");
    expect(insights).toContain(`<strong aria-current="true">90 days</strong>`);
    expect(insights).toMatch(
      /Past orders.*€10\.00 placed.*\/ida\?day=2026-08-09&amp;window=90#orders".*Long &lt;script/,
    );
    expect(text).not.toContain("GP%");
    const mangled = await get(`${path}?window=5&lowest=x&day=yesterday`);
    expect([mangled.status, mangled.text.includes("day=yesterday")]).toEqual([200, true]);
    expect(mangled.text).toContain("Of 1 customer with an order in the last 30 days");
  });

  it("G4: says how many customers it is without, because their data cannot be read", async () => {
    const { nightly } = openTenantStore(table, tenant);
    const record = await nightly.lastNightly();
    if (record === undefined) throw new Error("no nightly run has run");
    const path = `/for-you/${tenant.tenantId}/ida`;
    expect((await get(path)).text).not.toContain("cannot be read");
    const setAside = { count: 2, first: [{ customerId: customerIdSchema.parse("torn"), reason: "cut off" }] };
    await nightly.saveNightly({ ...record, setAside });
    expect((await get(path)).text).toContain("Without 2 customers whose data cannot be read");
    await nightly.saveNightly(record);
  });

  it("of a rep without findings says that there is nothing to act on", async () => {
    const { status, text } = await get(`/for-you/${tenant.tenantId}/bo`);
    expect(status).toBe(200);
    expect(text).toContain("Nothing to act on");
  });

  it("of everyone names each finding's rep", async () => {
    const { text } = await get(`/for-you/${tenant.tenantId}`);
    expect(text).toContain("· <bdi>Ida ");
  });

  it("of an unknown user is not found, and says what to do", async () => {
    const user = await get(`/for-you/${tenant.tenantId}/nobody`);
    expect(user.status).toBe(404);
    expect(user.text).toContain("import the users file that has this user");
    const other = await get("/for-you/nowhere/ida");
    expect(other.status).toBe(404);
    expect(other.text).toContain("There is no tenant &quot;nowhere&quot; (there are: ");
    expect((await get(`/for-you/${tenant.tenantId}/${encodeURIComponent("a/b <i>")}`)).status).toBe(404);
  });

  it("of a tenant without a nightly run says how to run it", async () => {
    const { status, text } = await get(`/for-you/${quiet.tenantId}`);
    expect(status).toBe(404);
    expect(text).toContain(`regulars night --tenant ${quiet.tenantId}`);
  });
});

describe("a finding's page", () => {
  it("says why in numbers, with every check, operand and source document", async () => {
    const { status, text } = await get(findingPath("churn-risk:long"));
    expect(status).toBe(200);
    expect(text).toMatch(/CH3<\/code> days silent.*?<td class="number">46<\/td>.*?more than.*?<td>7<\/td>.*?✓ yes/);
    expect(text).toMatch(/<dt>Previous gap<\/dt> <dd><bdi>7 days<\/bdi>/);
    expect(text).toContain("long-2026-08-10");
    expect(text).toContain("50 % or more is high, 40 % or more is medium");
  });

  it("gives the persons to call, and a text to send", async () => {
    const { text } = await get(findingPath("churn-risk:long"));
    expect(text).toContain(`href="tel:+4512345678"`);
    expect(text).toContain("mailto:a%3Fb@example.com?body=Hello%20");
    // F7: it greets the person to call, not the company.
    expect(text).toContain("Hello Eva, it is a while since your order of Aug 10, 2026");
  });

  it("of a disputed invoice says that no message is sent", async () => {
    const { text } = await get(findingPath("overdue-payments:owes"));
    expect(text).toContain("No message is sent.");
    expect(text).toMatch(/<td[^>]*><bdi>€100\.00<\/bdi><\/td>/);
    expect(text).toMatch(/<dt>EUR<\/dt> <dd><bdi>€100.00</);
  });

  it("that is resolved says so, and leads to the rep", async () => {
    const { status, text } = await get(findingPath("churn-risk:paid"));
    expect(status).toBe(200);
    expect(text).toContain("Resolved.");
    expect(text).toContain(`href="/for-you/${tenant.tenantId}/ida"`);
  });

  it.each(["churn-risk:nobody", "no-kind:long", "churn-risk", "churn-risk:a:b:c", "churn-risk:<b>"])(
    "%s is not found",
    async (id) => {
      const { status, text } = await get(findingPath(id));
      expect(status).toBe(404);
      expect(text).toContain("There is no finding");
    },
  );
});

describe("the forms of a finding's page", () => {
  const path = () => findingPath("churn-risk:long");
  const send = (fields: Record<string, string>, headers: Record<string, string> = { origin: "http://localhost" }) =>
    pages.request(path(), { method: "POST", body: new URLSearchParams(fields), headers });

  it("snooze it until a day and reopen it; the page offers only the possible one of the two", async () => {
    const { headers, text } = await get(path());
    expect(headers.get("content-security-policy")).toContain("form-action 'self'");
    expect(text).toMatch(/<button[^>]*>Snooze 7 days<\/button>/);
    const done = await send({ action: "snooze", until: "2999-01-01" });
    expect([done.status, done.headers.get("location")]).toEqual([303, path()]);
    const snoozed = await get(path());
    expect(snoozed.text).toContain("☾ Set aside");
    expect(snoozed.text).toContain(`Set aside until <time datetime="2999-01-01">Jan 1, 2999</time>`);
    expect(snoozed.text).not.toContain("Snooze 7 days");
    expect((await get(`/for-you/${tenant.tenantId}/ida`)).text).toContain("2 set aside");
    expect((await send({ action: "reopen" })).status).toBe(303);
    expect((await get(path())).text).toContain("Snooze 7 days");
    await send({ action: "dismiss" });
    expect((await get(path())).text).toContain("Set aside until something new happens");
    await send({ action: "reopen" });
  });

  it("BX22 store the feedback on it", async () => {
    const done = await send({ action: "feedback", verdict: "known_reason", note: " On holiday " });
    const location = done.headers.get("location") ?? "";
    expect([done.status, location]).toEqual([303, path()]);
    expect((await get(location)).text).toContain("Your feedback is saved");
    const said = await all(openTenantStore(table, tenant).review.feedback());
    expect(said).toMatchObject([{ findingId: "churn-risk:long", verdict: "known_reason", note: "On holiday" }]);
  });

  it("are refused from another site's page", async () => {
    const fields = { action: "dismiss" };
    expect((await send(fields, { origin: "http://evil.example" })).status).toBe(403);
    expect((await send(fields, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await send(fields, {})).status).toBe(403);
    expect((await get(path())).text).toContain("Snooze 7 days");
  });

  it("with an invalid action are refused with a page that says why", async () => {
    const textOf = async (fields: Record<string, string>) => {
      const reply = await send(fields);
      return [reply.status, await reply.text()] as const;
    };
    const [early, why] = await textOf({ action: "snooze", until: "2020-01-01" });
    expect([early, why.includes("is not later than today")]).toEqual([422, true]);
    // F2: every refusal is on the form's own page, filled.
    expect(why).toMatch(/name="until"[^>]* value="2020-01-01"/);
    for (const fields of [
      {},
      { action: "explode" },
      { action: "snooze", until: "soon" },
      { action: "feedback", note: "as I said" },
    ]) {
      const [status, text] = await textOf(fields);
      expect([fields, status, text.includes('role="alert"'), text.includes(`action="${path()}"`)]).toEqual([
        fields,
        422,
        true,
        true,
      ]);
      expect(text).toContain(`name="note" maxlength="1000" autocomplete="off" value="${fields.note ?? ""}"`);
    }
    const nobody = await pages.request(findingPath("churn-risk:nobody"), {
      method: "POST",
      body: new URLSearchParams({ action: "dismiss" }),
      headers: { origin: "http://localhost" },
    });
    expect(nobody.status).toBe(404);
  });
});

describe("F9: the icon", () => {
  it("is where browsers look for it, and every page's policy allows it", async () => {
    const { status, headers, text } = await get("/favicon.ico");
    expect([status, headers.get("content-type")]).toEqual([200, "image/svg+xml; charset=utf-8"]);
    expect(text).toContain("<svg");
    for (const path of ["/", "/mail/", "/slack/"])
      expect((await get(path)).headers.get("content-security-policy")).toContain("img-src 'self'");
  });
});

describe("F3: an unknown address", () => {
  it("gives a page in a browser, and a problem document to programs", async () => {
    const browser = await pages.request("/nothing/here", { headers: { accept: "text/html,*/*" } });
    expect([browser.status, browser.headers.get("content-type")]).toEqual([404, "text/html; charset=UTF-8"]);
    expect(await browser.text()).toContain("There is no page /nothing/here.");
    const program = await pages.request("/nothing", { headers: { accept: "*/*" } });
    expect([program.status, program.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
    const api = await pages.request("/v1/nothing", { headers: { accept: "text/html" } });
    expect(api.headers.get("content-type")).toBe("application/problem+json");
  });
});

describe("every page", () => {
  it("shows hostile names as text", async () => {
    for (const path of [
      "/",
      `/for-you/${tenant.tenantId}/ida`,
      findingPath("churn-risk:long"),
      `/for-you/${encodeURIComponent(HOSTILE)}/x`,
    ]) {
      const { text } = await get(path);
      expect(text).not.toMatch(/<script>|<img|href="javascript/);
    }
  });

  it("may load only its own style sheet, which exists", async () => {
    const { headers, text } = await get("/");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'; style-src 'self'");
    expect(text).not.toMatch(/ style="|https?:\/\/(?!127)/);
    const [, sheet = ""] = /<link rel="stylesheet" href="([^"]+)"/.exec((await get("/")).text) ?? [];
    const style = await get(sheet);
    expect(sheet).toMatch(/^\/assets\/style\.[\w-]{16}\.css$/);
    expect(style.headers.get("content-type")).toContain("text/css");
    expect(style.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  });
});

describe("the page of backtests", () => {
  const path = () => `/backtests/${tenant.tenantId}`;
  const ask = (form: string, site = "same-origin") =>
    pages.request(`http://localhost${path()}`, {
      method: "POST",
      headers: { "sec-fetch-site": site, "content-type": "application/x-www-form-urlencoded" },
      body: form,
    });

  it("BX21 is linked from the start page and the reps' pages, and refuses an invalid horizon", async () => {
    for (const from of ["/", `/for-you/${tenant.tenantId}/ida`]) expect((await get(from)).text).toContain(path());
    const refused = await ask("horizonDays=3");
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("The horizon must be 7 to 730 days.");
    expect((await ask("horizonDays=90", "cross-site")).status).toBe(403);
    expect(sent).toEqual([]);
  });

  it("BX21 starts one, shows its progress, and links to its report, which may load only its own style", async () => {
    expect((await ask("horizonDays=30")).headers.get("location")).toBe(path());
    const waiting = await get(path());
    expect(waiting.text).toContain("◌ waits to be begun");
    expect(waiting.text).toMatch(/\/assets\/refresh\.[\w-]{16}\.js/);
    expect((await ask("horizonDays=30")).status).toBe(422);
    await worker(queueEvent("backtests", sent[0]), localContext("backtest"));
    const done = await get(path());
    expect(done.text).toContain("● done: 4 customers");
    expect(done.text).not.toMatch(/\/assets\/refresh\.[\w-]{16}\.js/);
    const [report = ""] = /\/backtests\/[\w/-]+_\w+/.exec(done.text) ?? [];
    const page = await get(report);
    expect([page.status, page.headers.get("content-security-policy")]).toEqual([
      200,
      expect.stringContaining("default-src 'none'"),
    ]);
    expect(page.text).toContain("for the days that it names, at most 30");
    expect(page.text).not.toContain("<script");
    expect((await get(`${path()}/bt_20261123080000000_0000000000`)).status).toBe(404);
  });
});

describe("a token", () => {
  it("is the trusted issuer's, whichever name of this machine is in the page's address", async () => {
    for (const origin of ["http://localhost", "http://127.0.0.1:4780", "http://[::1]:4780"]) {
      const page = await (await pages.request(`${origin}/sign-in/${tenant.tenantId}/bo`)).text();
      const [, token = ""] = /TOKEN=([\w.-]+)/.exec(page) ?? [];
      expect(decodeJwt(token)).toMatchObject({ iss: "http://localhost/auth", sub: "bo", tenant_id: tenant.tenantId });
    }
  });
});

describe("another site's page", () => {
  it("with a host name that resolves to this machine (DNS rebinding) reads nothing", async () => {
    for (const path of ["/", "/sign-in", `/sign-in/${tenant.tenantId}/bo`, "/mail", "/slack", "/v1/health"])
      for (const host of ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:4780", "0.0.0.0"]) {
        const reply = await pages.request(`http://${host}${path}`);
        expect({ path, host, status: reply.status }).toEqual({ path, host, status: 421 });
        expect(await reply.text()).not.toContain("TOKEN");
      }
  });

  it("writes nothing with its visitor's browser", async () => {
    const asked = (site: string) =>
      pages.request("http://localhost/slack/api/chat.postMessage", {
        method: "POST",
        headers: { "sec-fetch-site": site, "content-type": "application/x-www-form-urlencoded" },
        body: "channel=x",
      });
    expect((await asked("cross-site")).status).toBe(403);
    expect((await asked("same-origin")).status).not.toBe(403);
  });
});

describe("the API", () => {
  it("answers next to the pages, and answers unknown addresses with a problem", async () => {
    expect((await get("/v1/health")).text).toBe(`{"status":"ok"}`);
    const nowhere = await get("/nowhere");
    expect(nowhere.status).toBe(404);
    expect(nowhere.headers.get("content-type")).toBe("application/problem+json");
  });
});
