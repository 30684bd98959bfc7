import { activityTypes, directions } from "@regulars/core/customers/activity";
import { dayNumber, personIdSchema, userIdSchema } from "@regulars/core/platform/values";
import type { ActivityView } from "@regulars/core/snapshots/activity-view";
import { ByteReader, ByteWriter, CorruptChunkError } from "../../engine/bytes.ts";

const VERSION = 1;
const DIRECTIONS = 4;
const TYPES = 16;

/**
 * Packs a customer-year: version; the user ids and contact ids; then for each activity, in day order, the days since
 * the previous one, a byte for type, direction and completion, and the positions of its user and contact in the lists
 * (0: none); a checksum. Four to five bytes per activity, plus the lists.
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
  const rows = activities.map((one) => ({
    day: one.day,
    head: headOf(one),
    user: placeOf(users, one.userId),
    person: placeOf(persons, one.personId),
  }));
  let day = 0;
  for (const row of rows.toSorted(
    (a, b) => a.day - b.day || a.head - b.head || a.user - b.user || a.person - b.person,
  )) {
    writer.varint(row.day - day);
    writer.byte(row.head);
    writer.varint(row.user);
    writer.varint(row.person);
    ({ day } = row);
  }
  return writer.finish();
}

function writeIds(writer: ByteWriter, ids: readonly (string | undefined)[]): ReadonlyMap<string, number> {
  const distinct = [...new Set(ids.filter((id) => id !== undefined))].toSorted();
  writer.varint(distinct.length);
  distinct.forEach((id, i) => writer.textAfter(distinct[i - 1] ?? "", id));
  return new Map(distinct.map((id, i) => [id, i + 1]));
}

const placeOf = (places: ReadonlyMap<string, number>, id: string | undefined): number =>
  id === undefined ? 0 : (places.get(id) ?? 0);

const headOf = ({ type, direction, completed }: ActivityView): number =>
  (completed ? TYPES * DIRECTIONS : 0) + activityTypes.indexOf(type) * DIRECTIONS + directions.indexOf(direction);

/** The activities of a chunk up to and including `until` (a day number), in day order. */
export function decodeActivities(bytes: Uint8Array, until = Infinity): ActivityView[] {
  const reader = new ByteReader(bytes, VERSION);
  const users = readIds(reader).map((id) => userIdSchema.parse(id));
  const persons = readIds(reader).map((id) => personIdSchema.parse(id));
  const activities: ActivityView[] = [];
  let day = 0;
  while (reader.hasMore) {
    day += reader.varint();
    if (day > until) break;
    const head = reader.byte();
    const userId = named(users, reader.varint());
    const personId = named(persons, reader.varint());
    activities.push({
      day: dayNumber(day),
      ...readHead(head),
      ...(userId === undefined ? {} : { userId }),
      ...(personId === undefined ? {} : { personId }),
    });
  }
  return activities;
}

function readIds(reader: ByteReader): string[] {
  const ids: string[] = [];
  for (let left = reader.varint(); left > 0; left -= 1) ids.push(reader.textAfter(ids.at(-1) ?? ""));
  return ids;
}

function named<Id>(ids: readonly Id[], place: number): Id | undefined {
  if (place === 0) return undefined;
  const id = ids[place - 1];
  if (id === undefined) throw new CorruptChunkError(`the chunk names id ${place} of ${ids.length}`);
  return id;
}

function readHead(head: number): Pick<ActivityView, "type" | "direction" | "completed"> {
  const completed = head >= TYPES * DIRECTIONS;
  const kind = head % (TYPES * DIRECTIONS);
  const type = activityTypes[Math.floor(kind / DIRECTIONS)];
  const direction = directions[kind % DIRECTIONS];
  if (type === undefined || direction === undefined)
    throw new CorruptChunkError(`the chunk has an activity of unknown kind ${head}`);
  return { type, direction, completed };
}
