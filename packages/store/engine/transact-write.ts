import type { TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Key } from "./key.ts";
import type { Condition, StoredItem } from "./own-write.ts";
import { type PlacedWrite, placedByPut, placedByUpdate } from "./placed-write.ts";

type Write = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** DynamoDB's limits for a transaction; for bytes the limit is 4 MB, and this is less for safety. */
export const TRANSACTION_WRITES = 100;
export const TRANSACTION_BYTES = 3_000_000;

/** A write without the table name, which Operations adds. */
export type TransactWrite =
  | { readonly Put: { readonly Item: Key & StoredItem } & Condition }
  | { readonly Delete: { readonly Key: Key } & Condition }
  | { readonly ConditionCheck: Omit<NonNullable<Write["ConditionCheck"]>, "TableName"> & { readonly Key: Key } }
  | { readonly Update: Omit<NonNullable<Write["Update"]>, "TableName"> & { readonly Key: Key } };

/** Where a write places its item; nowhere when it deletes or only checks. */
export function placedBy(write: TransactWrite): readonly PlacedWrite[] {
  if ("Put" in write) return [placedByPut(write.Put.Item)];
  return "Update" in write ? [placedByUpdate(write.Update)] : [];
}

/** The write with its table, as the SDK takes it. */
export function named(write: TransactWrite, TableName: string): Write {
  if ("Put" in write) return { Put: { ...write.Put, TableName } };
  if ("ConditionCheck" in write) return { ConditionCheck: { ...write.ConditionCheck, TableName } };
  if ("Delete" in write) return { Delete: { ...write.Delete, TableName } };
  return { Update: { ...write.Update, TableName } };
}
