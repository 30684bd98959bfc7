import { Buffer } from "node:buffer";
import { Readable } from "node:stream";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, paginateQuery } from "@aws-sdk/lib-dynamodb";
import { forJobs } from "@regulars/store/engine/patience";
import type { Table } from "@regulars/store/engine/table";
import { openTenantStore } from "@regulars/store/tenant-store";
import type { MadeCustomer } from "./lines.ts";
import { OurAnswers } from "./ours.ts";
import { type PlainOrder, plainAnswers } from "./plain.ts";
import { type Answers, asOfDay } from "./question.ts";
import { type Stored, lineItems, packedItems, tenant } from "./stored-items.ts";

const PAGE_BYTES = 1_000_000;

/** The pages of each partition, as bodies of DynamoDB's answers. */
export type Pages = ReadonlyMap<string, readonly Buffer[]>;

function pagesOf(items: Iterable<Stored>): Pages {
  const pages = new Map<string, Buffer[]>();
  let page: Stored[] = [];
  let bytes = 0;
  const close = (isLast: boolean): void => {
    const last = page.at(-1);
    if (last === undefined) return;
    const own = pages.get(last.pk) ?? [];
    pages.set(last.pk, own);
    own.push(bodyOf(page, bytes, isLast ? undefined : own.length + 1));
    [page, bytes] = [[], 0];
  };
  for (const item of items) {
    const isOther = page.length > 0 && page[0]?.pk !== item.pk;
    if (isOther || bytes + item.bytes > PAGE_BYTES) close(isOther);
    page.push(item);
    bytes += item.bytes;
  }
  close(true);
  return pages;
}

function bodyOf(items: readonly Stored[], bytes: number, next: number | undefined): Buffer {
  const units = Math.ceil(bytes / 4_096) / 2;
  const more = next === undefined ? "" : `,"LastEvaluatedKey":{"pk":{"S":"page"},"sk":{"S":"${next}"}}`;
  const head = `"Count":${items.length},"ScannedCount":${items.length},"ConsumedCapacity":{"TableName":"t","CapacityUnits":${units}}`;
  return Buffer.from(`{${head}${more},"Items":[${items.map(({ json }) => json).join(",")}]}`);
}

/** The client's real path, signing and all, to pages that are in memory: neither network nor engine is measured. */
function tableOf(pages: Pages): Table {
  const nothing = Buffer.from('{"Count":0,"ScannedCount":0,"Items":[]}');
  const handle = ({
    body,
    headers,
  }: {
    readonly body: Uint8Array;
    readonly headers: Readonly<Record<string, string>>;
  }) => {
    const isQuery = headers["x-amz-target"]?.endsWith(".Query") === true;
    const asked = JSON.parse(new TextDecoder().decode(body));
    const wanted = Object.values<{ readonly S?: string }>(asked.ExpressionAttributeValues ?? {});
    const own = wanted.flatMap(({ S }) => pages.get(S ?? "") ?? []);
    const answer = isQuery ? (own[Number(asked.ExclusiveStartKey?.sk.S ?? 0)] ?? nothing) : Buffer.from("{}");
    return Promise.resolve({
      response: {
        statusCode: 200,
        headers: { "content-type": "application/x-amz-json-1.0" },
        body: Readable.from([answer]),
      },
    });
  };
  const raw = new DynamoDBClient({
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    requestHandler: {
      handle,
      updateHttpClientConfig: () => undefined,
      httpHandlerConfigs: () => ({}),
      metadata: { handlerProtocol: "http/1.1" },
      destroy: () => undefined,
    },
  });
  return { name: "pages", raw, documents: DynamoDBDocumentClient.from(raw), patience: forJobs };
}

/** Our reader over the pages of packed histories. */
export function packedPages(customers: Iterable<MadeCustomer>, customerCount: number) {
  const table = tableOf(pagesOf(packedItems(customers)));
  return async (): Promise<Answers> => {
    const store = openTenantStore(table, tenant);
    const ours = new OurAnswers(customerCount);
    const read = async (shard: number): Promise<void> => {
      for await (const { history: own } of store.nightly.snapshots(shard, { asOf: asOfDay }, { repair: false }))
        ours.add(Number(own.customerId.slice(1)), own);
    };
    await Promise.all(store.shards.map(read));
    return ours.answers();
  };
}

const asNumber = (value: unknown): number => Number(value);

/** The SDK's DocumentClient over an item for each line, and plain objects. */
export function linePages(customers: Iterable<MadeCustomer>, customerCount: number) {
  const pages = pagesOf(lineItems(customers));
  const { documents } = tableOf(pages);
  const partition = { TableName: "pages", KeyConditionExpression: "pk = :pk" };
  return async (): Promise<Answers> => {
    const orders = new Map<number, PlainOrder & { readonly lines: PlainOrder["lines"][number][] }>();
    for (const pk of pages.keys())
      for await (const { Items = [] } of paginateQuery(
        { client: documents },
        { ...partition, ExpressionAttributeValues: { ":pk": pk } },
      ))
        for (const { customer, document, orderedOn, isCredit, item, isGoods, quantity, netMinor } of Items) {
          const number = asNumber(document);
          const order = orders.get(number) ?? {
            document: number,
            customer: asNumber(customer),
            orderedOn: String(orderedOn),
            isCredit: isCredit === true,
            lines: [],
          };
          orders.set(number, order);
          order.lines.push({
            item: asNumber(item),
            isGoods: isGoods === true,
            quantity: asNumber(quantity),
            netMinor: asNumber(netMinor),
          });
        }
    return plainAnswers([...orders.values()], customerCount);
  };
}
