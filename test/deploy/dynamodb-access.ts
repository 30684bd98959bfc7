import * as z from "zod";
import { table as spec } from "../../infra/table.ts";

/** The IAM requests of one DynamoDB call: a transaction and a batch make one for each of their parts. */
export interface Access {
  readonly action: string;
  /** "table/x" or "table/x/index/y". */
  readonly resource: string;
  readonly leadingKeys: readonly string[];
  readonly select?: string | undefined;
}

const attribute = z.object({ S: z.string() });
const keyed = z.object({ [spec.partitionKey]: attribute });
const partition = (item: unknown): string => keyed.parse(item)[spec.partitionKey]?.S ?? "";

const single = z.object({ TableName: z.string(), Key: z.unknown().optional(), Item: z.unknown().optional() });
const querySchema = z.object({
  TableName: z.string(),
  IndexName: z.string().optional(),
  KeyConditionExpression: z.string(),
  ExpressionAttributeValues: z.record(z.string(), z.unknown()),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  Select: z.string().optional(),
});
const batchGetSchema = z.object({ RequestItems: z.record(z.string(), z.object({ Keys: z.array(z.unknown()) })) });
const batchWriteSchema = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.object({
        PutRequest: z.object({ Item: z.unknown() }).optional(),
        DeleteRequest: z.object({ Key: z.unknown() }).optional(),
      }),
    ),
  ),
});
const transactSchema = z.object({ TransactItems: z.array(z.record(z.string(), single)) });
const TRANSACT_ACTIONS: Readonly<Record<string, string>> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
  Get: "GetItem",
};

/** The IAM requests of a call. */
export function accessesOf(operation: string, body: unknown): Access[] {
  switch (operation) {
    case "GetItem":
    case "PutItem":
    case "UpdateItem":
    case "DeleteItem":
      return [ofOne(operation, single.parse(body))];
    case "Query":
      return [ofQuery(querySchema.parse(body))];
    case "BatchGetItem":
      return Object.entries(batchGetSchema.parse(body).RequestItems).map(([name, { Keys }]) => ({
        action: "dynamodb:BatchGetItem",
        resource: `table/${name}`,
        leadingKeys: Keys.map(partition),
      }));
    case "BatchWriteItem":
      return Object.entries(batchWriteSchema.parse(body).RequestItems).map(([name, writes]) => ({
        action: "dynamodb:BatchWriteItem",
        resource: `table/${name}`,
        leadingKeys: writes.map(({ PutRequest, DeleteRequest }) => partition(PutRequest?.Item ?? DeleteRequest?.Key)),
      }));
    case "TransactWriteItems":
    case "TransactGetItems":
      return transactSchema
        .parse(body)
        .TransactItems.flatMap((parts) => Object.entries(parts))
        .map(([kind, part]) => ofOne(TRANSACT_ACTIONS[kind] ?? kind, part));
    default:
      return [{ action: `dynamodb:${operation}`, resource: `table/${single.parse(body).TableName}`, leadingKeys: [] }];
  }
}

const ofOne = (operation: string, { TableName, Key, Item }: z.output<typeof single>): Access => ({
  action: `dynamodb:${operation}`,
  resource: `table/${TableName}`,
  leadingKeys: [partition(Key ?? Item)],
});

function ofQuery(query: z.output<typeof querySchema>): Access {
  const { TableName, IndexName, KeyConditionExpression, ExpressionAttributeValues, ExpressionAttributeNames, Select } =
    query;
  const keyName = (spec.indexes.find(({ name }) => name === IndexName) ?? spec).partitionKey;
  const equalities = [...KeyConditionExpression.matchAll(/([#\w]+)\s*=\s*(:\w+)/g)];
  const equality = equalities.find(([, name = ""]) => (ExpressionAttributeNames[name] ?? name) === keyName);
  return {
    action: "dynamodb:Query",
    resource: `table/${TableName}${IndexName === undefined ? "" : `/index/${IndexName}`}`,
    leadingKeys: equality?.[2] === undefined ? [] : [attribute.parse(ExpressionAttributeValues[equality[2]]).S],
    select: Select,
  };
}
