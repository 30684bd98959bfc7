import type { Interaction } from "./timeline.ts";

type Kind = Pick<Interaction, "type" | "direction">;

/** Whose turn a contact is (docs/reference/relationships.md 2, "by turns"). */
export type Side = "ours" | "theirs" | "both";

/** Whether both sides took part: a meeting, or a call that nobody is said to have made. */
export const isMutual = ({ type, direction }: Kind): boolean =>
  type === "meeting" || (type === "call" && direction === "none");

/** The side that made a contact; none for tasks, and for e-mails without a direction. */
export function sideOf(contact: Kind): Side | undefined {
  if (contact.type === "task") return undefined;
  if (isMutual(contact)) return "both";
  if (contact.direction === "none") return undefined;
  return contact.direction === "in" ? "theirs" : "ours";
}
