import { Buffer } from "node:buffer";
import { type AttributeValue, QueryCommand, type QueryCommandInput } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { Table, Usage } from "./table.ts";

/** An item as it is transmitted, before unmarshalling: a binary value is base64 text. */
export type WireItem = Readonly<Record<string, AttributeValue>>;

/** The bytes of a binary attribute; empty if it is absent. */
export const wireBytes = (value: AttributeValue | undefined): Uint8Array =>
  Buffer.from(String(value?.B ?? ""), "base64");

interface WirePage {
  readonly Items?: readonly WireItem[];
  readonly LastEvaluatedKey?: Record<string, AttributeValue>;
  readonly ConsumedCapacity?: { readonly CapacityUnits?: number };
}

const httpReply = z.object({ statusCode: z.number(), body: z.custom<AsyncIterable<Uint8Array>>() });

/**
 * The items of a query, page by page. The SDK does signing, retries and errors. The page is parsed by `JSON.parse`,
 * because the SDK's unmarshalling costs five to eight times as much and most bytes are packed chunks. `first` is how
 * many items the first pages have, for readers that may not want all.
 */
export async function* wirePages(
  table: Table,
  input: Omit<QueryCommandInput, "TableName">,
  usage: Usage,
  first: readonly number[] = [],
): AsyncGenerator<readonly WireItem[]> {
  let from: Record<string, AttributeValue> | undefined;
  let read = 0;
  do {
    const part = { ExclusiveStartKey: from, Limit: first[read] ?? input.Limit };
    const page: WirePage = await wirePage(table, { ...input, ...part, TableName: table.name });
    read += 1;
    usage.readRequestUnits += page.ConsumedCapacity?.CapacityUnits ?? 0;
    usage.itemsRead += page.Items?.length ?? 0;
    yield page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}

async function wirePage(table: Table, input: QueryCommandInput): Promise<WirePage> {
  const command = new QueryCommand({ ...input, ReturnConsumedCapacity: "TOTAL" });
  let text = "{}";
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const reply = httpReply.safeParse(result.response);
      if (!reply.success || reply.data.statusCode !== 200) return result;
      const chunks: Uint8Array[] = [];
      for await (const chunk of reply.data.body) chunks.push(chunk);
      text = Buffer.concat(chunks).toString("utf8");
      Object.assign(result.response as object, { body: Buffer.from("{}") });
      return result;
    },
    { step: "deserialize", priority: "low", name: "keepWirePage" },
  );
  await table.raw.send(command);
  return JSON.parse(text) as WirePage;
}

/**
 * An item as plain values: texts, numbers, booleans, nulls, and maps and lists of them. Bytes and sets are left out. A
 * loop: the SDK's unmarshalling takes several times as long, and a night reads every finding.
 */
export function wireValues(item: WireItem): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const name in item) {
    const value = item[name];
    if (value !== undefined) values[name] = wireValue(value);
  }
  return values;
}

function wireValue({ S, N, BOOL, M, L, NULL }: AttributeValue): unknown {
  if (S !== undefined) return S;
  if (N !== undefined) return Number(N);
  if (BOOL !== undefined) return BOOL;
  if (M !== undefined) return wireValues(M);
  if (L !== undefined) return L.map(wireValue);
  return NULL === true ? null : undefined;
}
