import type { Actor } from "./actor.ts";
import * as z from "zod";
import { planIdSchema } from "../platform/ids.ts";
import type { Immutable } from "../platform/immutable.ts";
import { type Right, keyActions, rights } from "./rights.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import { type TenantId, daySchema, instantSchema, tenantIdSchema } from "../platform/values.ts";

/** At most this many keys of one name are alive, so that a new one can take over before the old one goes. */
export const MAX_LIVE_KEYS = 2;

/**
 * A machine's way in. Its secret is shown once and kept as a hash; the text of the key names tenant and key. `name`
 * says whose it is ("erp", "web shop"): two live keys of one name are a rotation. `planIds`: the sales plans that it
 * reaches, all when absent. `strict`: a lead with unknown fields is refused instead of keeping them
 * (docs/reference/sales-plans.md 7). `lastUsedOn` is a day in UTC.
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

/** What a key's text says. */
export interface KeyText {
  readonly tenantId: TenantId;
  readonly keyId: string;
  readonly secret: string;
}

const PREFIX = "rgl_live_";
const PARTS = /^(.{1,64})\.(k[a-z0-9]{12})\.([A-Za-z0-9_-]{43})$/;

/** `rgl_live_<tenant>.<key id>.<secret>`: scanners find the prefix, and the tenant needs no index of keys. */
export const formatKey = ({ tenantId, keyId, secret }: KeyText): string => `${PREFIX}${tenantId}.${keyId}.${secret}`;

/** Whether a credential is meant to be an API key at all. */
export const isKeyText = (text: string): boolean => text.startsWith(PREFIX);

/** The parts of a key's text, or nothing when it is none. */
export function parseKey(text: string): KeyText | undefined {
  const parts = isKeyText(text) ? PARTS.exec(text.slice(PREFIX.length)) : null;
  const tenantId = tenantIdSchema.safeParse(parts?.[1]);
  const [, , keyId, secret] = parts ?? [];
  return tenantId.success && keyId !== undefined && secret !== undefined
    ? { tenantId: tenantId.data, keyId, secret }
    : undefined;
}

/** The machine that a key lets in. */
export const actorOf = ({ keyId, name, actions, planIds, strict }: ApiKey): Actor => ({
  type: "key",
  keyId,
  name,
  actions,
  planIds,
  strict,
});

export const isLive = (key: Pick<ApiKey, "revokedAt">): boolean => key.revokedAt === undefined;

/** Whether one more key of a name may be made beside those there are. */
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
