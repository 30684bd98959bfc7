import type { Contact } from "./timeline.ts";

/** One side's contacts in a row; what both sides took part in is one turn of each. */
interface Turn {
  readonly side: "ours" | "theirs" | "both";
  /** The day of its first contact. */
  readonly day: number;
}

/** Whether both sides took part: a meeting, or a call that nobody is said to have made. */
export const isMutual = ({ type, direction }: Contact): boolean =>
  type === "meeting" || (type === "call" && direction === "none");

/** Whose turn a contact is; tasks, and e-mails without a direction, are nobody's. */
function sideOf(contact: Contact): Turn["side"] | undefined {
  if (contact.type === "task") return undefined;
  if (isMutual(contact)) return "both";
  if (contact.direction === "none") return undefined;
  return contact.direction === "in" ? "theirs" : "ours";
}

/** The turns of contacts in their order (docs/reference/relationships.md 2, "by turns"). */
export function turnsOf(contacts: readonly Contact[]): readonly Turn[] {
  const turns: Turn[] = [];
  for (const contact of contacts) {
    const side = sideOf(contact);
    const last = turns.at(-1);
    if (side === undefined || (side !== "both" && side === last?.side)) continue;
    if (side === "both" && last?.side === "ours") turns.pop();
    turns.push({ side, day: contact.day });
  }
  return turns;
}

/**
 * How far the two sides take turns: 1 when theirs are at least half, 0 without any. Our last turn is not counted on a
 * day on which it is younger than the expected days between contacts: there may still be a reply.
 */
export function balanceOf(turns: readonly Turn[], on: number, contactDays: number): number {
  const last = turns.at(-1);
  const isWaiting = last?.side === "ours" && on - last.day < contactDays;
  const counted = isWaiting ? turns.slice(0, -1) : turns;
  const theirs = counted.filter(({ side }) => side !== "ours").length;
  const ours = counted.filter(({ side }) => side !== "theirs").length;
  return theirs + ours === 0 ? 0 : Math.min(1, (2 * theirs) / (theirs + ours));
}
