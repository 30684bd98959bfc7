import { randomUUID } from "node:crypto";
import * as z from "zod";
import { customerIdSchema, daySchema } from "@regulars/core/platform/values";
import type { DocumentFamily } from "./keys.ts";
import type { Key } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import type { TransactWrite, Operations, StoredItem } from "../engine/operations.ts";
import { mustBeNew } from "../engine/operations.ts";

const documentIdSchema = z.object({
  id: z.string(),
  customerId: customerIdSchema,
  on: daySchema,
  hash: z.string(),
  currency: z.string().optional(),
  /** How often payments came to lie beside it; counted so that a move knows whether it has seen them all. */
  payments: z.int().optional(),
});

/** Where a document lies, and a hash of what it said. */
export type DocumentId = z.output<typeof documentIdSchema>;

/** The id rows of documents that are stored, by id. */
export async function findDocumentIds(
  operations: Operations,
  keys: Keys,
  family: DocumentFamily,
  ids: readonly string[],
): Promise<Map<string, DocumentId>> {
  const stored = await operations.batchGet(ids.map((id) => keys.documentId(family, id)));
  return new Map(stored.map((item) => documentIdSchema.parse(item)).map((row) => [row.id, row]));
}

/** The id row of one document, when there is such a document. */
export async function findDocumentId(operations: Operations, key: Key): Promise<DocumentId | undefined> {
  const stored = await operations.get(key);
  return stored === undefined ? undefined : documentIdSchema.parse(stored);
}

/** Writes an id row on the condition that nobody has written it, or paid on it, since it was read. */
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
 * Says that a customer-year of a projection must be rebuilt from truth: counted, so that a rebuild can tell whether more
 * came, and named when it is made, so that it can tell a mark from one that was removed and made again.
 */
export const markDirty = (key: Key): TransactWrite => ({
  Update: {
    Key: key,
    UpdateExpression: "ADD n :one SET b = if_not_exists(b, :birth)",
    ExpressionAttributeValues: { ":one": 1, ":birth": randomUUID() },
  },
});
