import { type User, isActive } from "../access/user.ts";
import { localDay } from "../platform/period.ts";
import { dayOf, textOf } from "../platform/message-text.ts";
import { type Instant, daySchema, toDayNumber } from "../platform/values.ts";
import type { Tenant } from "../tenants/tenant.ts";
import type { SuppressedReader } from "./alert-route.ts";
import type { Notice } from "./message.ts";
import type { NewNotification } from "./notification.ts";
import type { SuppressionReason } from "./suppression.ts";

/** What the notice needs of whoever reads it. */
type Told = Pick<User, "userId" | "name"> & { readonly email: string };

interface Suppressed {
  /** Who was not reached. */
  readonly reader: SuppressedReader & Pick<User, "userId">;
  readonly tenant: Tenant;
  readonly users: readonly User[];
  readonly now: Instant;
}

/**
 * Who is told that a user gets no mail, instead of silence: the manager of their team, else of their territory, else the
 * admins; never the user themselves. Once per address and week: the same week's notice has the same id.
 */
export function suppressedNotices({ reader: missed, tenant, users, now }: Suppressed): NewNotification[] {
  const asOf = localDay(now, tenant.timeZone);
  const week = Math.floor((toDayNumber(asOf) + DAYS_TO_MONDAY) / 7);
  return readersFor(missed.userId, users).map(({ reader, role }) => {
    const notice: Notice = {
      type: "notice",
      tenantId: tenant.tenantId,
      tenantName: tenant.name,
      asOf,
      locale: tenant.locale,
      userId: reader.userId,
      to: { name: reader.name, address: reader.email },
      reader: role,
      title: said("title", missed),
      paragraphs: [said(missed.suppression.reason, missed), said("missed", missed), said("lift", missed)],
    };
    return {
      id: `suppressed:${missed.userId}:${week}:${reader.userId}`,
      dueAt: now,
      message: notice,
      isOnHold: false,
    };
  });
}

/** A text of the product about an address that takes no mail. */
const said = (
  text: "title" | "missed" | "lift" | SuppressionReason,
  { name, address, suppression }: SuppressedReader,
) => ({
  template: `suppressed.${text}`,
  variables: {
    name: textOf(name),
    addr: textOf(address),
    date: dayOf(daySchema.parse(suppression.at.slice(0, 10))),
    text: textOf(suppression.detail ?? "–"),
  },
});

/** 1 January 1970 was a Thursday: with three days more, weeks begin on Mondays. */
const DAYS_TO_MONDAY = 3;

function readersFor(userId: string, users: readonly User[]): { reader: Told; role: "manager" | "admin" }[] {
  const user = users.find((one) => one.userId === userId);
  const readers = users
    .filter((one) => isActive(one) && one.userId !== userId)
    .flatMap((one) => (one.email === undefined ? [] : [{ ...one, email: one.email }]))
    .toSorted((a, b) => (a.userId < b.userId ? -1 : 1));
  const managers = readers.filter(({ role }) => role === "manager");
  const manager =
    managers.find(({ teamId }) => teamId !== undefined && teamId === user?.teamId) ??
    managers.find(({ territoryId }) => territoryId !== undefined && territoryId === user?.territoryId);
  if (manager !== undefined) return [{ reader: manager, role: "manager" }];
  return readers.filter(({ role }) => role === "admin").map((reader) => ({ reader, role: "admin" }));
}
