import { type Currency, currencySchema } from "@regulars/core/platform/values";
import { type ByteReader, type ByteWriter, CorruptChunkError } from "../engine/bytes.ts";

/** Writes the distinct ids in order, and gives each its position from 1 on; 0 means no id. */
export function writeIds(writer: ByteWriter, ids: readonly (string | undefined)[]): (id: string | undefined) => number {
  const distinct = [...new Set(ids.filter((id) => id !== undefined))].toSorted();
  writer.varint(distinct.length);
  distinct.forEach((id, i) => writer.textAfter(distinct[i - 1] ?? "", id));
  const places = new Map(distinct.map((id, i) => [id, i + 1]));
  return (id) => (id === undefined ? 0 : (places.get(id) ?? 0));
}

export function readIds(reader: ByteReader): string[] {
  const ids: string[] = [];
  for (let left = reader.varint(); left > 0; left -= 1) ids.push(reader.textAfter(ids.at(-1) ?? ""));
  return ids;
}

/** What is thrown for a position that the list does not have. */
export const unnamed = (place: number, ids: number): CorruptChunkError =>
  new CorruptChunkError(`the chunk names id ${place} of ${ids}`);

/** The id at a position from 1 on; none at 0. */
export function idAt<Id>(ids: readonly Id[], place: number): Id | undefined {
  if (place === 0) return undefined;
  const id = ids[place - 1];
  if (id === undefined) throw unnamed(place, ids.length);
  return id;
}

export function writeCurrency(writer: ByteWriter, currency: Currency): void {
  for (let i = 0; i < 3; i += 1) writer.byte(currency.charCodeAt(i));
}

export const readCurrency = (reader: ByteReader): Currency =>
  currencySchema.parse(String.fromCharCode(reader.byte(), reader.byte(), reader.byte()));
