import { operationIdSchema } from "@regulars/core/platform/ids";
import { customerIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { actOnSelection } from "@regulars/functions/workers/selection-work";
import { type Runtime, createRuntime } from "@regulars/functions/runtime";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { beforeAll, describe, expect, it } from "vitest";
import { HOSTILE } from "../../../test/fixtures/hostile-text.ts";
import { aConsole, textOf } from "../../../test/fixtures/page-console.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";

const ESCAPED = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;";
const NOW = Date.parse("2026-11-23T10:00:00Z");
const FORM = { origin: "http://localhost", "content-type": "application/x-www-form-urlencoded" };

let testTenant: TestTenant;
let runtime: Runtime;
const queued: unknown[] = [];
const customer = (id: string) => customerIdSchema.parse(id);

beforeAll(async () => {
  testTenant = aTenantStore({ edition: "pro" });
  const { table, tenant, store } = testTenant;
  await openTenantDirectory(table).ensure(tenant, toInstant(NOW));
  const log = { info: () => undefined, error: () => undefined };
  const queues = { send: (queue: string, body: unknown) => Promise.resolve(void queued.push([queue, body])) };
  runtime = createRuntime(
    { TABLE_NAME: table.name, PUBLIC_URL: "http://localhost" },
    { table, log, clock: () => NOW, queues },
  );
  await store.imports.saveUsers([
    { userId: userIdSchema.parse("anna"), name: "Anna", role: "rep" },
    { userId: userIdSchema.parse("max"), name: "Max", role: "admin" },
  ]);
  await store.imports.saveCustomers([
    { customerId: customer("acme"), name: `Acme ${HOSTILE}`, category: "Customer", email: "shop@acme.example" },
    { customerId: customer("blue"), name: "Blue", category: "Customer", phone: "+45 1" },
    { customerId: customer("lead"), name: "Lead", category: "Prospect" },
  ]);
});

const as = (userId?: string) =>
  aConsole(
    runtime,
    userId === undefined
      ? undefined
      : { type: "user", tenantId: testTenant.tenant.tenantId, userId: userIdSchema.parse(userId) },
  );
const path = (more = ""): string => `/selections/${testTenant.tenant.tenantId}${more}`;
const read = async (more = "", user?: string) => {
  const answer = await as(user).request(path(more), { headers: { accept: "text/html" } });
  return { status: answer.status, text: await textOf(answer) };
};
const send = async (more: string, form: Record<string, string>, user?: string) => {
  const body = new URLSearchParams(form).toString();
  const answer = await as(user).request(path(more), { method: "POST", headers: FORM, body });
  return { status: answer.status, to: answer.headers.get("location") ?? "", text: await textOf(answer) };
};
const made = async (form: Record<string, string>): Promise<string> =>
  (await send("", { ownerType: "company", ...form })).to.replace(path(), "");

describe("pages of selections", () => {
  it("SA11: add a company by its whole name, and name the ids of those that are named like it", async () => {
    const list = await made({ name: "By name", criteria: "name contains Nobody" });
    const kept = (await send(list, { do: "freeze", name: "By name now" })).to.replace(path(), "");
    expect((await send(kept, { do: "add", ids: "lead" })).status).toBe(303);
    const like = await send(kept, { do: "add", ids: "Blu" });
    expect([like.status, like.text.includes("write one of these ids: blue (Blue)")]).toEqual([422, true]);
    expect((await send(kept, { do: "add", ids: "BLUE" })).status).toBe(303);
    const page = await read(kept);
    expect([page.text.includes("<bdi>Blue</bdi>"), page.text.includes("2 members")]).toEqual([true, true]);
  });

  it("SA11, SA20: make a dynamic selection by criteria in words, and keep those of now as a list", async () => {
    const dynamic = await made({ name: `Buyers ${HOSTILE}`, criteria: "category = Customer" });
    const page = await read(dynamic);
    expect(page.text).toContain(`<bdi>Acme ${ESCAPED}</bdi>`);
    expect(page.text).toContain("2 members");
    expect(page.text).not.toContain("<script>alert");
    expect((await read()).text).toContain(`<bdi>Buyers ${ESCAPED}</bdi></a>`);
    const kept = (await send(dynamic, { do: "freeze", name: "Buyers of now" })).to.replace(path(), "");
    await send(kept, { do: "remove", ids: "blue" });
    await send(kept, { do: "add", ids: "lead" });
    const list = await read(kept);
    expect(list.text).toContain("a kept list");
    expect([list.text.includes("<bdi>Lead</bdi>"), list.text.includes("<bdi>Blue</bdi>")]).toEqual([true, false]);
    // One click opens the form, which says what is gone; the second one deletes.
    expect(list.text).toMatch(
      /<details[^>]*> <summary>Delete the selection<\/summary>.*gone for good.*Delete it for good/,
    );
    expect((await send(kept, { do: "delete" })).to).toBe(`${path()}#saved`);
    expect((await read(kept)).status).toBe(404);
  });

  it("SA20: count and show an action before it starts, and its progress and who got nothing after", async () => {
    const list = await made({ name: "All", criteria: "category = Customer" });
    const asked = {
      action: "mailing",
      subject: "News for <name>",
      text: `Hello <name> ${HOSTILE}`.replace("<script>", "\\<script>").replace("</script>", "\\</script>"),
    };
    const shown = await send(list, { do: "preview", ...asked });
    expect(shown.text).toContain("2 members: 1 e-mail, 1 left out.");
    expect(shown.text).toContain("has no e-mail address");
    expect(shown.text).toContain(`News for Acme ${ESCAPED}`);
    // Its lines are shown as they are: between the parts of the message there is no blank.
    expect(shown.text).toMatch(/<blockquote class="follow-up"><p class="soft">[^]*?<\/p><p><strong><bdi>News for/);
    expect(shown.text).toContain(`</strong></p><bdi>Hello Acme ${ESCAPED}`);
    expect(queued).toEqual([]);
    const started = await send(list, { do: "start", ...asked });
    expect(started.status).toBe(303);
    const operationId = operationIdSchema.parse(started.to.split("action=")[1]);
    expect(queued).toEqual([["plans", { tenantId: testTenant.tenant.tenantId, operationId }]]);
    expect((await read(started.to.replace(path(), ""))).text).toContain("0 of 2 members: made 0, left out 0.");
    const { tenant, store } = testTenant;
    // The owner of the machine is no user of the tenant, to whom a task could go.
    expect(await store.selectionOperations.find(operationId)).toMatchObject({ actorId: "operator" });
    await actOnSelection({ tenant, store, runtime }, operationId, () => false);
    const done = await read(started.to.replace(path(), ""));
    expect(done.text).toContain("2 of 2 members: made 1, left out 1.");
    expect(done.text).toMatch(/<bdi>Blue<\/bdi>.{0,60}has no e-mail address/);
  });

  it("SA20: name the member whose address another one has too, before a mailing and after", async () => {
    const { tenant, store } = testTenant;
    await store.imports.saveCustomers([
      { customerId: customer("twin-1"), name: "Twin One", category: "Twin", email: "twin@acme.example" },
      { customerId: customer("twin-2"), name: "Twin Two", category: "Twin", email: "Twin@acme.example" },
    ]);
    const list = await made({ name: "Twins", criteria: "category = Twin" });
    const asked = { action: "mailing", subject: "News", text: "Hello <name>" };
    const second = /<bdi>Twin Two<\/bdi> .{0,80}same address as <bdi>twin-1<\/bdi>/;
    const shown = await send(list, { do: "preview", ...asked });
    expect(shown.text).toContain("2 members: 1 e-mail, 1 left out.");
    expect(shown.text).toMatch(second);
    const started = await send(list, { do: "start", ...asked });
    const operationId = operationIdSchema.parse(started.to.split("action=")[1]);
    await actOnSelection({ tenant, store, runtime }, operationId, () => false);
    expect((await read(started.to.replace(path(), ""))).text).toMatch(second);
  });

  it("SA11: rename a selection, but not to the name of another one", async () => {
    const list = await made({ name: "Before", criteria: "category = Customer" });
    await made({ name: "Taken" });
    expect((await send(list, { do: "rename", name: `After ${HOSTILE}` })).to).toBe(`${path(list)}#saved`);
    const page = await read(list);
    expect([page.text.includes(`After ${ESCAPED}`), page.text.includes("2 members")]).toEqual([true, true]);
    expect((await send(list, { do: "rename", name: `After ${HOSTILE}` })).status).toBe(303);
    for (const [name, said] of [
      ["Taken", "there is a selection “Taken” already"],
      [" ", "1 to 100 characters"],
    ] as const) {
      const refused = await send(list, { do: "rename", name });
      expect([refused.status, refused.text.toLowerCase()]).toEqual([422, expect.stringContaining(said.toLowerCase())]);
    }
    const again = await send(list, { do: "rename", name: "Taken" });
    const marked = /<form[^>]*>(?:(?!<\/form>).)*value="rename".*?<\/form>/.exec(again.text)?.[0];
    expect(marked).toMatch(/aria-invalid="true"[^>]* name="name"[^>]* value="Taken"/);
    expect((await send(list, { do: "rename", name: "Mine" }, "anna")).status).toBe(403);
    expect((await read()).text).toContain(`After ${ESCAPED}`);
  });

  it("give the call list as CSV", async () => {
    const list = await made({ name: "Calls", criteria: "category = Customer" });
    const answer = await as().request(path(`${list}/call-list.csv`));
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(await answer.text()).toContain("blue,blue,Blue,'+45 1,,");
  });

  it("say what of a form cannot be used, and keep what was written", async () => {
    const list = await made({ name: "Refusing" });
    for (const [more, form, said] of [
      ["", { name: "X", ownerType: "company", criteria: "categry = Customer" }, "category"],
      ["", { name: "", ownerType: "company" }, "The name has 1 to 100 characters"],
      [list, { do: "add", ids: "acme nobody" }, "This id is not known: nobody."],
      [
        list,
        { do: "add", ids: "nobody acme no-one a1 a2 a3 a4" },
        "These ids are not known: nobody, no-one, a1, a2 and a3 and 1 more.",
      ],
      [
        list,
        { do: "preview", action: "follow-up", text: "Call <name" },
        "Text “Call &lt;name” has a &quot;&lt;&quot; without its",
      ],
      [
        list,
        { do: "preview", action: "mailing", subject: "", text: "Kept words" },
        "Subject, for a mailing is missing",
      ],
    ] as const) {
      const { status, text } = await send(more, form);
      expect([status, text]).toEqual([422, expect.stringContaining(said)]);
    }
    for (const act of ["preview", "start"]) {
      const { status, text } = await send(list, { do: act, action: "mailing", subject: "News", text: "Hello <nam>" });
      expect([status, text]).toEqual([
        422,
        expect.stringContaining(
          "Text “Hello &lt;nam&gt;” has the unknown variable &lt;nam&gt;: did you mean &lt;name&gt;? There are &lt;name&gt;",
        ),
      ]);
    }
    const kept = await send(list, { do: "preview", action: "mailing", subject: "", text: "Kept words" });
    expect(kept.text).toMatch(/<textarea[^>]*> ?Kept words ?<\/textarea>/);
  });

  it("let reps look at their customers only, and change nothing", async () => {
    const list = await made({ name: "Seen", criteria: "category = Customer" });
    expect((await read(list, "anna")).text).not.toContain("Show what it would do");
    expect((await send(list, { do: "delete" }, "anna")).status).toBe(403);
    expect((await send("", { name: "X", ownerType: "company" }, "anna")).status).toBe(403);
    expect((await send(list, { do: "preview", action: "follow-up", text: "Call" }, "anna")).status).toBe(403);
    const started = await send(list, { do: "start", action: "follow-up", text: "Call" });
    const action = started.to.replace(path(), "");
    expect([
      (await read(action)).text.includes("made 0"),
      (await read(action, "anna")).text.includes("made 0"),
    ]).toEqual([true, false]);
  });
});
