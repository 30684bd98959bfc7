import { rowAs } from "@regulars/core/platform/unreadable-row";
import { randomUUID } from "node:crypto";
import * as z from "zod";
import { customerIdSchema, daySchema } from "@regulars/core/platform/values";
import type { DocumentFamily } from "./keys.ts";
import type { Key } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { type StoredItem, mustBeNew } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";

const documentIdSchema = z.object({
  id: z.string(),
  customerId: customerIdSchema,
  on: daySchema,
  hash: z.string(),
  currency: z.string().optional(),
  /** How many times payments were added to the invoice. A move of the invoice checks that it has seen them all. */
  payments: z.int().optional(),
});

/** Where a document is stored, and a hash of its content. */
export type DocumentId = z.output<typeof documentIdSchema>;

/** The id rows of stored documents, by id. */
export async function findDocumentIds(
  operations: Operations,
  keys: Keys,
  family: DocumentFamily,
  ids: readonly string[],
): Promise<Map<string, DocumentId>> {
  const stored = await operations.batchGet(ids.map((id) => keys.documentId(family, id)));
  return new Map(stored.map((item) => rowAs(documentIdSchema, item)).map((row) => [row.id, row]));
}

/** The id row of one document, if it is stored. */
export async function findDocumentId(operations: Operations, key: Key): Promise<DocumentId | undefined> {
  const stored = await operations.get(key);
  return stored === undefined ? undefined : rowAs(documentIdSchema, stored);
}

/** Writes an id row on the condition that neither it nor its payments have changed since it was read. */
export function claimDocumentId(key: Key, row: DocumentId, before: DocumentId | undefined): TransactWrite {
  if (before === undefined) return { Put: { Item: { ...key, ...row }, ...mustBeNew } };
  const { hash, payments } = before;
  const Item: Key & StoredItem = { ...key, ...row, ...(payments === undefined ? {} : { payments }) };
  return {
    Put: {
      Item,
      ConditionExpression: `#hash = :before AND ${payments === undefined ? "attribute_not_exists(payments)" : "payments = :payments"}`,
      ExpressionAttributeNames: { "#hash": "hash" },
      ExpressionAttributeValues: { ":before": hash, ...(payments === undefined ? {} : { ":payments": payments }) },
    },
  };
}

/**
 * Sets the dirty marker of a customer-year, which must then be rebuilt from the source of truth. The count shows a
 * rebuild whether more changes came; the generation tells a marker from one that was deleted and made again.
 */
export const markDirty = (key: Key): TransactWrite => ({
  Update: {
    Key: key,
    UpdateExpression: "ADD n :one SET b = if_not_exists(b, :generation)",
    ExpressionAttributeValues: { ":one": 1, ":generation": randomUUID() },
  },
});
