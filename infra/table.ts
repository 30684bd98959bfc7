/** The one table. Every partition key, of the table and of its indexes, begins with `T#<tenant>#`. */
export const table = {
  name: "regulars",
  partitionKey: "pk",
  sortKey: "sk",
  /** Epoch seconds after which a row may be deleted. */
  timeToLive: "expiresAt",
  indexes: [
    { name: "gsi1", partitionKey: "g1p", sortKey: "g1s" },
    { name: "gsi2", partitionKey: "g2p", sortKey: "g2s" },
  ],
} as const;

/** The tag of a tenant session, and the leading keys that its role may access. */
export const tenantSession = { tag: "TenantId", before: "T#", after: "#*" } as const;

/** What a tenant session may do with the items of its tenant. No Scan, because a scan has no leading key. */
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
 * What a function's own role may read of the table, in addition to tenant sessions. A leading key with `*` stands for
 * many partitions; `$` cannot occur in a tenant id.
 */
export interface OwnRead {
  readonly index: (typeof table.indexes)[number]["name"];
  readonly leadingKey: string;
  readonly why: string;
}

/** What a function's own role may update of the table, in addition to tenant sessions: items of these partitions only. */
export interface OwnUpdate {
  readonly leadingKey: string;
  readonly why: string;
}

/** Every clock job may list the tenants, in the order in which their nightly runs are due. */
export const tenantList: OwnRead = {
  index: "gsi2",
  leadingKey: "T#$#DUE",
  why: "the list of tenants, by when their nightly run is due",
};
