import { fnv1a } from "@regulars/core/platform/hash";
import type { CustomerId, TenantId } from "@regulars/core/platform/values";

/** Primary key of an item. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** The partition key of a tenant's family of items, like "PLANS" or "DEAL#deal_1": every key of a tenant is made by it. */
export type InFamily = (family: string) => string;

/** Partition keys of one tenant: `T#<tenant>#<family>`. */
export const familiesOf =
  (tenantId: TenantId): InFamily =>
  (family) =>
    `T#${tenantId}#${family}`;

/** Prefix of what the platform keeps across tenants: `$` is no character of a tenant id, so it meets no tenant's keys. */
export const PLATFORM = "T#$#";

/** Stands for no user and for all users in keys: neither is a character of a user id. */
export const NOBODY = "$";
export const EVERYBODY = "*";

/** Customer snapshots of a tenant are spread over this many partitions, which a nightly run reads in parallel. */
export const SHARDS = 16;

/** The shard of a customer, the same for ever. */
export const shardOf = (customerId: CustomerId): number => fnv1a(customerId) % SHARDS;
