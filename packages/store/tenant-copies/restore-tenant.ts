import { randomUUID } from "node:crypto";
import { BatchWriteItemCommand, type WriteRequest } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { ContentionError } from "@regulars/core/platform/contention-error";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { TenantId } from "@regulars/core/platform/values";
import { type Key, familiesOf } from "../engine/key.ts";
import { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";
import { pauseToReread } from "../engine/pause.ts";
import { type Table, noUsage } from "../engine/table.ts";
import { parseSnapshotSort } from "../snapshots/keys.ts";
import { projections } from "../snapshots/projections.ts";
import { openTenantStore } from "../tenant-store.ts";
import { tenantsKeys } from "../tenants/keys.ts";
import { removeTenant } from "../tenants/remove-tenant.ts";
import { openTenantDirectory } from "../tenants/tenants.ts";
import {
  type RawItem,
  type TenantFile,
  TenantFileError,
  type TenantLine,
  isTenantItem,
  readTenantFile,
  tenantLines,
} from "./tenant-file.ts";

/** DynamoDB's limit of items in one call. */
const AT_ONCE = 25;
/** Lines between two notes of how far a restore is. */
const NOTED_EVERY = 1_000;

const MARKER_LETTERS = new Set(projections.map(({ letters }) => letters.marker));

export interface RestoreInput {
  readonly table: Table;
  /** Reads the file's lines; called twice, to check the whole file before anything of it is stored. */
  readonly open: () => AsyncIterable<string>;
  /** Called with the number of lines that are stored, and of all; throws to stop. */
  readonly onStored?: (lines: number, all: number) => void;
}

interface RestoreReport {
  readonly tenantId: TenantId;
  readonly exportedAt: string;
  readonly items: number;
  /** Lines that an earlier, interrupted restore of the same file had stored. */
  readonly storedBefore: number;
  /** Packed years that were made anew from the items. */
  readonly years: number;
}

/**
 * Stores a tenant from its file. Its own item and its place in the directory come last, so a tenant is there whole or
 * not at all; one that was stopped goes on when it is run again. Refused when the tenant exists. What an interrupted
 * restore of another file left is removed first. Also refused when the file is none of a tenant, is cut off, or was
 * changed.
 */
export async function restoreTenant({
  table,
  open,
  onStored = () => undefined,
}: RestoreInput): Promise<Result<RestoreReport>> {
  const file = await checkedFile(open);
  if (!file.ok) return file;
  const { head, tenant, sha256 } = file.value;
  const { tenantId } = tenant;
  if ((await openTenantDirectory(table).find(tenantId)) !== undefined)
    return refuse("tenant-exists", `there is a tenant ${tenantId} already`);
  const operations = new Operations(table, noUsage());
  const progress = restoreRow(familiesOf(tenantId)("CONFIG"));
  const before = await operations.get(progress);
  const isSame = before?.["sha256"] === sha256;
  if (before !== undefined && !isSame) await removeTenant(table, tenantId);
  const storedBefore = isSame ? Number(before["lines"]) : 0;
  await operations.put({ ...progress, sha256, lines: storedBefore });

  const last: RawItem[] = [];
  let waiting: RawItem[] = [];
  let items = 0;
  const flush = async (): Promise<void> => {
    await writeAll(table, waiting);
    waiting = [];
  };
  let number = 0;
  for await (const line of tenantLines(open(), tenantId)) {
    number += 1;
    if ("Item" in line) items += 1;
    if (isOfDirectory(tenantId, line)) last.push(line.Item);
    else if (number > storedBefore) waiting.push(itemOf(line));
    if (waiting.length === AT_ONCE) await flush();
    if (number <= storedBefore || number % NOTED_EVERY !== 0) continue;
    await flush();
    await operations.put({ ...progress, sha256, lines: number });
    onStored(number, file.value.lines);
  }
  await flush();
  const years = await packAll(table, tenant);
  await operations.transact([
    ...last.map((item) => ({ Put: { Item: storedForm(item) } })),
    { Delete: { Key: progress } },
  ]);
  return ok({ tenantId, exportedAt: head.exportedAt, items, storedBefore, years });
}

async function checkedFile(open: RestoreInput["open"]): Promise<Result<TenantFile>> {
  try {
    return ok(await readTenantFile(open()));
  } catch (error) {
    if (!(error instanceof TenantFileError)) throw error;
    return refuse("unusable-file", error.message);
  }
}

const restoreRow = (pk: string): Key => ({ pk, sk: "RESTORE" });

/** The tenant's item and its schedule: with them it exists. */
const isOfDirectory = (tenantId: TenantId, line: TenantLine): line is TenantLine & { readonly Item: RawItem } => {
  if (!("Item" in line)) return false;
  const keys = tenantsKeys(familiesOf(tenantId));
  const places = [keys.schedule(), keys.oldSchedule()];
  return isTenantItem(line.Item) || places.some(({ pk, sk }) => line.Item["pk"]?.S === pk && line.Item["sk"]?.S === sk);
};

/** What a line is stored as. Years have no chunk yet, so their markers are dirty: whoever reads one packs it first. */
function itemOf(line: TenantLine): RawItem {
  if ("year" in line) {
    const { pk, sk } = line.year;
    return { pk: { S: pk }, sk: { S: sk }, n: { N: "1" }, c: { N: "0" }, b: { S: randomUUID() } };
  }
  const { Item } = line;
  const [pk, sk] = [Item["pk"]?.S ?? "", Item["sk"]?.S ?? ""];
  const isMarker = /^T#[^#]+#CHANGED#/.test(pk) && MARKER_LETTERS.has(parseSnapshotSort(sk).letter);
  return isMarker ? { ...Item, n: { N: String(Number(Item["n"]?.N ?? 0) + 1) } } : Item;
}

const storedForm = (item: RawItem): Key & StoredItem => {
  const { pk, sk, ...rest } = unmarshall(item);
  return { ...rest, pk: String(pk), sk: String(sk) };
};

/** Puts items as they are. A key that comes twice, as a marker and as its year, is put once. */
async function writeAll({ raw, name, patience }: Table, items: readonly RawItem[]): Promise<void> {
  const byKey = new Map(items.map((Item) => [`${Item["pk"]?.S} ${Item["sk"]?.S}`, Item]));
  let wanted: WriteRequest[] = [...byKey.values()].map((Item) => ({ PutRequest: { Item } }));
  for (let round = 0; wanted.length > 0; round += 1) {
    if (round > patience.rounds) throw new ContentionError(`the table ${name} is throttled: run the restore again`);
    if (round > 0) await pauseToReread(round);
    const reply = await raw.send(new BatchWriteItemCommand({ RequestItems: { [name]: wanted } }));
    wanted = reply.UnprocessedItems?.[name] ?? [];
  }
}

/** Packs the years of all customers, and returns how many there are. */
async function packAll(table: Table, tenant: Tenant): Promise<number> {
  const store = openTenantStore(table, tenant);
  let years = 0;
  for (const shard of store.shards) years += (await store.verify(shard)).chunks;
  return years;
}
