import { recipientOf } from "@regulars/core/access/recipient";
import type { User } from "@regulars/core/access/user";
import type { Level } from "@regulars/core/insights/finding";
import type { EffectivePreferences } from "@regulars/core/notifications/effective";
import type { Alert, Digest, FurtherAlert, Message } from "@regulars/core/notifications/message";
import type { Notification } from "@regulars/core/notifications/notification";
import { type Why, route, routeDigest } from "@regulars/core/notifications/route";
import { whyText } from "@regulars/core/notifications/why";
import { addDays } from "@regulars/core/platform/period";
import type { Instant, UserId } from "@regulars/core/platform/values";
import type { LiveFinding } from "./live-findings.ts";
import type { PreferencesOf } from "./readers.ts";

/** What happens to a notification whose time has come. */
export type DueDecision =
  | {
      readonly do: "send";
      /** What still holds of it. */
      readonly message: Message;
      /** Findings that an alert tells no more. */
      readonly left: readonly LeftFinding[];
    }
  | { readonly do: "hold"; readonly until: Instant; readonly why: Why }
  | { readonly do: "drop"; readonly note: string; readonly left: readonly LeftFinding[] };

/** A finding of an alert that is not told by it; in the reader's digest instead where they want that. */
export interface LeftFinding extends FurtherAlert {
  readonly isForDigest: boolean;
}

export const RESOLVED = "resolved while held";

interface DueParts {
  readonly users: ReadonlyMap<UserId, User>;
  readonly preferencesOf: PreferencesOf;
  readonly live: LiveFinding;
  /** Now, ms. */
  readonly now: number;
}

/** Whether it was queued for a later time: what it says is checked again. */
export const hasWaited = ({ dueAt, queuedAt }: Pick<Notification, "dueAt" | "queuedAt">): boolean =>
  queuedAt !== undefined && dueAt > queuedAt;

/** A message that is so late, ms, is checked as one that has waited: a receiver may take nothing for days. */
const LATE_MS = 15 * 60_000;

const isLate = ({ dueAt }: Pick<Notification, "dueAt">, now: number): boolean => now - Date.parse(dueAt) >= LATE_MS;

/**
 * Decides once more, at the minute of sending: by the preferences of who gets it now, by the clock, and for what has
 * waited by the findings as they are (docs/reference/messages.md 10).
 */
export function decideDue(notification: Notification, parts: DueParts): Promise<DueDecision> | DueDecision {
  const { message } = notification;
  switch (message.type) {
    case "digest":
      return decideDigest(message, notification, parts);
    case "alert":
      return decideAlert(message, hasWaited(notification) || isLate(notification, parts.now), parts);
    case "introduction": {
      const decision = route({ kind: message.type }, parts.preferencesOf(message.userId), parts.now);
      if (decision.send === "hold") return { do: "hold", until: decision.until, why: decision.why };
      return decision.send === "nothing" ? { do: "drop", note: whyText(decision.why), left: [] } : asItIs(message);
    }
    default:
      return asItIs(message);
  }
}

const asItIs = (message: Message): DueDecision => ({ do: "send", message, left: [] });

async function decideDigest(message: Digest, notification: Notification, parts: DueParts): Promise<DueDecision> {
  const { users, preferencesOf, now } = parts;
  const waited = hasWaited(notification);
  const preferences = preferencesOf(recipientOf(message.userId, users)?.userId ?? message.userId);
  const isCompulsory = message.lines.some(({ kind, level }) => isForced(preferences, kind, level));
  const day = message.day ?? addDays(message.asOf, 1);
  const decision = routeDigest({ day, isCompulsory }, preferences, now);
  if (decision.send === "nothing") return { do: "drop", note: whyText(decision.why), left: [] };
  if (!waited && !isLate(notification, now)) return asItIs(message);
  // Who ran the nightly run by hand wanted it at once.
  if (waited && decision.send === "hold") return { do: "hold", until: decision.until, why: decision.why };
  const kept = await keptLines(message, preferences, parts);
  const isEmpty = kept.sections.length === 0 && (kept.toDo?.due ?? 0) === 0 && (kept.cleared?.count ?? 0) === 0;
  return isEmpty ? { do: "drop", note: RESOLVED, left: [] } : asItIs(kept);
}

const isForced = (preferences: EffectivePreferences, kind: string, level: Level): boolean => {
  const { decidedBy, value } = preferences.treatmentOf(kind, level);
  return decidedBy === "compulsion" && value !== "off";
};

/** A digest with the lines that still hold and that the reader wants; what is gone is not counted either. */
async function keptLines(message: Digest, preferences: EffectivePreferences, parts: DueParts): Promise<Digest> {
  const held = await Promise.all(
    message.lines.map(async (line) => {
      const finding = await parts.live(line);
      if (finding?.state !== "open") return false;
      return route({ kind: line.kind, level: finding.level }, preferences, parts.now).send !== "nothing";
    }),
  );
  const gone = message.lines.filter((_line, index) => held[index] !== true);
  const told = await Promise.all(
    (message.told ?? []).map(async (one) => ({ ...one, holds: (await parts.live(one))?.state === "open" })),
  );
  const sections = message.sections.map((section) => {
    const ofKind = gone.filter(({ kind }) => kind === section.kind);
    const toldGone = told.filter(({ kind, holds }) => kind === section.kind && !holds).length;
    const count = section.count - ofKind.length - toldGone;
    const newCount = Math.min(count, section.newCount - ofKind.filter(({ isNew }) => isNew).length);
    const toldCount = (section.toldCount ?? 0) - toldGone;
    return {
      ...section,
      count,
      newCount: Math.max(0, newCount),
      ...(toldCount > 0 ? { toldCount } : { toldCount: undefined }),
    };
  });
  return {
    ...message,
    lines: message.lines.filter((line) => !gone.includes(line)),
    sections: sections.filter(({ count }) => count > 0),
  };
}

async function decideAlert(message: Alert, isChecked: boolean, parts: DueParts): Promise<DueDecision> {
  const { users, preferencesOf, live, now } = parts;
  const reader = message.rep === undefined ? undefined : (recipientOf(message.rep.userId, users) ?? message.rep);
  const preferences = preferencesOf(reader?.userId);
  const told: FurtherAlert[] = [];
  const left: LeftFinding[] = [];
  let [held, note]: [DueDecision | undefined, string | undefined] = [undefined, undefined];
  for (const one of [{ kind: message.kind, line: message.line }, ...(message.others ?? [])]) {
    const finding = isChecked ? await live(one.line) : { level: one.line.level, state: "open" };
    if (finding?.state !== "open") {
      note ??= RESOLVED;
      left.push({ ...one, isForDigest: false });
      continue;
    }
    const decision = route({ kind: one.kind, level: finding.level }, preferences, now);
    if (decision.send === "now") told.push(one);
    else if (decision.send === "hold") held = { do: "hold", until: decision.until, why: decision.why };
    else {
      note = whyText(decision.why);
      left.push({ ...one, isForDigest: decision.send === "digest" });
    }
  }
  // Quiet time is the reader's, and the same for all that it tells.
  if (held !== undefined) return held;
  const [first, ...others] = told;
  if (first === undefined) return { do: "drop", note: note ?? RESOLVED, left };
  const { others: _others, episode: ofFirst, ...alone } = message;
  const episode = first.line.findingId === message.line.findingId ? ofFirst : first.line.episode;
  const rest = { ...(episode === undefined ? {} : { episode }), ...(others.length === 0 ? {} : { others }) };
  return { do: "send", message: { ...alone, ...first, ...rest }, left };
}
