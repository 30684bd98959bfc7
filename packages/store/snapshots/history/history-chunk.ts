import { ByteReader, ByteWriter, CorruptChunkError } from "../../engine/bytes.ts";
import type { HistoryArrays } from "./history-arrays.ts";

/** A document in a chunk. Credits have negative quantities and amounts. */
export interface ChunkDocument {
  readonly id: string;
  /** Day number. */
  readonly day: number;
  readonly isCredit: boolean;
  readonly lines: readonly ChunkLine[];
}

interface ChunkLine {
  readonly itemNumber: number;
  /** At most six decimals. */
  readonly quantity: number;
  /** Minor units of the base currency; absent when the document's currency had no rate. */
  readonly netMinor?: number | undefined;
  readonly costMinor?: number | undefined;
}

/** The item's price in minor units when it got its number. A line at exactly this price stores no amount. */
type UnitPriceOf = (itemNumber: number) => number | undefined;

const VERSION = 1;
const FRACTION = 1_000_000;
const Flag = { credit: 1, cost: 2, unpriced: 4, fractional: 32 } as const;
const Sign = { positive: 0, negative: 8, mixed: 16 } as const;
const SIGN_MASK = 24;
const FLAG_SPAN = 64;

/**
 * Packs a customer-year, row by row: version; for each document the days since the previous one, line count and flags,
 * id, and a bitmap of the lines at list price; for each line the difference of its item number, quantity, net if it is
 * not at list price (may be unknown), and cost; a checksum. Depends only on the documents and the item numbers.
 */
export function encodeHistory(documents: readonly ChunkDocument[], unitPriceOf: UnitPriceOf): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(VERSION);
  let day = 0;
  let id = "";
  for (const document of documents.toSorted(byDayAndId)) {
    writer.varint(document.day - day);
    writeDocument(writer, document, id, unitPriceOf);
    ({ day, id } = document);
  }
  return writer.finish();
}

const byDayAndId = (a: ChunkDocument, b: ChunkDocument): number => a.day - b.day || (a.id < b.id ? -1 : 1);

function writeDocument(
  writer: ByteWriter,
  document: ChunkDocument,
  previousId: string,
  unitPriceOf: UnitPriceOf,
): void {
  const lines = document.lines.toSorted((a, b) => a.itemNumber - b.itemNumber);
  const flags = flagsOf(document, lines);
  writer.varint(lines.length * FLAG_SPAN + flags);
  writer.textAfter(previousId, document.id);
  const atListPrice = lines.map((line) => isAtListPrice(line, unitPriceOf));
  writeBitmap(writer, atListPrice);
  let item = 0;
  lines.forEach((line, i) => {
    writer.varint(line.itemNumber - item);
    item = line.itemNumber;
    writeNumber(writer, (flags & Flag.fractional) === 0 ? line.quantity : toMillionths(line.quantity), flags);
    if (atListPrice[i] === false) writeNet(writer, line.netMinor, flags);
    if ((flags & Flag.cost) !== 0) writeOptional(writer, line.costMinor);
  });
}

const isAtListPrice = ({ itemNumber, quantity, netMinor }: ChunkLine, unitPriceOf: UnitPriceOf): boolean =>
  netMinor !== undefined && (unitPriceOf(itemNumber) ?? Number.NaN) * quantity === netMinor;

function flagsOf(document: ChunkDocument, lines: readonly ChunkLine[]): number {
  const isUnpriced = lines.some((line) => line.netMinor === undefined);
  const numbers = lines.flatMap((line) => [line.quantity, line.netMinor ?? 0]);
  const sign = numbers.every((n) => n >= 0) ? Sign.positive : numbers.every((n) => n <= 0) ? Sign.negative : Sign.mixed;
  return (
    (document.isCredit ? Flag.credit : 0) |
    (lines.some((line) => line.costMinor !== undefined) ? Flag.cost : 0) |
    (isUnpriced ? Flag.unpriced : 0) |
    (lines.some((line) => !Number.isInteger(line.quantity)) ? Flag.fractional : 0) |
    sign
  );
}

function writeBitmap(writer: ByteWriter, bits: readonly boolean[]): void {
  for (let i = 0; i < bits.length; i += 8)
    writer.byte(bits.slice(i, i + 8).reduce((byte, bit, at) => (bit ? byte | (1 << at) : byte), 0));
}

function writeNumber(writer: ByteWriter, value: number, flags: number): void {
  const sign = flags & SIGN_MASK;
  if (sign === Sign.mixed) writer.signed(value);
  else writer.varint(Math.abs(value));
}

function writeNet(writer: ByteWriter, netMinor: number | undefined, flags: number): void {
  if ((flags & Flag.unpriced) === 0) writeNumber(writer, netMinor ?? 0, flags);
  else writeOptional(writer, netMinor);
}

/** Absent is written as 0, so a zero is written differently. */
function writeOptional(writer: ByteWriter, units: number | undefined): void {
  if (units === undefined) writer.varint(0);
  else writer.varint(units >= 0 ? units * 2 + 1 : -units * 2);
}

function toMillionths(quantity: number): number {
  const scaled = Math.round(quantity * FRACTION);
  if (scaled / FRACTION !== quantity) throw new RangeError(`quantity ${quantity} has more than six decimals`);
  return scaled;
}

/**
 * Adds the documents of a chunk up to and including `until` (a day number) to the arrays. They come first in the chunk;
 * the checksum covers the rest.
 */
