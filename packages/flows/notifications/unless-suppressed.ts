import type { User } from "@regulars/core/access/user";
import type { AlertRouting, SuppressedReader } from "@regulars/core/notifications/alert-route";
import type { Message } from "@regulars/core/notifications/message";
import type { NewNotification } from "@regulars/core/notifications/notification";
import { readerOf } from "@regulars/core/notifications/readers-language";
import { suppressedNotices } from "@regulars/core/notifications/suppressed-notice";
import {
  type Suppression,
  type SuppressionStore,
  comparableAddress,
  suppressionText,
} from "@regulars/core/notifications/suppression";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Instant, UserId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { NO_READER, SUPPRESSED } from "./send-due.ts";

interface Surroundings {
  readonly tenant: Tenant;
  /** The ways to its readers, without the mail to addresses that take none (`withoutSuppressed`). */
  readonly alerts: Pick<AlertRouting, "routeOf">;
  readonly store: {
    readonly suppressions: Pick<SuppressionStore, "find">;
    readonly nightly: {
      readonly users: () => Promise<readonly User[]>;
      readonly queueNotifications: (notifications: readonly NewNotification[]) => Promise<number>;
    };
  };
  readonly now: Instant;
  /** Called when somebody is to be told instead. */
  readonly onNotices?: () => void;
}

/**
 * A message that has a way to its reader. Whose address takes no mail (docs/reference/messages.md 7) is reached in Slack
 * instead; where that is not possible either, the message is refused with the reason, and their manager or the admins are
 * told. Asked right before it is sent.
 */
export async function withWay(message: Message, surroundings: Surroundings): Promise<Result<Message>> {
  // Of a notice nobody is told in turn, which would go around; a mailing's own result names who did not get it.
  if (message.type === "notice" || message.type === "group") {
    const suppression = await suppressionOf(message.to.address, surroundings.store.suppressions);
    return suppression === undefined ? ok(message) : refuse(SUPPRESSED, noMail({ ...message.to, suppression }));
  }
  const { places, mail, suppressed } = await surroundings.alerts.routeOf(message);
  if (places.length > 0 || mail !== undefined) return ok(message);
  const reader = readerOf(message);
  if (reader === undefined)
    return refuse(NO_READER, "no user has this customer, and the company has no channel in Slack");
  if (suppressed === undefined)
    return refuse("no-place", `${reader} has no e-mail address that takes mail, and no place in the company's Slack`);
  if (await tellInstead({ ...suppressed, userId: reader }, surroundings)) surroundings.onNotices?.();
  return refuse(SUPPRESSED, noMail(suppressed));
}

/** Queues what the manager or the admins are told; who gets no mail themselves is passed over. */
async function tellInstead(
  reader: SuppressedReader & { readonly userId: UserId },
  { tenant, store, now }: Surroundings,
): Promise<boolean> {
  let users = await store.nightly.users();
  for (;;) {
    const notices = suppressedNotices({ reader, tenant, users, now });
    const deaf = new Set<UserId>();
    for (const { message } of notices)
      if (message.type === "notice" && (await suppressionOf(message.to.address, store.suppressions)) !== undefined)
        deaf.add(message.userId);
    if (deaf.size === 0) return notices.length > 0 && (await store.nightly.queueNotifications(notices)) > 0;
    users = users.filter(({ userId }) => !deaf.has(userId));
  }
}

const suppressionOf = async (
  address: string,
  { find }: Pick<SuppressionStore, "find">,
): Promise<Suppression | undefined> => (await find(comparableAddress(address)))?.suppressed;

const noMail = ({ address, suppression }: Omit<SuppressedReader, "name">): string =>
  `no mail is sent to ${address}: ${suppressionText(suppression)}`;

/**
 * The ways to readers, without the mail to an address that takes none: what would go there goes to Slack. A message is
 * asked about once.
 */
export function withoutSuppressed(
  { routeOf, ...routing }: AlertRouting,
  suppressions: Pick<SuppressionStore, "find">,
): AlertRouting {
  const known = new WeakMap<object, ReturnType<AlertRouting["routeOf"]>>();
  const find: AlertRouting["routeOf"] = async (message) => {
    const { mail, ...route } = await routeOf(message);
    const suppression = mail && (await suppressionOf(mail.address, suppressions));
    if (mail === undefined || suppression === undefined) return { mail, ...route };
    const suppressed = { ...mail, suppression };
    if (route.places.length > 0 || route.instead === undefined) return { ...route, suppressed };
    return { places: route.instead, suppressed, why: `in Slack, because ${noMail(suppressed)}` };
  };
  return {
    ...routing,
    routeOf: (message) => {
      const route = known.get(message) ?? find(message);
      known.set(message, route);
      return route;
    },
  };
}
