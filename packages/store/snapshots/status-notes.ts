import { checkOf } from "@regulars/core/insights/diff";
import type { FindingAddress } from "@regulars/core/insights/finding";
import { type FormerFinding, type StoredFinding, storedFindingSchema } from "@regulars/core/insights/stored-finding";
import type { Subject } from "@regulars/core/insights/subject";
import { type CustomerId, parseDay, toDay, toDayNumber } from "@regulars/core/platform/values";
import type { StoredItem } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import { type WireItem, wireBytes, wireValues } from "../engine/wire.ts";
import type { Keys } from "../keys.ts";
import { longName, shortName } from "./note-names.ts";
import { type Note, noteSchema, packNote, unpackNote } from "./packed-note.ts";

/**
 * Findings about statuses lie apart from the customers, so that a nightly run reads none of them. What it compares is
 * noted in the statuses of the customer, an attribute for each finding: everything but the facts, of which there is a
 * check. A night reads all of them, so they have short names, leave out what is usual, and are a few bytes if they can.
 */
type StatusSubject = Extract<Subject, { readonly type: string; readonly id: string }> & {
  readonly type: "status";
  readonly customerId: CustomerId;
};

export const isAboutStatus = (subject: Subject): subject is StatusSubject =>
  subject.type === "status" && subject.customerId !== undefined;

const BEGINNING = "F#";
/** How a note that is no bytes names what it has. An earlier version wrote the names out. */
const SHORT = {
  check: "c",
  episode: "e",
  foundOn: "f",
  level: "l",
  state: "s",
  repId: "r",
  reachedOn: "h",
  told: "t",
  dismissal: "d",
} as const satisfies Record<keyof Note, string>;

/** What a note does not say. */
const USUAL = { level: "medium", state: "open" } as const;

/** A note as it is stored: mostly as bytes. Days are numbers; the day of finding is left out when it is that of the episode. */
const written = (note: Note) => packNote(note) ?? inFull(note);

const inFull = ({ check, episode, foundOn, level, state, repId, reachedOn, told, dismissal }: Note) => ({
  c: check,
  e: dayAsNumber(episode),
  f: foundOn === episode ? undefined : toDayNumber(foundOn),
  l: level === USUAL.level ? undefined : level,
  s: state === USUAL.state ? undefined : state,
  r: repId,
  h: reachedOn,
  t: told,
  d: dismissal,
});

function dayAsNumber(text: string): number | string {
  const parsed = parseDay(text);
  return parsed.ok ? toDayNumber(parsed.value) : text;
}

const dayFrom = (value: unknown): unknown => (typeof value === "number" ? toDay(value) : value);

/** What a note says, also one of an earlier version; what was changed since has its short name there too. */
function readNote(stored: Readonly<Record<string, unknown>>): Note {
  const given: Record<string, unknown> = { ...USUAL, ...stored };
  for (const [name, short] of Object.entries(SHORT)) if (short in stored) given[name] = stored[short];
  const episode = dayFrom(given["episode"]);
  return noteSchema.parse({ ...given, episode, foundOn: dayFrom(given["foundOn"]) ?? episode });
}

/** A change of one attribute; without a value it is removed. */
export interface StatusNote {
  readonly customerId: CustomerId;
  readonly name: string;
  readonly value: ReturnType<typeof written> | undefined;
}

const nameOf = (kind: string, { id }: StatusSubject): string => shortName(`${BEGINNING}${kind}#${id}`);

export function statusNotesOf(finding: StoredFinding): readonly StatusNote[] {
  const { kind, subject, facts, ...rest } = finding;
  if (!isAboutStatus(subject)) return [];
  const value = written({ ...rest, check: checkOf(facts) });
  return [{ customerId: subject.customerId, name: nameOf(kind, subject), value }];
}

export const notesOfRemoved = ({ kind, subject }: FindingAddress): readonly StatusNote[] =>
  isAboutStatus(subject) ? [{ customerId: subject.customerId, name: nameOf(kind, subject), value: undefined }] : [];