export function decodeHistory(
  bytes: Uint8Array,
  into: HistoryArrays,
  unitPriceOf: UnitPriceOf,
  until = Infinity,
): void {
  const reader = new ByteReader(bytes, VERSION);
  into.beginChunk(bytes);
  let day = 0;
  while (reader.hasMore) {
    day += reader.varint();
    if (day > until) return;
    const head = reader.varint();
    into.beginDocument(day, (head & Flag.credit) !== 0, reader.at);
    reader.skipText();
    readLines(reader, head, into, unitPriceOf);
    into.endDocument();
  }
}

function readLines(reader: ByteReader, head: number, into: HistoryArrays, unitPriceOf: UnitPriceOf): void {
  const count = Math.floor(head / FLAG_SPAN);
  const isPlain = (head & (Flag.cost | Flag.unpriced | Flag.fractional)) === 0 && (head & SIGN_MASK) !== Sign.mixed;
  if (isPlain) return readPlainLines(reader, count, (head & SIGN_MASK) === Sign.negative, into, unitPriceOf);
  const scale = (head & Flag.fractional) === 0 ? 1 : FRACTION;
  const bits: number[] = [];
  for (let i = 0; i < count; i += 8) bits.push(reader.byte());
  let item = 0;
  for (let i = 0; i < count; i += 1) {
    item += reader.varint();
    const quantity = readNumber(reader, head) / scale;
    const atListPrice = ((bits[i >> 3] ?? 0) & (1 << (i & 7))) !== 0;
    const net = atListPrice ? quantity * listPrice(item, unitPriceOf) : readNet(reader, head);
    into.addLine(item, quantity, net, (head & Flag.cost) === 0 ? Number.NaN : readOptional(reader));
  }
  mustFit(item);
}

/** Item numbers ascend within a document: the last one tells of the others. */
function mustFit(itemNumber: number): void {
  if (itemNumber > MOST_ITEM)
    throw new CorruptChunkError(`the chunk names item number ${itemNumber}, which no item has`);
}

const MOST_ITEM = 2 ** 31 - 1;

/**
 * Lines of whole quantities of one sign, all with a value and without costs: nearly all there are. Read straight from the
 * bytes; whether they were all there is asked once at the end.
 */
function readPlainLines(
  reader: ByteReader,
  count: number,
  isNegative: boolean,
  into: HistoryArrays,
  unitPriceOf: UnitPriceOf,
): void {
  const { bytes, at: bitmap } = reader;
  // A line takes two bytes at least: a count that the bytes cannot hold makes no room.
  if (bitmap + 2 * count > bytes.length) throw new CorruptChunkError("the chunk is cut off");
  into.reserve(count);
  const { item: items, quantity: quantities, netMinor: nets, lineCount } = into;
  let at = bitmap + Math.ceil(count / 8);
  let item = 0;
  for (let i = 0; i < count; i += 1) {
    // Numbers of one and two bytes, which most are, are read without a call.
    let byte = bytes[at] ?? 0;
    let second = bytes[at + 1] ?? 0;
    if (byte < 0x80) {
      item += byte;
      at += 1;
    } else if (second < 0x80) {
      item += (byte & 0x7f) | (second << 7);
      at += 2;
    } else {
      item += varintAt(bytes, at);
      at = next;
    }
    byte = bytes[at] ?? 0;
    let quantity = byte;
    if (byte < 0x80) at += 1;
    else {
      quantity = varintAt(bytes, at);
      at = next;
    }
    if (isNegative && quantity !== 0) quantity = -quantity;
    const line = lineCount + i;
    items[line] = item;
    quantities[line] = quantity;
    if (((bytes[bitmap + (i >> 3)] ?? 0) & (1 << (i & 7))) !== 0) {
      nets[line] = quantity * listPrice(item, unitPriceOf);
      continue;
    }
    byte = bytes[at] ?? 0;
    second = bytes[at + 1] ?? 0;
    let net = (byte & 0x7f) | (second << 7);
    if (byte >= 0x80 && second < 0x80) at += 2;
    else {
      net = varintAt(bytes, at);
      at = next;
    }
    nets[line] = isNegative && net !== 0 ? -net : net;
  }
  reader.moveTo(at);
  mustFit(item);
  into.endLines(count);
}

/** Where the number that was read last ends. */
let next = 0;

/** As the reader's own: a byte that is not there reads as 0. */
function varintAt(bytes: Uint8Array, from: number): number {
  let byte = bytes[from] ?? 0;
  next = from + 1;
  if (byte < 0x80) return byte;
  let value = byte & 0x7f;
  let scale = 0x80;
  do {
    byte = bytes[next] ?? 0;
    next += 1;
    value += (byte & 0x7f) * scale;
    scale *= 0x80;
    if (value > Number.MAX_SAFE_INTEGER) throw new CorruptChunkError("the chunk holds a number that is too large");
  } while (byte >= 0x80);
  return value;
}

const readNet = (reader: ByteReader, head: number): number =>
  (head & Flag.unpriced) === 0 ? readNumber(reader, head) : readOptional(reader);

function listPrice(item: number, unitPriceOf: UnitPriceOf): number {
  const price = unitPriceOf(item);
  if (price === undefined) throw new CorruptChunkError(`the chunk names item number ${item}, which has no price`);
  return price;
}

function readNumber(reader: ByteReader, head: number): number {
  const sign = head & SIGN_MASK;
  if (sign === Sign.mixed) return reader.signed();
  const value = reader.varint();
  return sign === Sign.negative && value !== 0 ? -value : value;
}

function readOptional(reader: ByteReader): number {
  const value = reader.varint();
  if (value === 0) return Number.NaN;
  return value % 2 === 1 ? (value - 1) / 2 : -value / 2;
}
