import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { TenantId } from "@regulars/core/platform/values";
import { familiesOf } from "../engine/key.ts";
import type { StoredItem } from "../engine/own-write.ts";
import type { Table } from "../engine/table.ts";

/** Every item of a tenant. Scans the whole table, which the functions on AWS may not. */
export async function* allItems(table: Table, tenantId: TenantId): AsyncGenerator<StoredItem> {
  let from: Record<string, unknown> | undefined;
  do {
    const page = await table.documents.send(
      new ScanCommand({
        TableName: table.name,
        FilterExpression: "begins_with(pk, :tenant)",
        ExpressionAttributeValues: { ":tenant": familiesOf(tenantId)("") },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      }),
    );
    yield* page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}
