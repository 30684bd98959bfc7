import { type ApiKey, formatKey, isLive, keyNameSchema } from "@regulars/core/access/api-key";
import { type Right, keyActions } from "@regulars/core/access/rights";
import { compareText } from "@regulars/core/platform/compare";
import { cutText } from "@regulars/core/platform/cut-text";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { createApiKey } from "@regulars/flows/access/create-api-key";
import { revokeApiKey } from "@regulars/flows/access/revoke-api-key";
import { sha256 } from "@regulars/functions/api/access/authenticate";
import { newApiKeySecret } from "@regulars/functions/api/access/api-key-secret";
import * as z from "zod";
import { authorNames } from "../page/authors.ts";
import { labelled, refuseField, refuseFields } from "../page/form-reason.ts";
import type { Form } from "../page/form.ts";
import { type LoggedChanges, MOST_CHANGES } from "../page/logged-changes.ts";
import type { OpenTenant } from "../page/open-tenant.ts";

export interface ApiKeysPage extends LoggedChanges {
  readonly tenant: Tenant;
  /** Newest first; those that were revoked last. */
  readonly keys: readonly ApiKey[];
  /** What the viewer may give. */
  readonly actions: readonly Right[];
  /** The id of the key that the form makes: sent twice, it makes one. */
  readonly newKeyId: string;
}

/** What came of a form: a key with its secret, which is shown this once; or what it would do. */
export type KeyOutcome =
  | { readonly type: "made"; readonly key: ApiKey; readonly secret: string }
  | { readonly type: "done" }
  | { readonly type: "new"; readonly name: string; readonly actions: readonly Right[]; readonly live: number }
  | { readonly type: "revoke"; readonly key: ApiKey };

export async function readApiKeysPage(opened: OpenTenant): Promise<ApiKeysPage> {
  const { tenant, whole, holds } = opened;
  const keys = await whole.apiKeys.list();
  const { entries } = await whole.changeLogs.keys.page({ limit: MOST_CHANGES });
  return {
    tenant,
    keys: keys.toSorted((a, b) => Number(!isLive(a)) - Number(!isLive(b)) || compareText(b.createdAt, a.createdAt)),
    actions: keyActions.filter(holds),
    newKeyId: newApiKeySecret().keyId,
    changes: entries,
    authorOf: await authorNames(opened),
  };
}

/** Does what the form asks, or says what it would do. */
export function changeKeys(opened: OpenTenant, form: Form, nowMs: number): Promise<Result<KeyOutcome>> {
  return form["action"] === "revoke" ? revoke(opened, form, nowMs) : make(opened, form, nowMs);
}

const KEY_ID = /^k[a-z0-9]{12}$/;
const textOf = (value: unknown): string => (typeof value === "string" ? value.trim() : "");

async function make(opened: OpenTenant, form: Form, nowMs: number): Promise<Result<KeyOutcome>> {
  const { tenant, whole, actor, by, words } = opened;
  const [name, keyId] = [textOf(form["name"]), textOf(form["keyId"])];
  const actions = keyActions.filter((right) => form[right] !== undefined);
  const named = z.object({ name: keyNameSchema }).safeParse({ name });
  if (!named.success)
    return refuseFields(named.error, { name }, labelled({ name: "keys.name" }, words), "form.unusable", words);
  if (actions.length === 0)
    return refuseField(keyActions[0] ?? "name", "a key without a right can do nothing: choose at least one");
  if (!KEY_ID.test(keyId)) return refuse("unusable-form", "this form is not of this page: load it again");
  const live = (await whole.apiKeys.list()).filter((key) => key.name === name && isLive(key)).length;
  if (form["do"] !== "save") return ok({ type: "new", name, actions, live });
  if ((await whole.apiKeys.find(keyId)) !== undefined) return ok({ type: "done" });
  const { secret } = newApiKeySecret();
  opened.noteDecision("rights.give");
  const made = await createApiKey({
    keys: whole.apiKeys,
    plans: whole.sales.salesPlans,
    name,
    actions,
    createdBy: by,
    actor,
    now: toInstant(nowMs),
    keyId,
    secretHash: sha256(secret),
  });
  if (!made.ok) return refuse("unusable-form", made.message);
  return ok({ type: "made", key: made.value, secret: formatKey({ tenantId: tenant.tenantId, keyId, secret }) });
}

async function revoke({ whole, by }: OpenTenant, form: Form, nowMs: number): Promise<Result<KeyOutcome>> {
  const keyId = textOf(form["keyId"]);
  const key = (await whole.apiKeys.list()).find((one) => one.keyId === keyId);
  if (key === undefined) return refuse("unusable-form", `there is no API key ${cutText(keyId, 40)}`);
  if (form["do"] !== "save") return ok({ type: "revoke", key });
  const revoked = await revokeApiKey(whole.apiKeys, keyId, { at: toInstant(nowMs), by });
  return revoked.ok ? ok({ type: "done" }) : refuse("unusable-form", revoked.message);
}
