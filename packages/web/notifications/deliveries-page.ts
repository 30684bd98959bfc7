import {
  type NotificationState,
  type Notification,
  notificationStates,
} from "@regulars/core/notifications/notification";
import { whyText } from "@regulars/core/notifications/why";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Instant, UserId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { readLog } from "@regulars/flows/notifications/read-log";
import { type Resent, resend } from "@regulars/flows/notifications/resend";
import { type Delivery, deliveryOf } from "@regulars/render/notifications/delivery";
import { isInSlack } from "@regulars/functions/workers/tell-slack";
import type { Runtime } from "@regulars/functions/runtime";
import type { OpenTenant } from "../page/open-tenant.ts";

/** A part of the log of messages. */
export interface DeliveriesPage {
  readonly tenant: Tenant;
  readonly state: NotificationState | undefined;
  readonly rows: readonly ShownDelivery[];
  /** Where the next part begins. */
  readonly next: string | undefined;
}

export interface ShownDelivery extends Delivery {
  /** The name of the reader, or what it went to. */
  readonly reader: string;
  readonly why: string;
  /** Whether it can be sent again. */
  readonly canResend: boolean;
}

const ROWS = 50;
/** Rows of one CSV. */
export const MOST_CSV_ROWS = 5_000;

interface Asked {
  readonly state?: string | undefined;
  readonly before?: string | undefined;
}

/** The latest messages, of one state if asked for. */
export async function readDeliveries(
  { tenant, catalog, store, whole }: OpenTenant,
  { state: given, before }: Asked,
  most = ROWS,
): Promise<Result<DeliveriesPage>> {
  const state = notificationStates.find((one) => one === given);
  if (given !== undefined && given !== "" && state === undefined)
    return refuse(
      "unknown-state",
      `No message is in the state “${given.slice(0, 40)}”: choose ${notificationStates.join(", ")}.`,
    );
  const { notifications, next } = await readLog({ outbox: whole.outbox, state, before, most });
  const names = new Map((await store.users()).map(({ userId, name }) => [userId, name]));
  return ok({
    tenant,
    state,
    rows: notifications.map((one) => shown(deliveryOf(one, catalog.textOf), names)),
    next,
  });
}

function shown(delivery: Delivery, names: ReadonlyMap<UserId, string>): ShownDelivery {
  const { notification } = delivery;
  const { message, why, state } = notification;
  const nameOf = (userId: UserId): string => names.get(userId) ?? userId;
  const reader =
    message.type === "alert"
      ? message.rep === undefined
        ? "the company’s channel"
        : nameOf(message.rep.userId)
      : `${message.to.name} <${message.to.address}>`;
  const canResend = state === "sent" || state === "failed" || state === "suppressed";
  return { ...delivery, reader, why: why === undefined ? usualWhy(message) : whyText(why), canResend };
}

/** Why a message was sent that no preference decides. */
const usualWhy = ({ type }: Notification["message"]): string =>
  type === "notice"
    ? "faults of the set-up are told to who answers for it"
    : type === "group"
      ? "a mailing to customers"
      : "";

interface ResendGiven {
  readonly opened: OpenTenant;
  readonly runtime: Runtime;
  readonly notificationId: string;
  readonly now: Instant;
}

/** Sends one message again, as the viewer. */
export const resendDelivery = ({ opened, runtime, notificationId, now }: ResendGiven): Promise<Result<Resent>> =>
  resend({
    log: opened.whole.outbox,
    suppressions: opened.whole.suppressions,
    addressOfUser: async (userId) => (await opened.whole.user(userId))?.email,
    isInSlack: (userId) => isInSlack(userId, opened.whole, runtime),
    notificationId,
    by: opened.by,
    now,
  });
