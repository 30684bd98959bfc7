import { Buffer } from "node:buffer";
import { customerIdSchema } from "@regulars/core/platform/values";
import { SHARDS, shardOf } from "@regulars/store/engine/key";
import { keysOf } from "@regulars/store/keys";
import { history } from "@regulars/store/snapshots/history/history";
import { type ChunkDocument, encodeHistory } from "@regulars/store/snapshots/history/history-chunk";
import { testTenantRecord } from "../workspace.ts";
import { FIRST_CHARGE, ITEM_NUMBERS, type MadeCustomer, prices } from "./lines.ts";
import { plainOrdersOf } from "./plain.ts";

export const tenant = testTenantRecord("pages", "EUR");
const keys = keysOf(tenant.tenantId);

/** An item of a partition, before it has a page. */
export interface Stored {
  readonly pk: string;
  readonly sk: string;
  /** The item as DynamoDB sends it, and its bytes as it counts them. */
  readonly json: string;
  readonly bytes: number;
}

const stored = (pk: string, sk: string, attributes: string, bytes: number): Stored => ({
  pk,
  sk,
  json: `{"pk":{"S":"${pk}"},"sk":{"S":"${sk}"},${attributes}}`,
  bytes: bytes + pk.length + sk.length + 4,
});

const text = (name: string, value: string): string => `"${name}":{"S":"${value}"}`;
const count = (name: string, value: number): string => `"${name}":{"N":"${value}"}`;
const list = (name: string, values: readonly string[]): string => `"${name}":{"L":[${values.join(",")}]}`;

const customerIdOf = (customer: number) => customerIdSchema.parse(`C${String(customer).padStart(7, "0")}`);

/** Customers by partition, in id order, as they are stored. */
function byShard(customers: Iterable<MadeCustomer>): MadeCustomer[] {
  const shards = Array.from({ length: SHARDS }, (): MadeCustomer[] => []);
  for (const one of customers) shards[shardOf(customerIdOf(one.customer))]?.push(one);
  return shards.flat();
}

/** The item numbers, and of each customer a profile and the packed years. */
export function* packedItems(customers: Iterable<MadeCustomer>): Generator<Stored> {
  yield* itemNumberChunks();
  for (const one of byShard(customers)) {
    const customerId = customerIdOf(one.customer);
    const profile = keys.snapshotPart(customerId, { part: "profile" });
    // "C#<customer>#H#<year>" comes before "C#<customer>#P".
    for (const [year, documents] of Map.groupBy(chunkDocuments(one), ({ day }) => yearOf(day))) {
      const { pk, sk } = keys.snapshotPart(customerId, { part: "year", letter: history.letters.chunk, year });
      const bytes = encodeHistory(documents, (number) => prices[number]);
      const packed = `"v":{"B":"${Buffer.from(bytes).toString("base64")}"},${count("r", 1)}`;
      yield stored(pk, sk, packed, bytes.length + 4);
    }
    yield stored(profile.pk, profile.sk, `${text("customerId", customerId)},${text("name", customerId)}`, 40);
  }
}

const yearOf = (day: number): number => new Date(day * 86_400_000).getUTCFullYear();

const chunkDocuments = ({ documents }: MadeCustomer): ChunkDocument[] =>
  Array.from({ length: documents.count }, (_, d) => ({
    id: documents.ids[d] ?? "",
    day: documents.day[d] ?? 0,
    isCredit: documents.isCredit[d] === 1,
    lines: Array.from({ length: (documents.firstLine[d + 1] ?? 0) - (documents.firstLine[d] ?? 0) }, (__, i) => {
      const line = (documents.firstLine[d] ?? 0) + i;
      const [itemNumber = 0, quantity = 0] = [documents.item[line], documents.quantity[line]];
      return { itemNumber, quantity, netMinor: documents.netMinor[line] ?? 0 };
    }),
  }));

const NUMBERS_A_CHUNK = 256;

function* itemNumberChunks(): Generator<Stored> {
  for (let from = 0; from < ITEM_NUMBERS; from += NUMBERS_A_CHUNK) {
    const numbers = Array.from({ length: Math.min(NUMBERS_A_CHUNK, ITEM_NUMBERS - from) }, (_, i) => from + i);
    const charges = numbers.filter((number) => number >= FIRST_CHARGE).map((number) => `{"N":"${number - from}"}`);
    const { pk, sk } = keys.itemNumberChunk(from / NUMBERS_A_CHUNK);
    const attributes = [
      list(
        "items",
        numbers.map((number) => `{"S":"I${number}"}`),
      ),
      list("charges", charges),
      list(
        "prices",
        numbers.map((number) => `{"N":"${prices[number] ?? 0}"}`),
      ),
    ];
    yield stored(pk, sk, attributes.join(","), numbers.length * 14);
  }
}

/** An item for each line, as a table without packing has it. */
export function* lineItems(customers: Iterable<MadeCustomer>): Generator<Stored> {
  for (const one of byShard(customers)) {
    const customerId = customerIdOf(one.customer);
    const { pk } = keys.snapshot(customerId);
    for (const { document, orderedOn, isCredit, lines } of plainOrdersOf(one))
      for (const [i, { item, isGoods, quantity, netMinor }] of lines.entries()) {
        const head = `${count("customer", one.customer)},${count("document", document)},${text("orderedOn", orderedOn)}`;
        const line = `${count("item", item)},${count("quantity", quantity)},${count("netMinor", netMinor)}`;
        const flags = `"isCredit":{"BOOL":${isCredit}},"isGoods":{"BOOL":${isGoods}}`;
        yield stored(pk, `${customerId}#${orderedOn}#${document}#${i}`, `${head},${line},${flags}`, 90);
      }
  }
}
