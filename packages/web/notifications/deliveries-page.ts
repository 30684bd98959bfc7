import { randomUUID } from "node:crypto";
import type { NotificationState, Notification } from "@regulars/core/notifications/notification";
import type { TextSource } from "@regulars/core/platform/message-text";
import type { Result } from "@regulars/core/platform/result";
import type { Instant, UserId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { readLog } from "@regulars/flows/notifications/read-log";
import { type Resent, resend } from "@regulars/flows/notifications/resend";
import { countedPhraseOf } from "@regulars/render/notifications/worded";
import { type Delivery, alsoOfGone, deliveryOf } from "@regulars/render/notifications/delivery";
import { whyWords } from "@regulars/render/notifications/why-words";
import type { PageWords } from "@regulars/render/texts/page-words";
import { isInSlack } from "@regulars/functions/workers/tell-slack";
import type { Runtime } from "@regulars/functions/runtime";
import type { OpenTenant } from "../page/open-tenant.ts";
import { noteWords } from "./note-words.ts";

/** A part of the log of messages. */
export interface DeliveriesPage {
  readonly words: PageWords;
  readonly tenant: Tenant;
  readonly state: NotificationState | undefined;
  readonly rows: readonly ShownDelivery[];
  /** The id of what its forms ask for: sent twice, a message goes again once. */
  readonly requestId: string;
  /** Where the next part begins. */
  readonly next: string | undefined;
}

export interface ShownDelivery extends Delivery {
  /** The name of the reader, or what it went to. */
  readonly reader: string;
  readonly why: string;
  readonly note: string | undefined;
  /** Its subject, for the reader of the log. */
  readonly about: string;
  /** What is in it, by kind: of digests. */
  readonly parts: readonly string[];
  /** Whether it can be sent again. */
  readonly canResend: boolean;
}

const ROWS = 50;
/** Rows of one CSV. */
export const MOST_CSV_ROWS = 5_000;

interface Asked {
  readonly state?: NotificationState | undefined;
  readonly before?: string | undefined;
}

/** The latest messages, of one state if asked for. */
export async function readDeliveries(
  { tenant, words, catalog, store, whole }: OpenTenant,
  { state, before }: Asked,
  most = ROWS,
): Promise<DeliveriesPage> {
  const { notifications, next } = await readLog({ outbox: whole.outbox, state, before, most });
  const names = new Map((await store.users()).map(({ userId, name }) => [userId, name]));
  return {
    words,
    tenant,
    state,
    requestId: randomUUID(),
    rows: notifications.map((one) => shown(deliveryOf(one, catalog.textOf), { names, words, texts: catalog.textOf })),
    next,
  };
}

interface Reading {
  readonly names: ReadonlyMap<UserId, string>;
  readonly words: PageWords;
  readonly texts: TextSource;
}

function shown(delivery: Delivery, reading: Reading): ShownDelivery {
  const { names, words } = reading;
  const { message, why, note, state } = delivery.notification;
  const nameOf = (userId: UserId): string => names.get(userId) ?? userId;
  const reader =
    message.type === "alert"
      ? message.rep === undefined
        ? words.say("deliveries.channel")
        : nameOf(message.rep.userId)
      : `${message.to.name} <${message.to.address}>`;
  return {
    ...delivery,
    about: aboutOf(delivery, reading),
    parts: message.type === "digest" ? partsOf(message, reading) : [],
    reader,
    why: why === undefined ? usualWhy(message, words) : whyWords(why, words),
    note: note && noteWords(note, words),
    canResend: state === "sent" || state === "failed" || state === "suppressed",
  };
}

/** What a message is about: digests and alerts in the reader's language, others as their receiver has them. */
function aboutOf({ notification: { message }, subject }: Delivery, { words, texts }: Reading): string {
  const { formats } = words;
  if (message.type === "alert") {
    const title = words.kindTitle(message.kind) ?? texts(`${message.kind}.title`) ?? message.kind;
    return words.say("next.about", { type: title, what: message.line.customerName });
  }
  return message.type === "digest" ? words.say("deliveries.digestOf", { date: formats.day(message.asOf) }) : subject;
}

/** "3 overdue payments", for each part of a digest. */
const partsOf = (
  { sections }: Extract<Notification["message"], { type: "digest" }>,
  { words, texts }: Reading,
): readonly string[] => sections.map((one) => countedPhraseOf(one, alsoOfGone(texts), words.formats.locale));

/** Why a message was sent that no preference decides. */
const usualWhy = ({ type }: Notification["message"], { say }: PageWords): string =>
  type === "notice" || type === "group" ? say(`deliveries.${type}`) : "";

interface ResendGiven {
  readonly opened: OpenTenant;
  readonly runtime: Runtime;
  readonly notificationId: string;
  readonly requestId: string | undefined;
  readonly now: Instant;
}

/** Sends one message again, as the viewer. */
export const resendDelivery = ({ opened, runtime, now, ...asked }: ResendGiven): Promise<Result<Resent>> =>
  resend({
    log: opened.whole.outbox,
    suppressions: opened.whole.suppressions,
    addressOfUser: async (userId) => (await opened.whole.user(userId))?.email,
    isInSlack: (userId) => isInSlack(userId, opened.whole, runtime),
    ...asked,
    by: opened.by,
    now,
  });
