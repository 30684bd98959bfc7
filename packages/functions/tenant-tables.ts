import type { TenantId } from "@regulars/core/platform/values";
import type { Table } from "@regulars/store/engine/table";
import { LRUCache } from "lru-cache";

/**
 * One table per tenant, opened in a session of that tenant. Keeps the `limit` most recently used tables with their
 * credentials; `open` is called again for a tenant that was dropped.
 */
export function tenantTables(open: (tenantId: TenantId) => Table, limit = 200): (tenantId: TenantId) => Table {
  const tables = new LRUCache<TenantId, Table>({ max: limit, memoMethod: open });
  return (tenantId) => tables.memo(tenantId);
}
