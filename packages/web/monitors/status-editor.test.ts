import { monitorIdSchema } from "@regulars/core/platform/ids";
import { customerIdSchema, toInstant } from "@regulars/core/platform/values";
import { changeMonitor } from "@regulars/flows/monitors/save-monitor";
import { createRuntime } from "@regulars/functions/runtime";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { beforeAll, describe, expect, it } from "vitest";
import { monitorContextOf } from "../../../test/fixtures/monitor-context.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { aConsole } from "../../../test/fixtures/page-console.ts";

const NOW = Date.parse("2026-11-23T10:00:00Z");

let testTenant: TestTenant;
let pages: ReturnType<typeof aConsole>;
let sent: unknown[];

beforeAll(async () => {
  testTenant = aTenantStore();
  sent = [];
  const { table, tenant, store } = testTenant;
  await openTenantDirectory(table).ensure(tenant, toInstant(NOW));
  const runtime = createRuntime(
    { TABLE_NAME: table.name, PUBLIC_URL: "http://localhost" },
    {
      table,
      log: { info: () => undefined, error: () => undefined },
      clock: () => NOW,
      queues: { send: (queue, message) => Promise.resolve(void sent.push([queue, message])) },
    },
  );
  pages = aConsole(runtime);
  await store.imports.saveCustomers(
    ["Customer", "Customer", "Prospect"].map((category, i) => ({
      customerId: customerIdSchema.parse(`c${i}`),
      name: `Kunde <${i}>`,
      category,
      ...(i === 0 ? { phone: "+45 11 22 33 44" } : {}),
    })),
  );
});

const path = (more = ""): string => `/statuses/${testTenant.tenant.tenantId}/edit${more}`;
const clean = (text: string): string => text.replaceAll(/\s+/g, " ");

