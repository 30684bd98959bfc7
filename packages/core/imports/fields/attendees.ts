import * as z from "zod";
import { type PersonId, personIdSchema } from "../../platform/values.ts";

/** Most people that an activity may name, and most that it may count. */
const MOST_NAMED = 200;
const MOST_COUNTED = 1_000_000;
const WHAT = `is neither a whole number from 0 to ${MOST_COUNTED} nor a list of at most ${MOST_NAMED} person ids`;

/** The people from outside who took part: how many, and those who are told by name. */
interface Attendees {
  readonly attendees: number;
  readonly attendeeIds?: readonly PersonId[];
}

const cell = z.string().transform((given, context): Attendees => {
  const read = readAttendees(given.trim());
  if (read !== undefined) return read;
  context.addIssue({ code: "custom", message: WHAT });
  return z.NEVER;
});

/** A number is how many there were; anything else is the list of their ids. */
function readAttendees(given: string): Attendees | undefined {
  if (/^\d+$/.test(given)) return Number(given) <= MOST_COUNTED ? { attendees: Number(given) } : undefined;
  if (/^[-+]?[\d.,]*\d$/.test(given)) return undefined;
  const names = given.split(/[;,|]/).filter((name) => name.trim() !== "");
  const ids = names.map((name) => personIdSchema.safeParse(name));
  if (ids.length > MOST_NAMED || ids.some(({ success }) => !success)) return undefined;
  const distinct = [...new Set(ids.flatMap(({ data }) => (data === undefined ? [] : [data])))];
  return { attendees: distinct.length, attendeeIds: distinct };
}

/** A whole number, or a list of ids in one text. */
export const attendees = {
  cell,
  json: z.union([z.int().min(0, WHAT).max(MOST_COUNTED, WHAT), z.string().max(30_000, WHAT)], { error: WHAT }),
};
