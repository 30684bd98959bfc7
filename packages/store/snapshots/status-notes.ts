import { checkOf } from "@regulars/core/insights/diff";
import type { FindingAddress } from "@regulars/core/insights/finding";
import { type FormerFinding, type StoredFinding, storedFindingSchema } from "@regulars/core/insights/stored-finding";
import type { Subject } from "@regulars/core/insights/subject";
import type { CustomerId } from "@regulars/core/platform/values";
import * as z from "zod";
import type { TransactWrite } from "../engine/operations.ts";
import { type WireItem, wireValues } from "../engine/wire.ts";
import type { Keys } from "../keys.ts";

/**
 * Findings about statuses lie apart from the customers, so that a nightly run reads none of them. What it compares is
 * noted in the statuses of the customer, an attribute for each finding: everything but the facts, of which there is a
 * check.
 */
export type StatusSubject = Extract<Subject, { readonly type: string; readonly id: string }> & {
  readonly type: "status";
  readonly customerId: CustomerId;
};

export const isAboutStatus = (subject: Subject): subject is StatusSubject =>
  subject.type === "status" && subject.customerId !== undefined;

const BEGINNING = "F#";
const noteSchema = storedFindingSchema.omit({ kind: true, subject: true, facts: true }).extend({ check: z.string() });

/** A change of one attribute; without a value it is removed. */
export interface StatusNote {
  readonly customerId: CustomerId;
  readonly name: string;
  readonly value: z.output<typeof noteSchema> | undefined;
}

const nameOf = (kind: string, { id }: StatusSubject): string => `${BEGINNING}${kind}#${id}`;

export function notesOf(finding: StoredFinding): readonly StatusNote[] {
  const { kind, subject, facts, ...rest } = finding;
  if (!isAboutStatus(subject)) return [];
  return [
    {
      customerId: subject.customerId,
      name: nameOf(kind, subject),
      value: noteSchema.parse({ ...rest, check: checkOf(facts) }),
    },
  ];
}

export const notesOfRemoved = ({ kind, subject }: FindingAddress): readonly StatusNote[] =>
  isAboutStatus(subject) ? [{ customerId: subject.customerId, name: nameOf(kind, subject), value: undefined }] : [];

/** One update a customer. */
export const writeNotes = (keys: Keys, notes: readonly StatusNote[]): TransactWrite[] =>
  [...Map.groupBy(notes, ({ customerId }) => customerId)].map(([customerId, own]) => ({
    Update: { Key: keys.snapshotPart(customerId, { part: "statuses" }), ...updateOf(own) },
  }));

function updateOf(notes: readonly StatusNote[]) {
  const names = Object.fromEntries(notes.map(({ name }, i) => [`#n${i}`, name]));
  const values = notes.flatMap(({ value }, i) => (value === undefined ? [] : [[`:n${i}`, value] as const]));
  const set = values.map(([value]) => `#${value.slice(1)} = ${value}`);
  const removed = notes.flatMap(({ value }, i) => (value === undefined ? [`#n${i}`] : []));
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

/**
 * Changes what is noted of a stored finding; absent values are removed. Nothing for one that is not about a status. The
 * finding is changed with it: where there is none, there is no note either, and the update fails.
 */
export function changeOfNote(
  keys: Keys,
  { kind, subject }: FindingAddress,
  changes: Partial<Pick<StoredFinding, "repId" | "state" | "reachedOn" | "dismissal">>,
) {
  if (!isAboutStatus(subject)) return [];
  const names = Object.keys(changes);
  const values = Object.entries(changes).filter(([, value]) => value !== undefined);
  const set = values.map(([name]) => `#note.#${name} = :${name}`);
  const removed = names.filter((name) => !values.some(([given]) => given === name)).map((name) => `#note.#${name}`);
  return [
    {
      Key: keys.snapshotPart(subject.customerId, { part: "statuses" }),
      UpdateExpression: [
        ...(set.length === 0 ? [] : [`SET ${set.join(", ")}`]),
        ...(removed.length === 0 ? [] : [`REMOVE ${removed.join(", ")}`]),
      ].join(" "),
      ConditionExpression: "attribute_exists(#note)",
      ExpressionAttributeNames: {
        "#note": nameOf(kind, subject),
        ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
      },
      ...(values.length === 0
        ? {}
        : { ExpressionAttributeValues: Object.fromEntries(values.map(([name, value]) => [`:${name}`, value])) }),
    },
  ];
}

/** The subject of the finding that an attribute notes; `undefined` for other attributes. */
export const subjectNoted = (name: string): Pick<StatusSubject, "type" | "id"> | undefined =>
  name.startsWith(BEGINNING) ? { type: "status", id: name.slice(name.indexOf("#", BEGINNING.length) + 1) } : undefined;

/** The statuses of a customer without the findings that they note. */
export function withoutNotes(item: WireItem): WireItem {
  const own: Record<string, WireItem[string]> = {};
  for (const name in item) {
    const value = item[name];
    if (value !== undefined && !name.startsWith(BEGINNING)) own[name] = value;
  }
  return own;
}

/** The findings that the statuses of a customer note. */
export function notedIn(item: WireItem, customerId: CustomerId): FormerFinding[] {
  const found: FormerFinding[] = [];
  for (const name in item) {
    const noted = subjectNoted(name);
    const given = item[name]?.M;
    if (noted === undefined || given === undefined) continue;
    const { check, ...note } = noteSchema.parse(wireValues(given));
    const kind = name.slice(BEGINNING.length, name.indexOf("#", BEGINNING.length));
    found.push({ ...note, kind, subject: { ...noted, customerId }, factsCheck: check });
  }
  return found;
}