async function send(form: Readonly<Record<string, string>>, to = "") {
  const answer = await pages.request(path(to), {
    method: "POST",
    headers: { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
  });
  return { status: answer.status, location: answer.headers.get("location") ?? "", text: clean(await answer.text()) };
}

/** What a browser would send of the form with this button. */
function filled(page: string, action: string): Readonly<Record<string, string>> {
  const part = page.split("<form").find((one) => one.includes(action)) ?? "";
  return Object.fromEntries(
    [...part.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [
      name,
      value.replaceAll("&quot;", '"').replaceAll("&gt;", ">").replaceAll("&lt;", "<").replaceAll("&amp;", "&"),
    ]),
  );
}

const FORM = {
  statusId: "sts_asked",
  name: "Big customers",
  ownerType: "company",
  description: "<name> is big",
  rank: "10",
  level: "high",
  quietDays: "7",
  isActive: "on",
  forYou: "on",
  followUpMode: "by-hand",
  leafHow: "all",
};

const monitorOf = (id: string) => testTenant.store.monitors.monitor(monitorIdSchema.parse(id));

describe("making a status on its page", () => {
  it("adds comparisons one by one, shows the sentence and who would have it, and saves exactly that", async () => {
    const empty = clean(await (await pages.request(path())).text());
    expect(empty).toContain('<option value="category" label="the category">');
    const one = await send({ ...FORM, do: "preview", leafField: "category", leafOp: "is", leafValue: "Customer" });
    expect(one.text).toContain("<bdi>The category is Customer.</bdi>");
    expect(one.text).toContain("2 of 3 would have it: <bdi>Kunde &lt;0&gt;</bdi>, <bdi>Kunde &lt;1&gt;</bdi>");
    expect(one.text).toMatch(/name="leafField" list="fields" maxlength="100" value=""/);
    expect(one.text).toMatch(/<option value="repId" label="the rep" ?><\/option>/);
    expect(await testTenant.store.monitors.monitors()).toEqual([]);
    const two = await send({
      ...filled(one.text, "Save it so"),
      do: "preview",
      leafField: "phone",
      leafOp: "contains",
      leafValue: "55",
      leafNot: "on",
    });
    expect(two.text).toContain("category is Customer AND NOT phone contains &quot;55&quot;");
    expect(two.text).toContain("1 of 3 would have it: <bdi>Kunde &lt;0&gt;</bdi>");
    expect(two.text).toContain("1 has no such value yet.");
    const saved = await send(filled(two.text, "Save it so"));
    expect([saved.status, saved.location]).toEqual([303, `/statuses/${testTenant.tenant.tenantId}?saved=sts_asked`]);
    expect(await monitorOf("sts_asked")).toMatchObject({
      name: "Big customers",
      description: "<name> is big",
      rank: 10,
      level: "high",
      isActive: true,
      isVisual: false,
      told: { forYou: true, digest: false, alert: false },
      criteria: {
        all: [
          { field: "category", op: "is", value: "Customer" },
          { not: { field: "phone", op: "contains", value: "55" } },
        ],
      },
    });
    expect(sent).toEqual([["rebuilds", { tenantId: testTenant.tenant.tenantId, everybody: true }]]);
    // The same once more is done already; another one needs another id.
    expect((await send(filled(two.text, "Save it so"))).location).toBe(saved.location);
    const again = await send({ ...filled(two.text, "Save it so"), name: "Others" });
    expect([again.status, again.text.includes("There is a status monitor sts_asked already")]).toEqual([422, true]);
  });

  it("takes a comparison out and counts those in who have no such value, by a button each", async () => {
    const criteria = 'category is Customer AND phone contains "11"';
    const counted = await send({ ...FORM, criteria, do: "or-never all[1]" });
    expect(counted.text).toContain("phone contains &quot;11&quot; OR NEVER");
    expect(counted.text).toContain("2 of 3 would have it");
    expect(counted.text).not.toContain("enter: ");
    const turned = await send({ ...FORM, criteria: 'NOT phone contains "11"', do: "or-never not" });
    expect(turned.text).toContain("NOT (phone contains &quot;11&quot; AND phone isNotNull)");
    expect(turned.text).toContain("2 of 3 would have it");
    const less = await send({ ...FORM, criteria, do: "take-out all[0]" });
    expect(less.text).toContain("> phone contains &quot;11&quot;</textarea");
    const none = await send({ ...FORM, criteria: "category is Customer", do: "take-out " });
    expect(none.text).toContain("A draft without criteria: nobody has it.");
  });

  it("reads ages, numbers, lists and JSON, and begins with a preset", async () => {
    const words = async (more: Readonly<Record<string, string>>): Promise<string> =>
      /name="criteria" value="([^"]*)"/.exec((await send({ ...FORM, do: "preview", ...more })).text)?.[1] ?? "";
    const age = { leafField: "sale.sold.last", leafOp: "olderThan", leafValue: "2", leafUnit: "months" };
    expect(await words({ ...age, leafOrNever: "on" })).toBe("sale.sold.last olderThan 2 months OR NEVER");
    expect(await words({ ...age, leafNot: "on", leafOrNever: "on" })).toBe(
      "NOT (sale.sold.last olderThan 2 months AND sale.sold.last isNotNull)",
    );
    expect(await words({ leafField: "sale.sold.total", leafOp: "between", leafValue: "1, 50" })).toBe(
      "sale.sold.total between (1, 50)",
    );
    expect(await words({ leafField: "category", leafOp: "oneOf", leafValue: "Customer, Prospect" })).toBe(
      "category oneOf (Customer, Prospect)",
    );
    expect(await words({ criteria: '{"field":"creditHold","op":"is","value":true}' })).toBe("creditHold is true");
    const preset = await (await pages.request(path("?preset=sleeping"))).text();
    expect(preset).toContain("sale.sold.last olderThan 2 months AND sale.sold.total &gt; 50</textarea");
  });

  it("scenario 1: saves a relative date so that it is still relative when it is opened again", async () => {
    const criteria = "sale.sold.last olderThan 2 months";
    expect((await send({ ...FORM, statusId: "sts_relative", do: "save", criteria })).status).toBe(303);
    expect(await monitorOf("sts_relative")).toMatchObject({
      criteria: { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" },
    });
    const opened = await (await pages.request(path("/sts_relative"))).text();
    expect(clean(opened)).toContain(`${criteria}</textarea`);
    const { status } = await send({ ...FORM, version: "1", criteria, do: "save" }, "/sts_relative");
    expect([status, (await monitorOf("sts_relative"))?.criteria]).toEqual([
      303,
      { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" },
    ]);
  });

  it("says each mistake of the criteria", async () => {
    const { text } = await send({ ...FORM, criteria: "nmae is x AND phon is y", do: "preview" });
    expect(text).toContain("Allowed: fields like name criteria.all[1].field &quot;phon&quot; is no field");
  });

  it("takes no criteria at all for a draft", async () => {
    const draft = await send({ ...FORM, do: "preview" });
    expect([draft.status, draft.text.includes("A draft without criteria: nobody has it.")]).toEqual([200, true]);
  });

  it.each([
    [{ leafField: "categry", leafOp: "is", leafValue: "x" }, "Comparison.field &quot;categry&quot; is no field"],
    [{ leafValue: "x" }, "The comparison to add has no field"],
    [{ leafField: "category", leafOp: "like" }, "The comparison to add has &quot;like&quot;, which is not offered"],
    [{ leafField: "category" }, "The comparison to add does not say how it compares: choose it"],
    [
      { leafField: "sale.sold.last", leafOp: "olderThan", leafValue: "2" },
      "Comparison.unit is missing: olderThan needs one",
    ],
    [
      { leafField: "sale.sold.last", leafOp: "olderThan", leafUnit: "moons" },
      "The unit &quot;moons&quot; is not offered",
    ],
    [{ leafHow: "xor", name: "kept" }, "A comparison is added with and, or with or"],
    [{ criteria: "category is" }, "The criteria end where a value is expected"],
    [{ criteria: "{" }, "The criteria begin like JSON, and are none"],
    [{ criteria: "category is Custmer" }, "Criteria.value &quot;Custmer&quot; is no category: did you mean Customer"],
    [{ ownerType: "rep" }, "A status of a “rep” is none of the choices"],
    [{ do: "save", name: "" }, "Name "],
    [{ do: "save", rank: "many" }, "Rank "],
    [{ do: "save", followUpText: "Call" }, "Follow-up is missing"],
  ])("comes back filled, with the reason, when %j is sent", async (wrong, reason) => {
    const before = await testTenant.store.monitors.monitors();
    const answer = await send({ ...FORM, statusId: "sts_refused", do: "preview", ...wrong });
    expect([answer.status, /role="alert">.*?<bdi>(.*?)<\/bdi>/.exec(answer.text)?.[1]]).toEqual([
      422,
      expect.stringContaining(reason),
    ]);
    expect(answer.text).toContain("&lt;name&gt; is big</textarea");
    expect(await testTenant.store.monitors.monitors()).toEqual(before);
  });
});

describe("changing a status on its page", () => {
  it("shows what somebody else saved meanwhile, and saves over it only when that is said", async () => {
    await send({ ...FORM, statusId: "sts_two", do: "save", criteria: "category is Customer" });
    const opened = await (await pages.request(path("/sts_two"))).text();
    expect(opened).toContain('name="version" value="1"');
    const context = monitorContextOf(testTenant, toInstant(NOW));
    await changeMonitor(context, "sts_two", { name: "Theirs", rank: 5 });
    const mine = { ...FORM, name: "Mine", version: "1", criteria: "category is Prospect" };
    const refused = await send({ ...mine, do: "save" }, "/sts_two");
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("Sts_two has version 2, not 1");
    expect(refused.text).toContain('<th scope="row">Name</th> <td><bdi>Theirs</bdi></td> <td><bdi>Mine</bdi></td>');
    expect(refused.text).toContain("<td><bdi>category is Customer</bdi></td> <td><bdi>category is Prospect</bdi></td>");
    expect(await monitorOf("sts_two")).toMatchObject({ name: "Theirs", version: 2 });
    const kept = await send(filled(refused.text, "Go on with mine"), "/sts_two");
    expect(kept.text).toContain("2 leave: <bdi>Kunde &lt;0&gt;</bdi>, <bdi>Kunde &lt;1&gt;</bdi>");
    expect(kept.text).not.toContain("meanwhile");
    expect((await send(filled(kept.text, "Save it so"), "/sts_two")).status).toBe(303);
    expect(await monitorOf("sts_two")).toMatchObject({ name: "Mine", rank: 10, version: 3 });
  });

  it("takes criteria away, deletes and restores", async () => {
    await send({ ...FORM, statusId: "sts_three", do: "save", criteria: "category is Customer" });
    await send({ ...FORM, version: "1", criteria: "", do: "save" }, "/sts_three");
    expect((await monitorOf("sts_three"))?.criteria).toBeUndefined();
    const deleted = await send({ do: "delete" }, "/sts_three");
    expect(deleted.location).toContain("/edit/sts_three?saved=sts_three");
    expect(clean(await (await pages.request(path("/sts_three"))).text())).toContain("The status is deleted");
    expect(clean(await (await pages.request(path())).text())).toContain('edit/sts_three"><bdi>Big customers</bdi>');
    await send({ do: "restore" }, "/sts_three");
    expect((await monitorOf("sts_three"))?.deletedAt).toBeUndefined();
  });
});
