import { rowAs } from "@regulars/core/platform/unreadable-row";
import {
  type AddressRecord,
  type SuppressionStore,
  addressRecordSchema,
} from "@regulars/core/notifications/suppression";
import { writesOf } from "../engine/companion-writes.ts";
import type { Operations } from "../engine/operations.ts";
import type { Keys } from "../keys.ts";

/** Days for which a bounce is remembered that suppressed nothing: longer than it can count. */
const REMEMBERED_SECONDS = 30 * 86_400;

/** Addresses that mails came back from, by address. */
export function openSuppressions(operations: Operations, keys: Keys): SuppressionStore {
  return {
    find: async (address) => {
      const item = await operations.get(keys.mailAddress(address));
      return item === undefined ? undefined : rowAs(addressRecordSchema, item);
    },
    page: async ({ limit, after }) => {
      const records: AddressRecord[] = [];
      const from = after === undefined ? "" : keys.mailAddress(after).sk;
      for await (const item of operations.query({
        KeyConditionExpression: "pk = :pk AND sk > :from",
        ExpressionAttributeValues: { ":pk": keys.mailAddresses(), ":from": from === "" ? " " : from },
        ConsistentRead: true,
      })) {
        const record = rowAs(addressRecordSchema, item);
        if (record.suppressed === undefined) continue;
        if (records.length === limit) return { records, next: records.at(-1)?.address };
        records.push(record);
      }
      return { records };
    },
    save: (record, companion) =>
      operations.transact([
        {
          Put: {
            Item: { ...keys.mailAddress(record.address), ...record, ...expiryOf(record) },
            ConditionExpression: record.version === 1 ? "attribute_not_exists(pk)" : "version = :before",
            ...(record.version === 1 ? {} : { ExpressionAttributeValues: { ":before": record.version - 1 } }),
          },
        },
        ...writesOf(companion),
      ]),
  };
}

/** A record that neither suppresses nor was lifted by somebody is forgotten with its bounces. */
function expiryOf({ suppressed, lifted, transient }: AddressRecord) {
  const last = transient.at(-1);
  if (suppressed !== undefined || lifted !== undefined || last === undefined) return {};
  return { expiresAt: Math.ceil(Date.parse(last.at) / 1000) + REMEMBERED_SECONDS };
}
