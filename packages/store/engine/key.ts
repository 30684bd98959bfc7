import { fnv1a } from "@regulars/core/platform/hash";
import type { CustomerId, TenantId } from "@regulars/core/platform/values";

/** Primary key of an item. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/**
 * The partition key of a tenant's family of items, like "PLANS" or "DEAL#deal_1". All keys of a tenant are built with
 * it.
 */
export type InFamily = (family: string) => string;

/** Partition keys of one tenant: `T#<tenant>#<family>`. */
export const familiesOf =
  (tenantId: TenantId): InFamily =>
  (family) =>
    `T#${tenantId}#${family}`;

/** Prefix of the platform's own items. `$` cannot occur in a tenant id, so it never equals a tenant's prefix. */
export const PLATFORM = "T#$#";

/** Stands for no user or all users in keys. It cannot occur in a user id. */
export const NOBODY = "$";
export const EVERYBODY = "*";

/** The customer snapshots of a tenant are spread over this many partitions, which a nightly run reads in parallel. */
export const SHARDS = 16;

/** The shard of a customer. It never changes. */
export const shardOf = (customerId: CustomerId): number => fnv1a(customerId) % SHARDS;
