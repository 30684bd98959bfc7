import { type TenantId, tenantIdSchema } from "@regulars/core/platform/values";
import { openTable } from "@regulars/store/engine/table";
import { describe, expect, it } from "vitest";
import { tenantTables } from "./tenant-tables.ts";

const [acme, bolt, cask] = ["acme", "bolt", "cask"].map((one) => tenantIdSchema.parse(one)) as [
  TenantId,
  TenantId,
  TenantId,
];

describe("tables of tenants", () => {
  const opening = (limit?: number) => {
    const opened: TenantId[] = [];
    const tableFor = tenantTables((tenantId) => {
      opened.push(tenantId);
      return openTable({ tableName: `table-of-${tenantId}`, endpoint: "http://127.0.0.1:1" });
    }, limit);
    return { opened, tableFor };
  };

  it("are one for each tenant, opened once", () => {
    const { opened, tableFor } = opening();
    expect(tableFor(acme)).toBe(tableFor(acme));
    expect(tableFor(acme)).not.toBe(tableFor(bolt));
    expect(opened).toEqual([acme, bolt]);
  });

  it("are kept for those used last, and opened again for others", () => {
    const { opened, tableFor } = opening(2);
    for (const tenantId of [acme, bolt, acme, cask, acme, bolt]) tableFor(tenantId);
    expect(opened).toEqual([acme, bolt, cask, bolt]);
  });
});
