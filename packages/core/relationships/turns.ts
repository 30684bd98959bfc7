import type { Contact } from "./timeline.ts";

/** Whose turn a contact is (docs/reference/relationships.md 2, "by turns"). */
export type Side = "ours" | "theirs" | "both";

/** Whether both sides took part: a meeting, or a call that nobody is said to have made. */
export const isMutual = ({ type, direction }: Contact): boolean =>
  type === "meeting" || (type === "call" && direction === "none");

/** Tasks, and e-mails without a direction, are nobody's turn. */
export function sideOf(contact: Contact): Side | undefined {
  if (contact.type === "task") return undefined;
  if (isMutual(contact)) return "both";
  if (contact.direction === "none") return undefined;
  return contact.direction === "in" ? "theirs" : "ours";
}
