import { dayNumber, personIdSchema } from "@regulars/core/platform/values";
import type { RequestView } from "@regulars/core/snapshots/request-view";
import { ByteReader, ByteWriter } from "../../engine/bytes.ts";
import { idAt, readIds, writeIds } from "../packed-fields.ts";

const VERSION = 1;

/**
 * Packs a customer-year: version; the person ids; then for each request, in the order of the days they were made, the
 * days since the previous one, the days until it was closed and one (0: open), and the position of its person (0:
 * none); a checksum.
 */
export function encodeRequests(requests: readonly RequestView[]): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(VERSION);
  const placeOf = writeIds(
    writer,
    requests.map(({ personId }) => personId),
  );
  const rows = requests.map(({ createdOn, closedOn, personId }) => ({
    createdOn,
    openDays: closedOn === undefined ? 0 : closedOn - createdOn + 1,
    person: placeOf(personId),
  }));
  let day = 0;
  for (const row of rows.toSorted(
    (a, b) => a.createdOn - b.createdOn || a.openDays - b.openDays || a.person - b.person,
  )) {
    writer.varint(row.createdOn - day);
    writer.varint(row.openDays);
    writer.varint(row.person);
    day = row.createdOn;
  }
  return writer.finish();
}

/** The requests of a chunk, in the order of the days they were made. */
export function decodeRequests(bytes: Uint8Array): RequestView[] {
  const reader = new ByteReader(bytes, VERSION);
  const persons = readIds(reader).map((id) => personIdSchema.parse(id));
  const requests: RequestView[] = [];
  let day = 0;
  while (reader.hasMore) {
    day += reader.varint();
    const openDays = reader.varint();
    const personId = idAt(persons, reader.varint());
    requests.push({
      createdOn: dayNumber(day),
      ...(openDays === 0 ? {} : { closedOn: dayNumber(day + openDays - 1) }),
      ...(personId === undefined ? {} : { personId }),
    });
  }
  return requests;
}
