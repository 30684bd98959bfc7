import type { DocumentPage, DocumentPlace } from "@regulars/core/platform/paging";
import type { QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Key } from "./key.ts";

/**
 * The query of a partition by descending sort key (day first): `limit` items and one more, to know whether a next page
 * exists.
 */
export const newestFirst = (
  pk: string,
  before: Key | undefined,
  limit: number,
): Omit<QueryCommandInput, "TableName"> => ({
  KeyConditionExpression: before === undefined ? "pk = :pk" : "pk = :pk AND sk < :before",
  ExpressionAttributeValues: { ":pk": pk, ...(before === undefined ? {} : { ":before": before.sk }) },
  ScanIndexForward: false,
  ConsistentRead: true,
  Limit: limit + 1,
});

/** A page of the documents found; one more than `limit` means that a next page exists. */
export function documentPageOf<Doc, Id>(
  found: readonly Doc[],
  limit: number,
  placeOf: (document: Doc) => DocumentPlace<Id>,
): DocumentPage<Doc, Id> {
  const documents = found.slice(0, limit);
  const last = documents.at(-1);
  return { documents, ...(found.length > limit && last !== undefined ? { next: placeOf(last) } : {}) };
}
