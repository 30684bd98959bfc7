import type { OperationId } from "@regulars/core/platform/ids";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { runAction } from "@regulars/flows/monitors/run-action";
import type { TenantStore } from "@regulars/store/tenant-store";
import { actionSourcesOf } from "../action-sources.ts";
import { effectsOf } from "../effects.ts";
import type { Runtime } from "../runtime.ts";

interface Work {
  readonly tenant: Tenant;
  readonly store: TenantStore;
  readonly runtime: Runtime;
}

/** Continues an action on a selection and asks to go on later; `false` when the operation is of another kind. */
export async function actOnSelection(
  { tenant, store, runtime }: Work,
  operationId: OperationId,
  isEnough: () => boolean,
): Promise<boolean> {
  const { selectionOperations: operations, followUps, imports, records, nightly } = store;
  if ((await operations.find(operationId)) === undefined) return false;
  const { tenantId } = tenant;
  const effects = effectsOf(runtime.clock, runtime.elapsed);
  const { clock, newId } = effects;
  const context = { ...actionSourcesOf(tenant, store), followUps, imports, nightly, records, clock, newId };
  const operation = await runAction({ context, operations, operationId, effects, isEnough });
  if (!operation.ok) throw new Error(operation.message);
  const { state, total, next: done, made, skipped } = operation.value;
  // Mails of a mailing go out while it goes on.
  if (operation.value.asked.action === "mailing") await runtime.queues.send("outgoing", { tenantId });
  if (state !== "done") await runtime.queues.send("plans", { tenantId, operationId });
  runtime.report("selection-action", { tenantId, operationId, state, total, done, made, skipped });
  return true;
}
