import { cloudRuntime } from "@regulars/functions/runtime";
import { tenantIdSchema } from "@regulars/core/platform/values";
import { keysOf } from "@regulars/store/keys";
import { Operations } from "@regulars/store/engine/operations";
import { noUsage } from "@regulars/store/engine/table";

/** A handler with a bug: it works in the session of one tenant and makes its keys from another's id. */
export async function handler(event: { readonly own: string; readonly read: string }): Promise<number> {
  const table = cloudRuntime().tableFor(tenantIdSchema.parse(event.own));
  const keys = keysOf(tenantIdSchema.parse(event.read));
  let users = 0;
  for await (const _ of new Operations(table, noUsage()).partition(keys.users())) users += 1;
  return users;
}
