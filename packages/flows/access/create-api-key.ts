import { ContentionError } from "@regulars/core/platform/contention-error";
import type { ApiKeyStore } from "@regulars/core/access/api-key-store";
import { type Actor, actorId } from "@regulars/core/access/actor";
import { holds } from "@regulars/core/access/may";
import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import { type ApiKey, checkNewKey, isLive } from "@regulars/core/access/api-key";
import type { ItemError } from "@regulars/core/platform/field-error";
import type { PlanId } from "@regulars/core/platform/ids";
import { unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import type { SalesPlanStore } from "@regulars/core/assignment/sales-plan-store";
import { type Result, ok } from "@regulars/core/platform/result";
import { type Right, planRights } from "@regulars/core/access/rights";
import type { Instant } from "@regulars/core/platform/values";

interface NewKeyInput {
  readonly keys: ApiKeyStore;
  readonly plans: Pick<SalesPlanStore, "plan">;
  readonly name: string;
  readonly actions: readonly Right[];
  readonly planIds?: readonly PlanId[] | undefined;
  readonly strict?: boolean | undefined;
  readonly createdBy: string;
  /** Who makes it: a key gets no right that they do not have. Absent: the operator. */
  readonly actor?: Actor | undefined;
  readonly now: Instant;
  /** A new random id, and the SHA-256 of a new random secret, in hex. */
  readonly keyId: string;
  readonly secretHash: string;
  readonly companionOf?: CompanionWritesOf<ApiKey> | undefined;
}

interface Unusable {
  readonly ok: false;
  readonly reason: "unusable-fields";
  readonly message: string;
  readonly errors: readonly ItemError[];
}

const MAX_ROUNDS = 5;

/** Creates an API key. At most two keys of one name are active at a time, also when several are requested at once. */
export async function createApiKey(input: NewKeyInput): Promise<Result<ApiKey> | Unusable> {
  const { keys, name, actions, createdBy, now, keyId, secretHash } = input;
  const planIds = input.planIds === undefined ? undefined : [...new Set(input.planIds)];
  const refused = (await unknownOf(input.plans, input.planIds)) ?? tooWide(input) ?? beyond(input);
  if (refused !== undefined) return refused;
  const key: ApiKey = {
    keyId,
    name,
    actions: [...new Set(actions)],
    ...(planIds === undefined ? {} : { planIds }),
    ...(input.strict === true ? { strict: true } : {}),
    createdAt: now,
    createdBy,
  };
  const companion = input.companionOf?.(key);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const known = await keys.list();
    const allowed = checkNewKey(name, actions, known);
    if (!allowed.ok) return allowed;
    const live = known.filter((one) => one.name === name && isLive(one)).map((one) => one.keyId);
    if (await keys.create({ ...key, secretHash }, live, companion)) return ok(key);
  }
  throw new ContentionError(`keys of "${name}" are being created by many requests at once: try again`);
}

/** The sales plans of a new key have to exist: otherwise every lead sent with the key would be lost. */
async function unknownOf(
  plans: Pick<SalesPlanStore, "plan">,
  planIds: readonly PlanId[] = [],
): Promise<Unusable | undefined> {
  const found = await Promise.all(planIds.map((planId) => plans.plan(planId)));
  const errors = planIds.flatMap((planId, i): ItemError[] => {
    const { reason: code, message } = unknownPlan(planId);
    return found[i] === undefined ? [{ path: `planIds[${i}]`, code, message }] : [];
  });
  return unusable(errors);
}

/** Rejects actions on the whole tenant for a key that is limited to some sales plans. */
function tooWide({ actions, planIds }: Pick<NewKeyInput, "actions" | "planIds">): Unusable | undefined {
  if (planIds === undefined) return undefined;
  return unusable(
    actions.flatMap((action, i): ItemError[] => {
      const message = `${action} reaches the whole tenant: a key for some sales plans cannot have it`;
      return planRights.includes(action) ? [] : [{ path: `actions[${i}]`, code: "reaches-tenant", message }];
    }),
  );
}

/** Rejects actions that the one who makes the key does not have. */
function beyond({ actor, actions }: Pick<NewKeyInput, "actor" | "actions">): Unusable | undefined {
  if (actor === undefined) return undefined;
  return unusable(
    actions.flatMap((action, i): ItemError[] => {
      const message = `${actorId(actor)} does not have ${action}, and cannot give it to a key`;
      return holds(actor, action) ? [] : [{ path: `actions[${i}]`, code: "not-allowed", message }];
    }),
  );
}

function unusable(errors: readonly ItemError[]): Unusable | undefined {
  const [first] = errors;
  return first === undefined ? undefined : { ok: false, reason: "unusable-fields", message: first.message, errors };
}
