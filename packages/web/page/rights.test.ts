import { userIdSchema } from "@regulars/core/platform/values";
import { toInstant } from "@regulars/core/platform/values";
import { createRuntime } from "@regulars/functions/runtime";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { beforeAll, describe, expect, it } from "vitest";
import { aConsole } from "../../../test/fixtures/page-console.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";

const NOW = Date.parse("2026-11-16T05:00:00Z");
const FORM = { origin: "http://localhost", "content-type": "application/x-www-form-urlencoded" };

let own: TestTenant;
let other: TestTenant;
let as: (user: string) => ReturnType<typeof aConsole>;

beforeAll(async () => {
  own = aTenantStore();
  other = aTenantStore({}, () => own.table);
  for (const { table, tenant, store } of [own, other]) {
    await openTenantDirectory(table).ensure(tenant, toInstant(NOW));
    const user = (userId: string, role: "rep" | "manager" | "admin") => ({
      userId: userIdSchema.parse(userId),
      name: `Name of ${userId}`,
      role,
    });
    await store.imports.saveUsers([user("rita", "rep"), user("max", "manager"), user("ada", "admin")]);
  }
  const runtime = createRuntime(
    { TABLE_NAME: own.table.name, PUBLIC_URL: "https://console.example" },
    { table: own.table, log: { info: () => undefined, error: () => undefined }, clock: () => NOW },
  );
  as = (user) => aConsole(runtime, { type: "user", tenantId: own.tenant.tenantId, userId: userIdSchema.parse(user) });
});

const read = async (user: string, path: string) => {
  const answer = await as(user).request(path, { headers: { accept: "text/html" } });
  // The header and the foot lead back to the address.
  const text = (await answer.text()).replaceAll(/<(header|footer) class="(?:bar|foot)">[^]*?<\/\1>/g, "");
  return { status: answer.status, location: answer.headers.get("location"), text };
};

describe("a viewer", () => {
  it("CN01: gets the same page for another tenant's address, an unknown one and another rep's list", async () => {
    const lost = await read("rita", `/for-you/${own.tenant.tenantId}/nobody`);
    expect(lost.status).toBe(404);
    for (const path of [
      `/for-you/${other.tenant.tenantId}/rita`,
      `/settings/${other.tenant.tenantId}`,
      `/for-you/${own.tenant.tenantId}/max`,
      "/for-you/t-none/rita",
      "/nowhere",
    ])
      expect([path, await read("rita", path)]).toEqual([path, lost]);
    expect(lost.text).not.toContain("Name of");
  });

  it("CN07: is told which right is missing and who may give it", async () => {
    const { status, text } = await read("max", `/settings/${own.tenant.tenantId}`);
    expect(status).toBe(403);
    expect(text).toContain("This needs the right “Change the company&#39;s settings” (settings.manage).");
    expect(text).toContain("Name of ada");
    expect(text).not.toContain("Name of rita");
    expect((await read("ada", `/settings/${own.tenant.tenantId}`)).status).toBe(200);
  });

  it("who sees no list of everybody is led to their own", async () => {
    const { tenantId } = own.tenant;
    expect(await read("rita", `/for-you/${tenantId}`)).toMatchObject({
      status: 303,
      location: `/for-you/${tenantId}/rita`,
    });
  });

  it("who has left, or was never there, is not signed in", async () => {
    expect((await read("nobody", `/for-you/${own.tenant.tenantId}`)).status).toBe(401);
  });

  it("writes only by a form of this site, and only with the right to it", async () => {
    const path = `/settings/${own.tenant.tenantId}`;
    const send = async (user: string, headers: Record<string, string>) =>
      (
        await as(user).request(path, {
          method: "POST",
          headers: { ...FORM, ...headers },
          body: "group=company&name=New",
        })
      ).status;
    expect(await send("max", {})).toBe(403);
    expect(await send("ada", { origin: "https://evil.example" })).toBe(403);
    expect(await send("ada", { "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await send("ada", { "sec-fetch-site": "same-site" })).toBe(403);
    expect(await send("ada", { origin: "https://console.example" })).toBe(303);
    expect(await send("ada", { origin: "null", "sec-fetch-site": "same-origin" })).toBe(303);
  });
});
