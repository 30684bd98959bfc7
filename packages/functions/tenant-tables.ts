import type { TenantId } from "@regulars/core/platform/values";
import type { Table } from "@regulars/store/engine/table";

/**
 * A table for each tenant, opened in a session of that tenant. Those used last stay open, and with them their
 * credentials; `open` is asked again for one that was not used for long.
 */
export function tenantTables(open: (tenantId: TenantId) => Table, limit = 200): (tenantId: TenantId) => Table {
  const kept = new Map<TenantId, Table>();
  return (tenantId) => {
    const table = kept.get(tenantId) ?? open(tenantId);
    kept.delete(tenantId);
    kept.set(tenantId, table);
    const [oldest] = kept.keys();
    if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
    return table;
  };
}
