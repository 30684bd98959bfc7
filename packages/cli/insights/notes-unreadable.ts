import type { OnUnreadable } from "@regulars/core/snapshots/unreadable-customer";
import type { Session } from "../session.ts";

/** Names on standard error the customers that a list is without, because their data cannot be read. */
export const notesUnreadable =
  ({ note }: Pick<Session, "note">): OnUnreadable =>
  ({ customerId, reason }) =>
    note(`left out ${customerId}: ${reason}\n`);
