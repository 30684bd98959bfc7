import { newMonitor } from "@regulars/core/monitors/change-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { toInstant } from "@regulars/core/platform/values";
import { createRuntime } from "@regulars/functions/runtime";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aConsole } from "../../../test/fixtures/page-console.ts";
import { PIXEL } from "../../../test/fixtures/pixel.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";

const NOW = Date.parse("2026-11-23T10:00:00Z");
const BYTES = Buffer.from(PIXEL, "base64");

let testTenant: TestTenant;
let pages: ReturnType<typeof aConsole>;
let made = 0;
let statusId = monitorIdSchema.parse("cobweb");

beforeAll(async () => {
  testTenant = aTenantStore();
  const { table, tenant } = testTenant;
  await openTenantDirectory(table).ensure(tenant, toInstant(NOW));
  const runtime = createRuntime(
    { TABLE_NAME: table.name, PUBLIC_URL: "http://localhost" },
    {
      table,
      log: { info: () => undefined, error: () => undefined },
      clock: () => NOW,
      queues: { send: () => Promise.resolve() },
    },
  );
  pages = aConsole(runtime);
});

beforeEach(async () => {
  statusId = monitorIdSchema.parse(`cobweb${(made += 1)}`);
  const criteria = { field: "sale.sold.total", op: ">", value: 1 };
  const given = newMonitorSchema.parse({ name: "Cobwebs", ownerType: "company", criteria });
  await testTenant.store.monitors.create(newMonitor(statusId, given));
});

const path = (): string => `/statuses/${testTenant.tenant.tenantId}/edit/${statusId}`;
const pictureNow = async () => (await testTenant.store.monitors.monitor(statusId))?.picture;

/** Sends the form as a browser does, with a file of this name. */
async function send(fields: Readonly<Record<string, string>>, file?: { bytes: Uint8Array<ArrayBuffer>; name: string }) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  if (file !== undefined) body.set("picture", new File([file.bytes], file.name));
  const answer = await pages.request(path(), { method: "POST", headers: { "sec-fetch-site": "same-origin" }, body });
  const text = (await answer.text()).replaceAll(/\s+/g, " ");
  return { status: answer.status, reason: /role="alert">.*?<bdi>(.*?)<\/bdi>/.exec(text)?.[1] ?? "", text };
}

const pixel = { bytes: new Uint8Array(BYTES), name: "cobweb.png" };
const give = { do: "picture", altText: "A cobweb" };

describe("the picture of a status on its page", () => {
  it("SA02: is given, shown with its text, and taken away", async () => {
    expect((await send(give, pixel)).status).toBe(303);
    expect(await pictureNow()).toMatchObject({ altText: "A cobweb", type: "image/png", width: 1, height: 1 });
    const shown = await (await pages.request(path())).text();
    const source = /src="([^"]*\/pictures\/[0-9a-f]{64})"\s+alt="A cobweb"/.exec(shown)?.[1] ?? "";
    const picture = await pages.request(source);
    expect([picture.status, picture.headers.get("x-content-type-options")]).toEqual([200, "nosniff"]);
    expect((await send({ do: "no-picture" })).status).toBe(303);
    expect(await pictureNow()).toBeUndefined();
  });

  const html = { bytes: new Uint8Array(Buffer.from("<html><script>alert(1)</script>")), name: "cobweb.png" };
  const header = new Uint8Array(BYTES);
  new DataView(header.buffer).setUint32(16, 30_000);
  new DataView(header.buffer).setUint32(20, 30_000);
  it.each([
    ["HTML with a PNG's name", give, html, "The picture is HTML or XML: PNG, JPEG and GIF are allowed."],
    [
      "30,000 x 30,000 pixels large",
      give,
      { bytes: header, name: "large.png" },
      "The picture has 30000 x 30000 pixels: at most 520 x 720 are allowed.",
    ],
    ["not there", give, undefined, "There is no picture to give: choose a file."],
    ["without a text", { ...give, altText: " " }, pixel, "A picture needs an alternative text: what does it show?"],
  ])("SA02: is refused when it is %s, and nothing is saved", async (_name, fields, file, reason) => {
    expect(await send(fields, file)).toMatchObject({ status: 422, reason: expect.stringContaining(reason) });
    expect(await pictureNow()).toBeUndefined();
  });

  it("keeps the other form filled when it, or the deletion of the status, is refused", async () => {
    const criteria = { field: "status", op: "hasStatus", value: statusId };
    const user = newMonitorSchema.parse({ name: "Asks for it", ownerType: "company", criteria });
    await testTenant.store.monitors.create(newMonitor(monitorIdSchema.parse(`uses-${statusId}`), user));
    const answers = [await send({ do: "delete" }), await send(give, html)];
    for (const { status, text } of answers) {
      expect(status).toBe(422);
      expect(text).toContain('name="name" maxlength="100" value="Cobwebs"');
      expect(text).toContain("sale.sold.total &gt; 1</textarea");
      expect(text).not.toContain('id="conflict"');
    }
    expect(answers[0]?.reason).toContain("is asked for by Asks for it");
  });
});
