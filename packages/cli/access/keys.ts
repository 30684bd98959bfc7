import { type ApiKey, formatKey, isLive, keyNameSchema } from "@regulars/core/access/api-key";
import { type PlanId, planIdSchema } from "@regulars/core/platform/ids";
import { type Right, keyActions } from "@regulars/core/access/rights";
import { toInstant } from "@regulars/core/platform/values";
import { createApiKey } from "@regulars/flows/access/create-api-key";
import { revokeApiKey } from "@regulars/flows/access/revoke-api-key";
import { sha256 } from "@regulars/functions/api/access/authenticate";
import { newApiKeySecret } from "@regulars/functions/api/access/api-key-secret";
import { senderName, signingSecret } from "@regulars/functions/api/access/signature";
import type { Runtime } from "@regulars/functions/runtime";
import type { OpenedTenant } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";

export interface KeysOptions {
  readonly tenant: string;
  readonly actions?: string;
  readonly plans?: string;
  readonly strict?: boolean;
}

const actions = ["list", "create", "revoke"] as const;

/** `regulars keys [list | create NAME --actions A,B [--plans P,Q] [--strict] | revoke KEY]`: a tenant's API keys. */
export function keysCommand(
  session: Session,
  options: KeysOptions,
  [action = "list", subject]: readonly string[],
): Promise<number> {
  const known = actions.find((one) => one === action);
  if (known === undefined) throw new UserError(`unknown action "${action}": choose one of ${actions.join(", ")}`);
  const tenantId = tenantArgument(options.tenant);
  if (known !== "list" && subject === undefined)
    throw new UserError(
      known === "create"
        ? "keys create needs a name: npx regulars keys create erp --actions ingest.write"
        : 'keys revoke needs the key\'s id, as "regulars keys" lists it',
    );
  const wanted = known === "create" ? actionsArgument(options.actions) : [];
  const planIds = known === "create" ? plansArgument(options.plans) : undefined;
  return withExistingSystem(session, async (system) => {
    const opened = await system.openTenant(tenantId);
    const now = toInstant(system.runtime.clock());
    if (known === "list") return listKeys(session, opened);
    if (known === "revoke") return revokeKey(session, opened, subject ?? "", now);
    return createKey(
      session,
      { ...opened, api: system.runtime.api },
      { name: subject ?? "", actions: wanted, planIds, strict: options.strict, now },
    );
  });
}

function actionsArgument(text: string | undefined): readonly Right[] {
  if (text === undefined)
    throw new UserError(`keys create needs --actions, what the key may do: one or more of ${keyActions.join(", ")}`);
  const given = text.split(",").map((one) => one.trim());
  const found = given.map((one) => keyActions.find((action) => action === one));
  const stranger = given.find((_, i) => found[i] === undefined);
  if (stranger !== undefined)
    throw new UserError(`--actions "${stranger}" is not one of ${keyActions.join(", ")}; separate several with commas`);
  return found.filter((action) => action !== undefined);
}

function plansArgument(text: string | undefined): readonly PlanId[] | undefined {
  return text?.split(",").map((one) => {
    const planId = planIdSchema.safeParse(one.trim());
    if (planId.success) return planId.data;
    throw new UserError(`--plans "${one.trim()}" is not a plan's id; separate several with commas`);
  });
}

async function listKeys(session: Session, { tenant, store }: OpenedTenant): Promise<number> {
  const keys = await store.apiKeys.list();
  if (session.json) printJson(session, { tenant: tenant.tenantId, keys });
  else if (keys.length === 0)
    session.print("There are no API keys yet. Create one: regulars keys create NAME --actions …\n");
  else session.print(`${textTable(["KEY", "NAME", "STATE", "LAST USED", "PLANS", "MAY"], keys.map(rowOf))}\n`);
  return 0;
}

const rowOf = (key: ApiKey): string[] => [
  key.keyId,
  key.name,
  isLive(key) ? "live" : "revoked",
  key.lastUsedOn ?? "never",
  key.planIds?.join(", ") ?? "all",
  [...key.actions, ...(key.strict === true ? ["strict"] : [])].join(", "),
];

async function createKey(
  session: Session,
  { tenant, store, api }: OpenedTenant & Pick<Runtime, "api">,
  wanted: Pick<ApiKey, "name" | "actions" | "planIds" | "strict"> & { readonly now: ApiKey["createdAt"] },
): Promise<number> {
  const name = keyNameSchema.safeParse(wanted.name);
  if (!name.success) throw new UserError(`the name "${wanted.name}" ${name.error.issues[0]?.message ?? ""}`);
  const { keyId, secret } = newApiKeySecret();
  const secretHash = sha256(secret);
  const made = await createApiKey({
    ...wanted,
    name: name.data,
    keys: store.apiKeys,
    plans: store.sales.salesPlans,
    createdBy: "operator",
    keyId,
    secretHash,
  });
  if (!made.ok) throw new UserError(made.message);
  const key = formatKey({ tenantId: tenant.tenantId, keyId, secret });
  if (api === undefined) throw new Error("the API's settings are missing");
  const signs = signingSecret(api.signingSecret, tenant.tenantId, keyId);
  const sender = senderName(tenant.tenantId, made.value.name);
  if (session.json)
    printJson(session, { tenant: tenant.tenantId, ...made.value, secret: key, signingSecret: signs, sender });
  else
    session.print(
      `${key}\n${signs}\nThese are shown once. Send the first as "Authorization: Bearer …" or "X-Api-Key: …"; or sign requests to /v1/hooks with the second (Standard Webhooks), at addresses with ?sender=${encodeURIComponent(sender)}\n`,
    );
  return 0;
}

async function revokeKey(
  session: Session,
  { tenant, store }: OpenedTenant,
  keyId: string,
  now: ApiKey["createdAt"],
): Promise<number> {
  const revoked = await revokeApiKey(store.apiKeys, keyId, { at: now, by: "operator" });
  if (!revoked.ok) throw new UserError(revoked.message);
  if (session.json) printJson(session, { tenant: tenant.tenantId, ...revoked.value });
  else session.print(`${keyId} is revoked and no longer works\n`);
  return 0;
}
