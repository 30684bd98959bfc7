import { newMonitor } from "@regulars/core/monitors/change-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { toInstant } from "@regulars/core/platform/values";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PIXEL } from "../fixtures/pixel.ts";
import { tableAddress } from "../fixtures/table-address.ts";
import { aTenantStore } from "../fixtures/tenant.ts";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** Status monitors from the command line, on imported files. */

let place: TempWorkspace;

const status = (...more: readonly string[]) => ["status", ...more, "--tenant", "t"];

beforeAll(async () => {
  place = await aWorkspace();
  await place.write("customers.csv", "customerId,name,category\nC1,Café One,Customer\n");
  await place.write("web.png", Buffer.from(PIXEL, "base64"));
  await place.json(["import", "customers", "customers.csv", "--tenant", "t"]);
});

afterAll(() => place.close());

describe("regulars status", () => {
  it("says how to begin while there is none", async () => {
    expect((await place.run(status())).stdout).toContain("regulars status create --preset sleeping --tenant t");
  });

  it("SA18: makes a status of a preset, edits it, gives it a picture, deletes and restores it", async () => {
    await place.run(status("create", "sleeping", "--preset", "sleeping", "--name", "Asleep"));
    await place.write("criteria.json", JSON.stringify({ field: "category", op: "is", value: "Customer" }));
    await place.run(status("edit", "sleeping", "--criteria", "criteria.json"));
    await place.run(status("picture", "sleeping", "--picture", "web.png", "--alt-text", "A cobweb"));
    expect(await place.json(status("show", "sleeping"))).toMatchObject({
      name: "Asleep",
      ownerType: "company",
      criteria: { field: "category", op: "is", value: "Customer" },
      picture: { width: 1, height: 1, altText: "A cobweb" },
      version: 3,
    });
    expect((await place.run(status())).stdout).toMatch(/sleeping +Asleep +company +10 +active/);
    await place.run(status("delete", "sleeping"));
    expect((await place.run(status("list", "--deleted"))).stdout).toMatch(/sleeping .* deleted/);
    expect((await place.run(status("restore", "sleeping"))).stdout).toBe("sleeping (Asleep) is restored\n");
  });

  it("names one that cannot be read with the reason", async () => {
    const { tenant, table, store, operations, keys } = aTenantStore();
    await openTenantDirectory(table).ensure(tenant, toInstant(Date.parse("2026-11-23T10:00:00Z")));
    const torn = monitorIdSchema.parse("torn");
    await store.monitors.create(newMonitor(torn, newMonitorSchema.parse({ name: "Torn", ownerType: "company" })));
    await operations.put({ ...(await operations.get(keys.monitor(torn))), ...keys.monitor(torn), rank: "first" });
    const { endpoint = "" } = tableAddress();
    const list = ["status", "list", "--tenant", tenant.tenantId];
    expect((await place.run(list, { table, env: { DYNAMODB_ENDPOINT: endpoint } })).stdout).toMatch(
      /torn +Torn +company +100 +cannot be read: rank: /,
    );
  });

  it("SA18: makes one of companies by criteria in words", async () => {
    await place.write(
      "asleep.txt",
      "category = Customer AND sale.sold.last olderThan 2 months AND sale.sold.total > 50",
    );
    await place.run(status("create", "by-words", "--name", "By words", "--criteria", "asleep.txt"));
    expect(await place.json(status("show", "by-words"))).toMatchObject({
      ownerType: "company",
      criteria: {
        all: [
          { field: "category", op: "=", value: "Customer" },
          { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" },
          { field: "sale.sold.total", op: ">", value: 50 },
        ],
      },
    });
  });

  it.each([
    [["create", "--preset", "asleep"], '--preset "asleep" is none of neglected, sleeping'],
    [["create", "--name", "X", "--owner-type", "order"], "order"],
    [["create"], "name is missing"],
    [["show", "none"], "there is no status monitor none"],
    [["edit"], "name the status"],
    [["preview", "sleeping", "--owner-type", "person"], "--owner-type goes with create, not with preview"],
    [["show", "sleeping", "--criteria", "criteria.json"], "--criteria goes with create, edit, preview, not with show"],
    [["edit", "sleeping", "--alt-text", "x"], "--alt-text goes with picture, not with edit"],
    [["picture", "sleeping", "--picture", "gone.png", "--alt-text", "x"], "gone.png cannot be read"],
    [["picture", "sleeping", "--picture", "customers.csv", "--alt-text", "x"], "of an unknown type"],
    [
      ["edit", "sleeping", "--criteria", "customers.csv"],
      "the criteria have , at character 11 where an operator is expected",
    ],
  ])("refuses %j and says why", async (given, message) => {
    const { code, stderr } = await place.run(status(...given));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it("refuses criteria with the place of each mistake, the value and what is allowed", async () => {
    await place.write("bad.json", JSON.stringify({ all: [{ field: "category", op: "is", value: "Custommer" }] }));
    const { code, stderr } = await place.run(status("edit", "sleeping", "--criteria", "bad.json"));
    expect([code, stderr]).toEqual([2, expect.stringContaining('criteria.all[0].value "Custommer"')]);
  });
});
