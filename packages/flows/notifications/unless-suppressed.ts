import type { User } from "@regulars/core/access/user";
import type { AlertRouting } from "@regulars/core/notifications/alert-route";
import type { Message } from "@regulars/core/notifications/message";
import type { NewNotification } from "@regulars/core/notifications/notification";
import { suppressedNotices } from "@regulars/core/notifications/suppressed-notice";
import { type SuppressionStore, addressOf, suppressionText } from "@regulars/core/notifications/suppression";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Instant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { SUPPRESSED } from "./send-due.ts";

interface Surroundings {
  readonly tenant: Tenant;
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
 * A message, unless its address takes no mail (docs/reference/messages.md 7): then it is refused with the reason, and
 * the manager or the admins are told. Asked right before it is sent.
 */
export async function unlessSuppressed(
  message: Message,
  { tenant, store, now, onNotices }: Surroundings,
): Promise<Result<Message>> {
  if (message.type === "alert") return ok(message);
  const suppression = (await store.suppressions.find(addressOf(message.to.address)))?.suppressed;
  if (suppression === undefined) return ok(message);
  // Of a notice nobody is told in turn, which would go around; a mailing's own result names who did not get it.
  if (message.type !== "notice" && message.type !== "group") {
    const users = await store.nightly.users();
    const queued = await store.nightly.queueNotifications(
      suppressedNotices({ message, suppression, tenant, users, now }),
    );
    if (queued > 0) onNotices?.();
  }
  return refuse(SUPPRESSED, `no mail is sent to ${message.to.address}: ${suppressionText(suppression)}`);
}

/** The way of alerts, without the mail to an address that takes none. */
export const withoutSuppressed = (
  routing: AlertRouting,
  suppressions: Pick<SuppressionStore, "find">,
): AlertRouting => ({
  ...routing,
  routeOf: async (alert) => {
    const route = await routing.routeOf(alert);
    if (route.mail === undefined) return route;
    const known = await suppressions.find(addressOf(route.mail.address));
    return known?.suppressed === undefined ? route : { places: route.places };
  },
});
