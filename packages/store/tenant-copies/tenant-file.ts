import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { type AttributeValue, ScanCommand } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type TenantId, tenantIdSchema } from "@regulars/core/platform/values";
import * as z from "zod";
import { type Key, familiesOf } from "../engine/key.ts";
import type { Table } from "../engine/table.ts";
import { tenantOf } from "../tenants/tenants.ts";
import { parseSnapshotSort } from "../snapshots/keys.ts";
import { projections } from "../snapshots/projections.ts";

/** The lines of a tenant's file: a head, its items as DynamoDB JSON, the years to pack again, and an end. */
const headSchema = z.object({
  format: z.literal("regulars-tenant"),
  version: z.literal(1),
  tenant: tenantIdSchema,
  exportedAt: z.string(),
});
type TenantFileHead = z.output<typeof headSchema>;

const endSchema = z.object({ end: z.object({ items: z.int(), years: z.int(), sha256: z.string() }) });

const CHUNK_LETTERS = new Set(projections.map(({ letters }) => letters.chunk));
const MARKER_OF = new Map(projections.map(({ letters }) => [letters.chunk, letters.marker]));

export type RawItem = Record<string, AttributeValue>;

/** A tenant's file, line by line: the items as they are, without the packed years, which are made anew from them. */
export async function* exportLines(table: Table, tenant: Tenant, exportedAt: string): AsyncGenerator<string> {
  const head: TenantFileHead = { format: "regulars-tenant", version: 1, tenant: tenant.tenantId, exportedAt };
  const hash = createHash("sha256");
  const count = { items: 0, years: 0 };
  const hashed = (line: string): string => {
    hash.update(`${line}\n`);
    return line;
  };
  yield hashed(JSON.stringify(head));
  for await (const item of rawItemsOf(table, tenant.tenantId)) {
    const chunk = chunkOf(tenant.tenantId, item);
    if (chunk === "piece") continue;
    if (chunk === undefined) {
      count.items += 1;
      yield hashed(JSON.stringify({ Item: item }, bytesAsText));
    } else {
      count.years += 1;
      yield hashed(JSON.stringify({ year: chunk }));
    }
  }
  yield JSON.stringify({ end: { ...count, sha256: hash.digest("hex") } });
}

/** The dirty marker of the year whose chunk an item is; `piece` for a chunk's further pieces. */
function chunkOf(tenantId: TenantId, item: RawItem): Key | "piece" | undefined {
  const [pk, sk] = [item["pk"]?.S ?? "", item["sk"]?.S ?? ""];
  const shards = familiesOf(tenantId)("S#");
  if (!pk.startsWith(shards)) return undefined;
  const { letter, rest } = parseSnapshotSort(sk);
  if (!CHUNK_LETTERS.has(letter)) return undefined;
  if (rest.includes("#")) return "piece";
  const customer = sk.slice(0, sk.indexOf("#", 2));
  return {
    pk: familiesOf(tenantId)(`CHANGED#${pk.slice(shards.length)}`),
    sk: `${customer}#${MARKER_OF.get(letter) ?? ""}#${rest}`,
  };
}

async function* rawItemsOf(table: Table, tenantId: TenantId): AsyncGenerator<RawItem> {
  let ExclusiveStartKey: RawItem | undefined;
  do {
    const page = await table.raw.send(
      new ScanCommand({
        TableName: table.name,
        // A tenant that is restored has new heads: processes know what they read under the old ones.
        FilterExpression: "begins_with(pk, :tenant) AND pk <> :heads",
        ExpressionAttributeValues: {
          ":tenant": { S: familiesOf(tenantId)("") },
          ":heads": { S: familiesOf(tenantId)("HEADS") },
        },
        ConsistentRead: true,
        ExclusiveStartKey,
      }),
    );
    yield* page.Items ?? [];
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}

/** Bytes as base64, as DynamoDB's own exports have them. */
function bytesAsText(this: unknown, _name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("B" in value)) return value;
  return value.B instanceof Uint8Array ? { B: Buffer.from(value.B).toString("base64") } : value;
}

