import { randomBytes } from "node:crypto";
import type { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import type { DeleteCommandInput, PutCommandInput, UpdateCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Key } from "./key.ts";

/** An item as stored; its reader checks it with its own schema. */
export type StoredItem = Record<string, unknown>;

/** A condition for a write. */
export interface Condition {
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

export const mustBeNew: Condition = { ConditionExpression: "attribute_not_exists(pk)" };

/** Names the write that an item was last changed by. Readers do not see it: no schema has it. */
export const WRITE_ID = "writeId";
const OWN = { names: { "#writeId": WRITE_ID }, value: ":writeId" } as const;
/** 48 random bits: two writes of one item with the same id do not happen. */
const newWriteId = (): string => randomBytes(6).toString("base64url");

/**
 * A write that knows itself again. When an answer is lost, the SDK sends the write once more, and its condition fails
 * on what the first one stored; `isOwn` tells that from a condition that somebody else made fail.
 */
export interface OwnWrite {
  readonly isOwn: (failed: ConditionalCheckFailedException) => boolean;
}

const storedBy = (writeId: string): OwnWrite => ({ isOwn: ({ Item }) => Item?.[WRITE_ID]?.S === writeId });

const never: OwnWrite = { isOwn: () => false };

/** A put on a condition stores its write's id; one without a condition may simply be repeated. */
export function ownPut(
  item: Key & StoredItem,
  condition: Condition,
): OwnWrite & { readonly input: Omit<PutCommandInput, "TableName"> } {
  if (condition.ConditionExpression === undefined) return { ...never, input: { Item: item } };
  const writeId = newWriteId();
  return {
    ...storedBy(writeId),
    input: { Item: { ...item, [WRITE_ID]: writeId }, ...condition, ReturnValuesOnConditionCheckFailure: "ALL_OLD" },
  };
}

/** An update on a condition stores its write's id, and so does one that adds to a number, which happens once. */
export function ownUpdate(
  given: Omit<UpdateCommandInput, "TableName">,
): OwnWrite & { readonly input: Omit<UpdateCommandInput, "TableName"> } {
  const { UpdateExpression = "", ConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues } = given;
  const adds = /\bADD\b|[+-] *:|:\w+ *[+-]/.test(UpdateExpression);
  if (ConditionExpression === undefined && !adds) return { ...never, input: given };
  const writeId = newWriteId();
  const setsId = `#writeId = ${OWN.value}`;
  const isOther = `(attribute_not_exists(#writeId) OR #writeId <> ${OWN.value})`;
  const conditions = [ConditionExpression === undefined ? [] : [`(${ConditionExpression})`], adds ? [isOther] : []];
  return {
    ...storedBy(writeId),
    input: {
      ...given,
      UpdateExpression: /\bSET\b/.test(UpdateExpression)
        ? UpdateExpression.replace(/\bSET\b/, `SET ${setsId},`)
        : `SET ${setsId} ${UpdateExpression}`,
      ConditionExpression: conditions.flat().join(" AND "),
      ExpressionAttributeNames: { ...ExpressionAttributeNames, ...OWN.names },
      ExpressionAttributeValues: { ...ExpressionAttributeValues, [OWN.value]: writeId },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    },
  };
}

/** A deletion that was sent more than once finds nothing to delete: it is done. */
export function ownDelete(
  Key: Key,
  condition: Condition,
): OwnWrite & { readonly input: Omit<DeleteCommandInput, "TableName"> } {
  return {
    isOwn: ({ Item, $metadata }) => Item === undefined && ($metadata.attempts ?? 1) > 1,
    input: {
      Key: { ...Key },
      ...condition,
      ...(condition.ConditionExpression === undefined ? {} : { ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
    },
  };
}
