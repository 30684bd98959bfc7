import { dayNumber, personIdSchema, userIdSchema } from "@regulars/core/platform/values";
import { COMPLETED, JOINS, KINDS, kindOf, ofEachKind } from "@regulars/core/snapshots/activity-columns";
import type { ActivityView } from "@regulars/core/snapshots/activity-view";
import { ByteReader, ByteWriter, CorruptChunkError } from "../../engine/bytes.ts";
import { idAt, readIds, unnamed, writeIds } from "../packed-fields.ts";
import type { ActivityArrays } from "./activity-arrays.ts";

/**
 * Chunks of the first version have no attendees, and their activities of a day are in no order; those before the third
 * have only what counts.
 */
const VERSIONS = [1, 2, 3] as const;
const VERSION = 3;
/** Bits of a head beside the kind (0-3), JOINS (4) and COMPLETED (6). */
const ATTENDEES = 32;
const AUTOMATIC = 128;

/**
 * Packs a customer-year: version; the user ids and contact ids; then for each activity, in the order of the days and
 * within a day as given, the days since the previous one, a head of one byte, the positions of its user and contact in
 * the lists (0: none), and the number of attendees when there is one; a checksum. Four to five bytes per activity, plus
 * the lists.
 */
export function encodeActivities(activities: readonly ActivityView[]): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(VERSION);
  const users = writeIds(
    writer,
    activities.map(({ userId }) => userId),
  );
  const persons = writeIds(
    writer,
    activities.map(({ personId }) => personId),
  );
  let day = 0;
  for (const one of activities.toSorted((a, b) => a.day - b.day)) {
    writer.varint(one.day - day);
    writer.byte(headOf(one));
    writer.varint(users(one.userId));
    writer.varint(persons(one.personId));
    if (one.attendees !== undefined) writer.varint(one.attendees);
    ({ day } = one);
  }
  return writer.finish();
}

const headOf = ({ type, direction, completed, joinsPrevious, attendees, isAutomatic }: ActivityView): number =>
  kindOf({ type, direction }) +
  (joinsPrevious === true ? JOINS : 0) +
  (attendees === undefined ? 0 : ATTENDEES) +
  (completed ? COMPLETED : 0) +
  (isAutomatic === true ? AUTOMATIC : 0);

/** The activities of a chunk that count, up to and including `until` (a day number), in day order. */
export const decodeActivities = (bytes: Uint8Array, until = Infinity): ActivityView[] => decode(bytes, until, false);

/** Those that do not count too; they come after the others of their day. */
export const decodeAllActivities = (bytes: Uint8Array, until = Infinity): ActivityView[] => decode(bytes, until, true);

/** Every view is written in one go: a list of everybody decodes millions. */
function decode(bytes: Uint8Array, until: number, withAutomatic: boolean): ActivityView[] {
  const reader = readerOf(bytes);
  const users = readIds(reader).map((id) => userIdSchema.parse(id));
  const persons = readIds(reader).map((id) => personIdSchema.parse(id));
  const activities: ActivityView[] = [];
  let day = 0;
  while (reader.hasMore) {
    day += reader.varint();
    if (day > until) break;
    const head = reader.byte();
    const { type, direction } = kindAt(head);
    const userId = idAt(users, reader.varint());
    const personId = idAt(persons, reader.varint());
    const attendees = (head & ATTENDEES) === 0 ? undefined : reader.varint();
    if (!withAutomatic && (head & AUTOMATIC) !== 0) continue;
    const view: Writable<ActivityView> = {
      day: dayNumber(day),
      type,
      direction,
      completed: (head & COMPLETED) !== 0,
    };
    if (userId !== undefined) view.userId = userId;
    if (personId !== undefined) view.personId = personId;
    if ((head & JOINS) !== 0) view.joinsPrevious = true;
    if ((head & AUTOMATIC) !== 0) view.isAutomatic = true;
    if (attendees !== undefined) view.attendees = attendees;
    activities.push(view);
  }
  return activities;
}

/**
 * Adds the activities of a chunk that count, up to and including `until`, to the arrays, without an object for each.
 * Nearly all are four bytes, which are read straight: a night reads millions.
 */
export function decodeInto(arrays: ActivityArrays, bytes: Uint8Array, until: number): void {
  const reader = readerOf(bytes);
  readIds(reader);
  const places = Int32Array.from([0, ...readIds(reader).map((id) => arrays.placeOf(id))]);
  const { end } = reader;
  let { at } = reader;
  // An activity takes four bytes at least.
  arrays.reserve((end - at) >> 2);
  const { day: ofDays, head: heads, person: persons } = arrays;
  let { count } = arrays;
  let day = 0;
  while (at < end) {
    let days = bytes[at] ?? 0;
    let head = bytes[at + 1] ?? 0;
    let person = bytes[at + 3] ?? 0;
    if (at + 4 <= end && (days | (bytes[at + 2] ?? 0) | person) < 0x80 && (head & ATTENDEES) === 0) at += 4;
    else {
      reader.moveTo(at);
      days = reader.varint();
      head = reader.byte();
      reader.varint();
      person = reader.varint();
      if ((head & ATTENDEES) !== 0) reader.varint();
      ({ at } = reader);
    }
    day += days;
    if (day > until) break;
    if (IS_KIND[head] === 0) throw unknownKind(head);
    if (person >= places.length) throw unnamed(person, places.length - 1);
    if ((head & AUTOMATIC) !== 0) continue;
    ofDays[count] = day;
    heads[count] = head;
    persons[count] = places[person] ?? 0;
    count += 1;
  }
  arrays.count = count;
}

const readerOf = (bytes: Uint8Array): ByteReader =>
  new ByteReader(bytes, VERSIONS.find((version) => version === bytes[0]) ?? VERSION);

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function kindAt(head: number): Pick<ActivityView, "type" | "direction"> {
  const kind = VIEWS[head % KINDS];
  if (kind === undefined) throw unknownKind(head);
  return kind;
}

const unknownKind = (head: number): CorruptChunkError =>
  new CorruptChunkError(`the chunk has an activity of unknown kind ${head}`);

/** By the bits of direction and type. */
const VIEWS = ofEachKind((kind): Pick<ActivityView, "type" | "direction"> | undefined => kind);
/** By the first byte of an activity. */
const IS_KIND = Uint8Array.from({ length: 256 }, (_, head) => (VIEWS[head % KINDS] === undefined ? 0 : 1));
