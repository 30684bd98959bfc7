import type { CustomerId, TenantId } from "@regulars/core/platform/values";
import type { JobQueues } from "../runtime.ts";
import { rebuildMessageOf } from "./messages.ts";

/** Has whoever was changed packed anew, and their statuses settled; nothing where nobody was. */
export async function rebuildAfter(
  queues: JobQueues,
  tenantId: TenantId,
  changed: ReadonlySet<CustomerId>,
): Promise<void> {
  if (changed.size > 0) await queues.send("rebuilds", rebuildMessageOf(tenantId, changed));
}
