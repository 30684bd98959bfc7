import { isDeepStrictEqual } from "node:util";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import { openEngine } from "@regulars/local/engine/engine";
import { closeTable, openTable } from "@regulars/store/engine/table";
import { table as spec } from "../../infra/table.ts";

export type StoredItem = Readonly<Record<string, unknown>>;

/** Every item of a data folder's table by its key, read through the folder's own engine. */
export async function storedItems(data: string): Promise<ReadonlyMap<string, StoredItem>> {
  const engine = await openEngine(data);
  const table = openTable({ tableName: spec.name, endpoint: engine.endpoint });
  const items = new Map<string, StoredItem>();
  try {
    for await (const page of paginateScan({ client: table.documents }, { TableName: table.name }))
      for (const item of page.Items ?? []) items.set(`${String(item["pk"])} ${String(item["sk"])}`, item);
  } finally {
    closeTable(table);
    await engine.release();
  }
  return items;
}

/** Attributes that say when and how often something was done, not what is so. */
const HOW = new Set(["r", "attempts", "maybeDuplicate", "sentAt", "dueAt", "providerId", "g2s"]);

/** The same items without the traces of how they came to be. */
export function whatIsSo(items: ReadonlyMap<string, StoredItem>): Readonly<Record<string, StoredItem>> {
  return Object.fromEntries(
    [...items]
      .flatMap(([key, item]) => withoutTime(key, item, items))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, Object.fromEntries(Object.entries(item).filter(([name]) => !HOW.has(name)))]),
  );
}

const LOG = /#OUTLOG$/;

/** A row of the delivery log says when; it is so when the delivery that it names is due then, and else it is nothing. */
function withoutTime(
  key: string,
  item: StoredItem,
  items: ReadonlyMap<string, StoredItem>,
): readonly (readonly [string, StoredItem])[] {
  const [pk, id] = [String(item["pk"]), String(item["id"])];
  if (!LOG.test(pk)) return [[key, item]];
  const delivery = items.get(`${pk.replace(LOG, "#OUT")} ${id}`);
  return item["sk"] === `${String(delivery?.["dueAt"])}#${id}` ? [[`${pk} ${id}`, { id }]] : [];
}

/** Keys of the items that two states do not have in common, or not alike: short to read where there are thousands. */
export function differingKeys(
  left: Readonly<Record<string, StoredItem>>,
  right: Readonly<Record<string, StoredItem>>,
): readonly string[] {
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].filter((key) => !isDeepStrictEqual(left[key], right[key])).toSorted();
}
