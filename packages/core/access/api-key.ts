import type { Actor } from "./actor.ts";
import * as z from "zod";
import { planIdSchema } from "../platform/ids.ts";
import type { Immutable } from "../platform/immutable.ts";
import { type Right, keyActions, rights } from "./rights.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import { type TenantId, daySchema, instantSchema, tenantIdSchema } from "../platform/values.ts";

/** Live keys allowed per name: two, so that a new key can replace the old one without an interruption. */
const MAX_LIVE_KEYS = 2;

/** The name of a new key. */
export const keyNameSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9 ._-]{1,64}$/, "is not 1 to 64 letters, digits, blanks, dots and dashes");

/**
 * An API key. Its secret is shown once and stored as a hash; the key's text contains the tenant and the key id. `name`
 * names the system that uses it ("erp", "web shop"); two live keys may share a name during a rotation. `planIds`: the
 * sales plans that it is limited to, all when absent. `strict`: leads with unknown fields are refused; otherwise the
 * fields are kept (docs/reference/sales-plans.md 7). `lastUsedOn` is a day in UTC.
 */
export const apiKeySchema = z.object({
  keyId: z.string(),
  name: z.string(),
  actions: z.array(z.enum(rights)),
  planIds: z.array(planIdSchema).optional(),
  strict: z.boolean().optional(),
  createdAt: instantSchema,
  createdBy: z.string(),
  revokedAt: instantSchema.optional(),
  lastUsedOn: daySchema.optional(),
});
export type ApiKey = Immutable<z.output<typeof apiKeySchema>>;

/** The parts of a key's text. */
interface KeyText {
  readonly tenantId: TenantId;
  readonly keyId: string;
  readonly secret: string;
}

const PREFIX = "rgl_live_";
const PARTS = /^(.{1,64})\.(k[a-z0-9]{12})\.([A-Za-z0-9_-]{43})$/;

/**
 * `rgl_live_<tenant>.<key id>.<secret>`: secret scanners recognise the prefix, and the tenant is known without an index
 * of keys.
 */
export const formatKey = ({ tenantId, keyId, secret }: KeyText): string => `${PREFIX}${tenantId}.${keyId}.${secret}`;

/** Whether a credential has the prefix of an API key; it may still be malformed. */
export const isKeyText = (text: string): boolean => text.startsWith(PREFIX);

/** The parts of a key's text; `undefined` when it is malformed. */
export function parseKey(text: string): KeyText | undefined {
  const parts = isKeyText(text) ? PARTS.exec(text.slice(PREFIX.length)) : null;
  const tenantId = tenantIdSchema.safeParse(parts?.[1]);
  const [, , keyId, secret] = parts ?? [];
  return tenantId.success && keyId !== undefined && secret !== undefined
    ? { tenantId: tenantId.data, keyId, secret }
    : undefined;
}

/** The actor of a request with this key. */
export const actorOf = ({ keyId, name, actions, planIds, strict }: ApiKey): Actor => ({
  type: "key",
  keyId,
  name,
  actions,
  planIds,
  strict,
});

export const isLive = (key: Pick<ApiKey, "revokedAt">): boolean => key.revokedAt === undefined;

/** What the log of changes tells of a key: nothing of its secret. */
export const loggedKey = (key: ApiKey): object => ({
  name: key.name,
  actions: key.actions,
  planIds: key.planIds,
  strict: key.strict,
  isActive: isLive(key),
});

/** Checks that the name has a free slot for one more live key, and that the rights can be given to it. */
export function checkNewKey(name: string, actions: readonly Right[], keys: readonly ApiKey[]): Result<undefined> {
  const forbidden = actions.find((action) => !keyActions.includes(action));
  if (forbidden !== undefined) return refuse("unusable-action", `an API key cannot have ${forbidden}`);
  const live = keys.filter((key) => key.name === name && isLive(key));
  if (live.length < MAX_LIVE_KEYS) return ok(undefined);
  return refuse(
    "too-many-live-keys",
    `"${name}" has ${live.length} live keys (${live.map(({ keyId }) => keyId).join(", ")}): revoke one before you make another`,
  );
}
