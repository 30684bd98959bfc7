import { CreateTableCommand, ResourceInUseException } from "@aws-sdk/client-dynamodb";
import type { Table } from "@regulars/store/table";
import { table as spec } from "../../infra/spec.ts";

/** Creates the table as infra/spec.ts describes it, unless it is there. */
export async function createTable(table: Table): Promise<void> {
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

const keySchema = ({ partitionKey, sortKey }: { readonly partitionKey: string; readonly sortKey: string }) => [
  { AttributeName: partitionKey, KeyType: "HASH" as const },
  { AttributeName: sortKey, KeyType: "RANGE" as const },
];
