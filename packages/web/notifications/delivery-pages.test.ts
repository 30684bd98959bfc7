import { digestSchema } from "@regulars/core/notifications/message";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { noteMailEvent } from "@regulars/flows/notifications/note-mail-event";
import { createRuntime } from "@regulars/functions/runtime";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { beforeEach, describe, expect, it } from "vitest";
import { aConsole, textOf } from "../../../test/fixtures/page-console.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { deliveriesPath, suppressionsPath } from "../page/addresses.ts";

const NOW = Date.parse("2026-11-23T10:00:00Z");
let testTenant: TestTenant;
let queued: unknown[];
let as: (user: string) => ReturnType<typeof aConsole>;

beforeEach(async () => {
  testTenant = aTenantStore();
  queued = [];
  const { table, tenant, store } = testTenant;
  await openTenantDirectory(table).ensure(tenant, toInstant(NOW));
  await store.imports.saveUsers([
    { userId: userIdSchema.parse("anna"), name: "Anna", role: "rep", email: "anna@we.example" },
    { userId: userIdSchema.parse("ada"), name: "Ada", role: "admin", email: "ada@we.example" },
  ]);
  await store.nightly.queueNotifications(
    ["one", "two"].map((id) => ({
      id,
      dueAt: toInstant(NOW - 3_600_000),
      isOnHold: false,
      why: { rule: "digest-time" as const, decidedBy: "user" as const },
      message: digestSchema.parse({
        type: "digest",
        tenantId: tenant.tenantId,
        tenantName: "Acme",
        asOf: "2026-11-22",
        locale: "en",
        userId: "anna",
        to: { name: '=HYPERLINK("x")', address: "anna@we.example" },
        sections: [{ kind: "gone-kind", count: 2, newCount: 0 }],
        link: "https://x.example",
      }),
    })),
  );
  const [first] = await store.outbox.due(toInstant(NOW), 1);
  if (first === undefined) throw new Error("nothing is due");
  await store.outbox.claim(first, toInstant(NOW));
  await store.outbox.markSent(first, toInstant(NOW), { providerId: "ses-1" });
  const runtime = createRuntime(
    { TABLE_NAME: table.name, PUBLIC_URL: "http://localhost" },
    {
      table,
      log: { info: () => undefined, error: () => undefined },
      clock: () => NOW,
      queues: { send: (...sent) => Promise.resolve(void queued.push(sent)) },
    },
  );
  as = (user) => aConsole(runtime, { type: "user", tenantId: tenant.tenantId, userId: userIdSchema.parse(user) });
});

const log = () => deliveriesPath(testTenant.tenant.tenantId);
const addresses = () => suppressionsPath(testTenant.tenant.tenantId);
const send = (path: string, fields: Readonly<Record<string, string>>, user = "ada") =>
  as(user).request(path, {
    method: "POST",
    headers: { origin: "http://localhost", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(fields).toString(),
  });
const bounce = () =>
  noteMailEvent({
    ...testTenant.store,
    event: {
      id: "e",
      at: toInstant(NOW),
      fate: "bounced",
      isPermanent: true,
      addresses: ["anna@we.example"],
      detail: "550 <unknown>",
      notificationId: "one",
    },
  });

describe("the page of the log of messages", () => {
  it("says of each message to whom it went, why then, its attempts, its provider's id and what became of it", async () => {
    await bounce();
    await testTenant.store.outbox.noteClick("one", { at: toInstant(NOW), detail: "contacted" });
    const page = await textOf(as("ada").request(log()));
    for (const said of [
      "mail: <bdi>=HYPERLINK(&quot;x&quot;) &lt;anna@we.example&gt;</bdi>",
      "<bdi>digest of Nov 22, 2026</bdi>",
      "<bdi>2 gone-kind</bdi>",
      "<bdi>goes at the digest time (their own choice)</bdi>",
      "came back <time",
      "(<bdi>550 &lt;unknown&gt;</bdi>)",
      "clicked in Slack <time",
      "Provider&#39;s id:</span> <bdi>ses-1</bdi>",
      "kept for 90 days",
    ])
      expect(page).toContain(said);
    expect([...page.matchAll(/value="resend"/g)]).toHaveLength(1);
    expect((await as("anna").request(log())).status).toBe(403);
  });

  it("shows one state; of one that there is not it says so, and shows all", async () => {
    const rows = async (state: string) =>
      [...(await textOf(as("ada").request(`${log()}?state=${state}`))).matchAll(/<th scope="row">/g)].length;
    expect([await rows(""), await rows("due"), await rows("sent"), await rows("failed")]).toEqual([2, 1, 1, 0]);
    for (const path of [log(), `${log()}.csv`]) {
      const mangled = await as("ada").request(`${path}?state=nothing`);
      const text = await textOf(mangled);
      expect([mangled.status, text.match(/<th scope="row">/g)?.length]).toEqual([200, 2]);
      expect(text).toContain(`<a href="#wrong-0"><code><bdi>state=nothing</bdi></code ></a>: it can be due, sending`);
    }
  });

  it("sends one message again, once its address takes mail again", async () => {
    await bounce();
    const refused = await send(log(), { do: "resend", id: "one" });
    expect(refused.status).toBe(422);
    expect(await textOf(refused)).toContain("the address does not take mail (2026-11-23: 550 &lt;unknown&gt;)");
    const list = await textOf(as("ada").request(addresses()));
    expect(list).toMatch(/<bdi>anna@we\.example<\/bdi><\/th> <td><bdi>Anna<\/bdi><\/td> <td><time/);
    expect((await send(addresses(), { address: "anna@we.example" }, "anna")).status).toBe(403);
    expect((await send(addresses(), { address: "anna@we.example" })).status).toBe(303);
    expect(await textOf(as("ada").request(addresses()))).toContain("Mail goes to every address.");
    expect((await send(addresses(), { address: "anna@we.example" })).status).toBe(422);
    expect((await send(log(), { do: "resend", id: "one" })).status).toBe(303);
    expect(queued).toEqual([["outgoing", { tenantId: testTenant.tenant.tenantId }]]);
    expect(await textOf(as("ada").request(log()))).toContain("<bdi>sent again by user:ada</bdi>");
  });

  it("is a CSV too, in which no cell is a formula", async () => {
    const answer = await as("ada").request(`${log()}.csv?state=sent`);
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const [, row] = (await answer.text()).split("\r\n");
    expect(row).toBe(
      "one,2026-11-23T09:00:00.000Z,sent,email,anna@we.example,digest of 2026-11-22: 2 gone-kind,goes at the digest time (their own choice),1,2026-11-23T10:00:00.000Z,ses-1,,,,,,,,,",
    );
    expect((await as("anna").request(`${log()}.csv`)).status).toBe(403);
  });
});
