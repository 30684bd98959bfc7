import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { idOfKey, keyOfId } from "@regulars/core/platform/id-text";
import { fnv1a } from "@regulars/core/platform/hash";
import { type CustomerId, type TenantId, type UserId, userIdSchema } from "@regulars/core/platform/values";

/** Primary key of an item. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Most bytes of a key's two parts. */
const MOST_KEY_BYTES = { pk: 2_048, sk: 1_024 };

const isKeyPart = (text: string, most: number): boolean =>
  text !== "" && (text.length * 3 <= most || Buffer.byteLength(text, "utf8") <= most);

/** Whether an item can have the key: what is sought by an id that somebody made up may be empty, or far too long. */
export const isPossible = ({ pk, sk }: Key): boolean =>
  isKeyPart(pk, MOST_KEY_BYTES.pk) && isKeyPart(sk, MOST_KEY_BYTES.sk);

/**
 * The partition key of a tenant's family of items, like "PLANS" or "DEAL#deal_1". All keys of a tenant are built with
 * it.
 */
export type InFamily = (family: string) => string;

/**
 * What an erasure makes of the items of a family. `of-customer`: those in a partition of somebody erased go, and others
 * lose what tells of them; `gone`: those that tell of them go; `trimmed`: all lose what tells of them; `made-anew`: all
 * go, and are made anew. Those that tell of no customer and no person are `kept`: set-up, users, counters and sums.
 */
export type FateName = "kept" | "of-customer" | "gone" | "trimmed" | "made-anew";

/** The fates of a feature's families, and what people call their items. */
export type FamilyFates = Readonly<Record<string, "kept" | { readonly kind: string; readonly fate: FateName }>>;

/** Partition keys of one tenant: `T#<tenant>#<family>`. */
export const familiesOf =
  (tenantId: TenantId): InFamily =>
  (family) =>
    `T#${tenantId}#${family}`;

/** Prefix of the platform's own items. `$` cannot occur in a tenant id, so it never equals a tenant's prefix. */
export const PLATFORM = "T#$#";

/** Stand for no user and all users in keys. No user id is written like that there (id-text.ts, `keyOfId`). */
export const NOBODY = "$";
export const EVERYBODY = "*";

/** A manager, or nobody, as a part of a key. */
export const keyOfManager = (userId: UserId | undefined): string => (userId === undefined ? NOBODY : keyOfId(userId));

/** The manager of such a part; `undefined` for nobody and for everybody. */
export const managerOfKey = (key: string): UserId | undefined =>
  key === NOBODY || key === EVERYBODY ? undefined : userIdSchema.parse(idOfKey(key));

/** Most bytes that a composed id takes in a sort key: DynamoDB allows 1,024 for the whole, and an id takes up to 384. */
const MOST_BYTES = 600;

/**
 * A composed id (of a finding, of a notification) as a part of a sort key: as it is, or where very long ids would not
 * fit, cut and with its hash.
 */
export function keyOfLongId(id: string): string {
  const bytes = Buffer.from(id, "utf8");
  if (bytes.length <= MOST_BYTES) return id;
  return `${id.slice(0, 200)}~${createHash("sha256").update(bytes).digest("hex")}`;
}

/** The customer snapshots of a tenant are spread over this many partitions, which a nightly run reads in parallel. */
export const SHARDS = 16;

/** The shard of a customer. It never changes. */
export const shardOf = (customerId: CustomerId): number => fnv1a(customerId) % SHARDS;