const textAsBytes = (name: string, value: unknown): unknown =>
  name === "B" && typeof value === "string" ? new Uint8Array(Buffer.from(value, "base64")) : value;

const keySchema = z.object({ pk: z.string(), sk: z.string() });
const itemSchema = z.custom<RawItem>((value) => keyedSchema.safeParse(value).success);
const keyedSchema = z.looseObject({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) });
const lineSchema = z.union([z.object({ Item: itemSchema }), z.object({ year: keySchema })]);

/** One line of a file that was read: an item to store, or the dirty marker of a year to pack. */
export type TenantLine = z.output<typeof lineSchema>;

/** A file that was read to its end. */
export interface TenantFile {
  readonly head: TenantFileHead;
  readonly tenant: Tenant;
  readonly lines: number;
  /** Of all lines before the end. */
  readonly sha256: string;
}

/** Why a file cannot be restored: shown as it is. */
export class TenantFileError extends Error {
  override readonly name = "TenantFileError";
}

/**
 * Reads a tenant's file to its end. Throws a `TenantFileError` when it is no such file, is cut off, or was changed:
 * before that, nothing of it may be stored.
 */
export async function readTenantFile(lines: AsyncIterable<string>): Promise<TenantFile> {
  const hash = createHash("sha256");
  let head: TenantFileHead | undefined;
  let tenant: Tenant | undefined;
  let end: z.output<typeof endSchema>["end"] | undefined;
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (end !== undefined) throw new TenantFileError(`line ${number} comes after the end of the file`);
    const value = parsed(line, number);
    if (head === undefined) head = headOf(value);
    else {
      const last = endSchema.safeParse(value);
      if (last.success) {
        end = last.data.end;
        continue;
      }
      tenant ??= tenantIn(lineOf(value, number, head.tenant));
    }
    hash.update(`${line}\n`);
  }
  if (head === undefined) throw new TenantFileError("the file is empty");
  if (end === undefined) throw new TenantFileError(`the file is cut off after line ${number}: export the tenant again`);
  const sha256 = hash.digest("hex");
  if (sha256 !== end.sha256)
    throw new TenantFileError("the file was changed after it was written: its checksum differs");
  if (tenant === undefined) throw new TenantFileError("the file has no tenant");
  return { head, tenant, lines: number, sha256 };
}

/** The lines to store, without head and end; the file was checked before. */
export async function* tenantLines(lines: AsyncIterable<string>, tenantId: TenantId): AsyncGenerator<TenantLine> {
  let number = 0;
  for await (const line of lines) {
    number += 1;
    const value = parsed(line, number);
    if (number > 1 && !endSchema.safeParse(value).success) yield lineOf(value, number, tenantId);
  }
}

function parsed(line: string, number: number): unknown {
  try {
    return JSON.parse(line, textAsBytes);
  } catch {
    throw new TenantFileError(
      number === 1 ? "this is no export of a tenant" : `line ${number} is not whole: the file is damaged or cut off`,
    );
  }
}

function headOf(value: unknown): TenantFileHead {
  const head = headSchema.safeParse(value);
  if (!head.success) throw new TenantFileError("this is no export of a tenant, or one of a later version");
  return head.data;
}

function lineOf(value: unknown, number: number, tenantId: TenantId): TenantLine {
  const line = lineSchema.safeParse(value);
  if (!line.success) throw new TenantFileError(`line ${number} is neither an item nor a year`);
  const pk = "Item" in line.data ? line.data.Item["pk"]?.S : line.data.year.pk;
  if (pk?.startsWith(familiesOf(tenantId)("")) !== true)
    throw new TenantFileError(`line ${number} is not of the tenant ${tenantId}`);
  return line.data;
}

/** The tenant, when a line is its own item. */
function tenantIn(line: TenantLine): Tenant | undefined {
  if (!("Item" in line) || !isTenantItem(line.Item)) return undefined;
  return tenantOf(unmarshall(line.Item));
}

export const isTenantItem = ({ pk, sk }: RawItem): boolean => pk?.S?.endsWith("#CONFIG") === true && sk?.S === "TENANT";
