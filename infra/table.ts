/** The one table. Every partition key, of the table and of its indexes, begins with `T#<tenant>#`. */
export const table = {
  name: "regulars",
  partitionKey: "pk",
  sortKey: "sk",
  /** Epoch seconds; rows that are of no use after it. */
  timeToLive: "expiresAt",
  indexes: [
    { name: "gsi1", partitionKey: "g1p", sortKey: "g1s" },
    { name: "gsi2", partitionKey: "g2p", sortKey: "g2s" },
  ],
} as const;

/** The tag that a tenant's session carries, and the leading keys that its role may touch by it. */
export const tenantSession = { tag: "TenantId", before: "T#", after: "#*" } as const;

/** What a tenant's session may do with the tenant's own items. No Scan: it has no leading key. */
export const tenantTableActions = [
  "dynamodb:GetItem",
  "dynamodb:BatchGetItem",
  "dynamodb:Query",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
  "dynamodb:DeleteItem",
  "dynamodb:BatchWriteItem",
  "dynamodb:ConditionCheckItem",
] as const;

/**
 * What a function's own role reads of the table, besides what tenants' sessions may. A leading key with `*` names many
 * partitions; `$` is no character of a tenant id. `countOnly` tells how many there are and shows none of them.
 */
export interface OwnRead {
  readonly index: (typeof table.indexes)[number]["name"];
  readonly leadingKey: string;
  readonly countOnly?: true;
  readonly why: string;
}

/** Every clock job may list the tenants, in the order in which their nightly runs are due. */
export const tenantList: OwnRead = {
  index: "gsi2",
  leadingKey: "T#$#DUE",
  why: "the platform's own list of tenants, by when their nightly run is due",
};
