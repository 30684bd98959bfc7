import { isDeepStrictEqual } from "node:util";
import type { Key } from "../engine/key.ts";
import type { Operations } from "../engine/operations.ts";
import { WRITE_ID, type StoredItem } from "../engine/own-write.ts";

/**
 * Gives an item other attributes, and leaves those alone that others may change meanwhile; `false` when one of the
 * changed ones is no longer as it was read.
 */
export function replaceItem(operations: Operations, before: StoredItem, after: StoredItem): Promise<boolean> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    // The replacement writes its own.
    (name) => name !== WRITE_ID && !isDeepStrictEqual(before[name], after[name]),
  );
  const numbered = names.map((name, i) => ({ name, key: `#a${i}`, was: `:was${i}`, now: `:now${i}` }));
  const set = numbered.filter(({ name }) => after[name] !== undefined);
  const removed = numbered.filter(({ name }) => after[name] === undefined);
  const clauses = [
    ...(set.length === 0 ? [] : [`SET ${set.map(({ key, now }) => `${key} = ${now}`).join(", ")}`]),
    ...(removed.length === 0 ? [] : [`REMOVE ${removed.map(({ key }) => key).join(", ")}`]),
  ];
  const conditions = numbered.map(({ name, key, was }) =>
    before[name] === undefined ? `attribute_not_exists(${key})` : `${key} = ${was}`,
  );
  return operations.update({
    Key: { pk: before["pk"], sk: before["sk"] } satisfies Record<keyof Key, unknown>,
    UpdateExpression: clauses.join(" "),
    ConditionExpression: ["attribute_exists(pk)", ...conditions].join(" AND "),
    ExpressionAttributeNames: Object.fromEntries(numbered.map(({ name, key }) => [key, name])),
    ExpressionAttributeValues: Object.fromEntries(
      numbered.flatMap(({ name, was, now }) => [
        ...(before[name] === undefined ? [] : [[was, before[name]]]),
        ...(after[name] === undefined ? [] : [[now, after[name]]]),
      ]),
    ),
  });
}
