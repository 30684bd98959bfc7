import { recipientOf } from "@regulars/core/access/recipient";
import type { User } from "@regulars/core/access/user";
import { parseFindingId } from "@regulars/core/insights/finding";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { type Links, composeDigest, digestId } from "@regulars/core/notifications/compose";
import type { Digest, DigestLine, Message } from "@regulars/core/notifications/message";
import type { Outbox } from "@regulars/core/notifications/notification";
import { routeDigest } from "@regulars/core/notifications/route";
import { addDays, localDay } from "@regulars/core/platform/period";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { LeftFinding } from "./decide-due.ts";
import type { PreferencesOf } from "./readers.ts";

interface LeftInput {
  readonly tenant: Tenant;
  readonly catalog: InsightCatalog;
  readonly store: {
    readonly nightly: Pick<NightlyStore, "finding" | "saveFindings" | "queueNotifications">;
    readonly outbox: Outbox;
  };
  readonly users: ReadonlyMap<UserId, User>;
  readonly preferencesOf: PreferencesOf;
  readonly links: Links;
  readonly clock: () => number;
}

/**
 * What an alert did not tell: its findings were not told at once, so digests may tell them. Where their reader wants
 * them in the digest by now, the one that waits for today gets them, and there is one if there was none.
 */
export async function leaveToDigest(left: readonly LeftFinding[], message: Message, input: LeftInput): Promise<void> {
  for (const { line } of left) await forgetTold(line.findingId, input);
  const wanted = left.filter(({ isForDigest }) => isForDigest);
  if (wanted.length === 0 || message.type !== "alert" || message.rep === undefined) return;
  const rep = recipientOf(message.rep.userId, input.users);
  if (rep === undefined) return;
  const lines = wanted.map(({ kind, line }): DigestLine => ({ ...line, kind, also: [] }));
  await addToDigest(rep, lines, input);
}

async function forgetTold(id: string, { store }: LeftInput): Promise<void> {
  const address = parseFindingId(id);
  const stored = address && (await store.nightly.finding(address));
  if (stored?.told === undefined) return;
  await store.nightly.saveFindings({ put: [{ ...stored, told: undefined }], remove: [], notify: [] });
}

async function addToDigest(rep: User, lines: readonly DigestLine[], input: LeftInput): Promise<void> {
  const { tenant, catalog, store, preferencesOf, links, clock } = input;
  const preferences = preferencesOf(rep.userId);
  const now = clock();
  const day = localDay(toInstant(now), preferences.zone.value);
  const decision = routeDigest({ day }, preferences, now);
  if (decision.send === "nothing") return;
  const id = digestId(rep.userId, addDays(day, -1));
  const waiting = await store.outbox.find(id);
  if (waiting?.state === "due" && waiting.message.type === "digest") {
    const known = new Set(waiting.message.lines.map(({ findingId }) => findingId));
    const added = lines.filter(({ findingId }) => !known.has(findingId));
    if (added.length > 0) await store.outbox.amend(waiting, withLines(waiting.message, added));
  }
  if (waiting !== undefined) return;
  const counts = [...Map.groupBy(lines, ({ kind }) => kind)].map(([kind, own]) => ({
    kind,
    count: own.length,
    newCount: own.length,
  }));
  const made = composeDigest(catalog, tenant, rep, addDays(day, -1), { counts, lines, day }, links);
  if (made === undefined) return;
  const at = toInstant(now);
  const dueAt = decision.send === "hold" ? decision.until : at;
  await store.nightly.queueNotifications([
    { id, dueAt, message: made, isOnHold: false, queuedAt: at, why: decision.why },
  ]);
}

/** They were counted as told at once; now they have a line. */
function withLines(digest: Digest, added: readonly DigestLine[]): Digest {
  const sections = digest.sections.map(({ toldCount = 0, ...section }) => {
    const left = toldCount - added.filter(({ kind }) => kind === section.kind).length;
    return left > 0 ? { ...section, toldCount: left } : section;
  });
  const others = [...Map.groupBy(added, ({ kind }) => kind)]
    .filter(([kind]) => !sections.some((section) => section.kind === kind))
    .map(([kind, own]) => ({ kind, count: own.length, newCount: own.length }));
  const ids = new Set(added.map(({ findingId }) => findingId));
  const told = digest.told?.filter(({ findingId }) => !ids.has(findingId));
  return { ...digest, sections: [...sections, ...others], lines: [...digest.lines, ...added], told };
}