const NOTED = storedFindingSchema.omit({ kind: true, subject: true }).keyof().options;

/** The condition that a stored finding is still as it was read, unparsed: what is noted of it whole is then true. */
export function isAsRead(stored: StoredItem) {
  const known = NOTED.map((name) => ({ name, value: stored[name] }));
  return {
    condition: known
      .map(({ name, value }) =>
        value === undefined ? `attribute_not_exists(#was_${name})` : `#was_${name} = :was_${name}`,
      )
      .join(" AND "),
    names: Object.fromEntries(NOTED.map((name) => [`#was_${name}`, name])),
    values: Object.fromEntries(
      known.flatMap(({ name, value }) => (value === undefined ? [] : [[`:was_${name}`, value] as const])),
    ),
  };
}

/** One update a customer. Where an earlier version has noted it under its long name, that goes. */
export const writeNotes = (keys: Keys, notes: readonly StatusNote[]): TransactWrite[] =>
  [...Map.groupBy(notes, ({ customerId }) => customerId)].map(([customerId, own]) => ({
    Update: { Key: keys.snapshotPart(customerId, { part: "statuses" }), ...updateOf(own) },
  }));

function updateOf(notes: readonly StatusNote[]) {
  const formerly = notes.flatMap(({ name }, i) =>
    longName(name) === name ? [] : [[`#f${i}`, longName(name)] as const],
  );
  const names = Object.fromEntries([...notes.map(({ name }, i) => [`#n${i}`, name] as const), ...formerly]);
  const values = notes.flatMap(({ value }, i) => (value === undefined ? [] : [[`:n${i}`, value] as const]));
  const set = values.map(([value]) => `#${value.slice(1)} = ${value}`);
  const removed = [
    ...notes.flatMap(({ value }, i) => (value === undefined ? [`#n${i}`] : [])),
    ...formerly.map(([name]) => name),
  ];
  const parts = [
    ...(set.length === 0 ? [] : [`SET ${set.join(", ")}`]),
    ...(removed.length === 0 ? [] : [`REMOVE ${removed.join(", ")}`]),
  ];
  return {
    UpdateExpression: parts.join(" "),
    ExpressionAttributeNames: names,
    ...(values.length === 0 ? {} : { ExpressionAttributeValues: Object.fromEntries(values) }),
  };
}

/** The subject of the finding that an attribute notes; `undefined` for other attributes. */
export function subjectNoted(name: string): Pick<StatusSubject, "type" | "id"> | undefined {
  const long = longName(name);
  return long.startsWith(BEGINNING)
    ? { type: "status", id: long.slice(long.indexOf("#", BEGINNING.length) + 1) }
    : undefined;
}

/** The statuses of a customer without the findings that they note. */
export function withoutNotes(item: WireItem): WireItem {
  const own: Record<string, WireItem[string]> = {};
  for (const name in item) {
    const value = item[name];
    if (value !== undefined && !isNote(name)) own[name] = value;
  }
  return own;
}

const isNote = (name: string): boolean => longName(name).startsWith(BEGINNING);

/** The findings that the statuses of a customer note. */
export function notedIn(item: WireItem, customerId: CustomerId): FormerFinding[] {
  const found: FormerFinding[] = [];
  for (const name in item) {
    const noted = subjectNoted(name);
    const given = item[name];
    if (noted === undefined || given === undefined) continue;
    const long = longName(name);
    // An earlier version at work beside this one has noted it since.
    if (long !== name && item[long] !== undefined) continue;
    const { check, ...note } =
      given.B === undefined ? readNote(wireValues(given.M ?? {})) : unpackNote(wireBytes(given));
    const kind = long.slice(BEGINNING.length, long.indexOf("#", BEGINNING.length));
    found.push({ ...note, kind, subject: { ...noted, customerId }, factsCheck: check });
  }
  return found;
}
