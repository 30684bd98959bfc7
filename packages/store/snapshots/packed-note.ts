import { type Level, levels } from "@regulars/core/insights/finding";
import { storedFindingSchema } from "@regulars/core/insights/stored-finding";
import { type UserId, dayNumber, parseDay, toDay, toDayNumber, userIdSchema } from "@regulars/core/platform/values";
import * as z from "zod";

/** What is noted of a finding about a status: everything but its kind, its subject and its facts, of which there is a check. */
export const noteSchema = storedFindingSchema
  .omit({ kind: true, subject: true, facts: true })
  .extend({ check: z.string() });
export type Note = z.output<typeof noteSchema>;

/**
 * What most notes have, in bytes: head 1 (the level, and which of the two days there are), the check 2 + 4, the day of
 * the episode 2, the days until it was found and until it reached `high` 2 each, and the text of the rep's id.
 */
const [LEVELS, FOUND, REACHED] = [0b11, 0b100, 0b1000];
const MOST = 0xffff;

/** `undefined` for a note that has more, or what does not fit. */
export function packNote({ state, told, dismissal, ...note }: Note): Uint8Array | undefined {
  const [length, hash] = note.check.split(".").map((part) => Number.parseInt(part, 36));
  const episode = dayIn(note.episode);
  if (state !== "open" || told !== undefined || dismissal !== undefined) return undefined;
  if (length === undefined || hash === undefined || checkOf(length, hash) !== note.check) return undefined;
  const until = [note.foundOn, note.reachedOn].map((day) => (day === undefined ? 0 : toDayNumber(day) - episode));
  if (![length, episode, ...until].every((number) => number >= 0 && number <= MOST)) return undefined;
  const [found = 0, reached = 0] = until;
  const more = [...(found === 0 ? [] : [found]), ...(note.reachedOn === undefined ? [] : [reached])];
  const rep = new TextEncoder().encode(note.repId);
  const bytes = new Uint8Array(9 + 2 * more.length + rep.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(
    0,
    levels.indexOf(note.level) | (found === 0 ? 0 : FOUND) | (note.reachedOn === undefined ? 0 : REACHED),
  );
  view.setUint16(1, length);
  view.setUint32(3, hash);
  view.setUint16(7, episode);
  more.forEach((days, nth) => {
    view.setUint16(9 + 2 * nth, days);
  });
  bytes.set(rep, 9 + 2 * more.length);
  return bytes;
}

export function unpackNote(bytes: Uint8Array): Note {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = view.getUint8(0);
  const episode = view.getUint16(7);
  let at = 9;
  const dayAfter = () => {
    const day = toDay(dayNumber(episode + view.getUint16(at)));
    at += 2;
    return day;
  };
  const foundOn = (head & FOUND) === 0 ? toDay(dayNumber(episode)) : dayAfter();
  const reachedOn = (head & REACHED) === 0 ? undefined : dayAfter();
  return {
    check: checkOf(view.getUint16(1), view.getUint32(3)),
    episode: toDay(dayNumber(episode)),
    foundOn,
    level: levelAt(head & LEVELS),
    state: "open",
    ...(reachedOn === undefined ? {} : { reachedOn }),
    ...repIn(bytes.subarray(at)),
  };
}

/** A check as a finding's facts give it (core/insights/diff.ts). */
const checkOf = (length: number, hash: number): string => `${length.toString(36)}.${hash.toString(36)}`;

/** Negative for an episode that is no day. */
function dayIn(text: string): number {
  const parsed = parseDay(text);
  return parsed.ok ? toDayNumber(parsed.value) : -1;
}

function levelAt(place: number): Level {
  const level = levels[place];
  if (level === undefined) throw new TypeError(`a note has the level ${place}, which there is not`);
  return level;
}

const repIn = (bytes: Uint8Array): { readonly repId?: UserId } =>
  bytes.length === 0 ? {} : { repId: userIdSchema.parse(new TextDecoder().decode(bytes)) };
