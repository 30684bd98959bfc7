import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { TenantId } from "@regulars/core/platform/values";
import { type Key, familiesOf } from "../engine/key.ts";
import { Operations } from "../engine/operations.ts";
import { type Table, noUsage } from "../engine/table.ts";
import { relyOnNoRow } from "./due-rows.ts";
import { tenantsKeys } from "./keys.ts";

/**
 * Removes every item of a tenant, its place in the directory last: a removal that was stopped is begun again and
 * removes the rest. Scans the whole table, again until nothing is left, also of what was written meanwhile.
 * `onRemoved` gets the number of items removed so far. Returns how many there were.
 */
export async function removeTenant(
  table: Table,
  tenantId: TenantId,
  onRemoved: (items: number) => void = () => undefined,
): Promise<number> {
  const operations = new Operations(table, noUsage());
  const keys = tenantsKeys(familiesOf(tenantId));
  const last = [keys.schedule(), keys.oldSchedule(), keys.tenant()];
  const isLast = ({ pk, sk }: Key): boolean => last.some((key) => key.pk === pk && key.sk === sk);
  let removed = 0;
  for (let found = -1; found !== 0;) {
    found = 0;
    for await (const page of keysOfTenant(table, tenantId)) {
      const others = page.filter((key) => !isLast(key));
      await operations.batchDelete(others);
      found += others.length;
      removed += others.length;
      if (others.length > 0) onRemoved(removed);
    }
  }
  await operations.transact(last.map((Key) => ({ Delete: { Key } })));
  relyOnNoRow(table);
  return removed + 2;
}

async function* keysOfTenant(table: Table, tenantId: TenantId): AsyncGenerator<readonly Key[]> {
  let from: Record<string, unknown> | undefined;
  do {
    const reply = await table.documents.send(
      new ScanCommand({
        TableName: table.name,
        FilterExpression: "begins_with(pk, :tenant)",
        ExpressionAttributeValues: { ":tenant": familiesOf(tenantId)("") },
        ProjectionExpression: "pk, sk",
        ConsistentRead: true,
        ExclusiveStartKey: from,
      }),
    );
    yield (reply.Items ?? []).map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
    from = reply.LastEvaluatedKey;
  } while (from !== undefined);
}
