import {
  CreateTableCommand,
  DescribeTableCommand,
  QueryCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import type { Table } from "./table.ts";

interface KeyNames {
  readonly partitionKey: string;
  readonly sortKey: string;
}

/** The table's keys and indexes, as infra/table.ts defines them. */
interface TableSpec extends KeyNames {
  readonly indexes: readonly (KeyNames & { readonly name: string })[];
}

/**
 * Creates the table if it does not exist. Only for the embedded engine and tests: in the cloud the foundation stack
 * creates it.
 */
export async function createTable(table: Table, spec: TableSpec): Promise<void> {
  const keys = [spec, ...spec.indexes];
  const names = keys.flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]);
  try {
    await table.raw.send(
      new CreateTableCommand({
        TableName: table.name,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
        KeySchema: keySchema(spec),
        GlobalSecondaryIndexes: spec.indexes.map((index) => ({
          IndexName: index.name,
          KeySchema: keySchema(index),
          Projection: { ProjectionType: "ALL" },
        })),
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}

/** Throws if the table does not exist. A deployed table is never created from here: it would lack its protections. */
export async function findTable(table: Table): Promise<void> {
  try {
    await table.raw.send(new DescribeTableCommand({ TableName: table.name }));
  } catch (error) {
    if (error instanceof ResourceNotFoundException)
      throw new Error(`there is no table ${table.name}`, { cause: error });
    throw error;
  }
}

/** What this product needs of a database, and not every server that speaks DynamoDB's protocol has. */
const NEEDED: Readonly<Record<string, (table: Table) => Promise<unknown>>> = {
  "transactions (TransactWriteItems)": ({ raw, name }) =>
    raw.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            ConditionCheck: {
              TableName: name,
              Key: { pk: { S: PROBE }, sk: { S: PROBE } },
              ConditionExpression: "attribute_not_exists(pk)",
            },
          },
        ],
      }),
    ),
  "the second index (gsi2)": ({ raw, name }) =>
    raw.send(
      new QueryCommand({
        TableName: name,
        IndexName: "gsi2",
        KeyConditionExpression: "g2p = :probe",
        ExpressionAttributeValues: { ":probe": { S: PROBE } },
        Limit: 1,
      }),
    ),
};

/** A key of the platform that no item has. */
const PROBE = "T#$#PROBE";
const LACKING = new Set([
  "UnknownOperationException",
  "UnsupportedOperationException",
  "NotImplemented",
  "ValidationException",
]);

/** Throws, naming it, when the database lacks something that is needed; passes on other errors. Writes nothing. */
export async function probeDatabase(table: Table): Promise<void> {
  for (const [what, ask] of Object.entries(NEEDED))
    await ask(table).catch((cause: unknown) => {
      if (!(cause instanceof Error) || !LACKING.has(cause.name)) throw cause;
      throw new Error(`it has not got ${what}, which Regulars needs`, { cause });
    });
}

const keySchema = ({ partitionKey, sortKey }: KeyNames) => [
  { AttributeName: partitionKey, KeyType: "HASH" as const },
  { AttributeName: sortKey, KeyType: "RANGE" as const },
];
