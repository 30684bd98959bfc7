import { counted } from "@regulars/core/platform/counted";
import type { OnUnreadable } from "@regulars/core/snapshots/unreadable-customer";
import type { Session } from "../session.ts";

/** Names on standard error the customers that a list is without, because their data cannot be read. */
export const notesUnreadable =
  ({ note }: Pick<Session, "note">): OnUnreadable =>
  ({ customerId, reason }) =>
    note(`left out ${customerId}: ${reason}\n`);

/** The line of a list that is without customers. */
export const customersSetAsideText = (count: number): string[] =>
  count === 0 ? [] : [`Without ${counted(count, "customer")} whose data cannot be read: see "regulars doctor"`];
