import type { User } from "@regulars/core/access/user";
import { scopeOf } from "@regulars/core/customers/visible-customers";
import type { ImportStore } from "@regulars/core/imports/import-store";
import { type FeedbackVerdict, verdicts } from "@regulars/core/insights/feedback";
import { findingId as idOf, parseFindingId } from "@regulars/core/insights/finding";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { ReviewStore } from "@regulars/core/insights/review-store";
import type { StoredFinding } from "@regulars/core/insights/stored-finding";
import { customerIdOf } from "@regulars/core/insights/subject";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { ContentionError } from "@regulars/core/platform/contention-error";
import { addDays, localDay } from "@regulars/core/platform/period";
import type { Day, Instant } from "@regulars/core/platform/values";
import type { FindingEnd, Handled } from "@regulars/core/slack/handled";
import type { AlertAction } from "@regulars/core/slack/slack-call";
import type { SlackStore } from "@regulars/core/slack/slack-store";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { giveFeedback } from "../insights/give-feedback.ts";
import { noteContact } from "../insights/note-contact.ts";
import { snoozeFinding } from "../insights/snooze-finding.ts";
import { type HandledStores, handledNow } from "./handled-now.ts";

interface ActInput {
  readonly tenant: Tenant;
  readonly catalog: InsightCatalog;
  readonly store: NightlyStore;
  readonly review: ReviewStore;
  readonly imports: Pick<ImportStore, "saveActivities">;
  readonly records: HandledStores["records"];
  readonly slack: Pick<SlackStore, "handled" | "handledWrites" | "saveHandled">;
  readonly users: readonly User[];
  readonly user: User;
  readonly findingId: string;
  readonly episode: string;
  readonly action: AlertAction;
  readonly now: Instant;
}

/** What came of a click on an alert. */
export type Acted =
  | { readonly outcome: "done" | "already"; readonly handled: Handled }
  | { readonly outcome: "ended"; readonly end: FindingEnd | "unknown"; readonly handled: Handled | undefined }
  | { readonly outcome: "not-allowed" };

/** Others who do something to the same alert at the same time are waited for so many times. */
const ROUNDS = 5;
/** A finding's end is looked for from so many days back. */
const LONGEST_DAYS = 400;

/**
 * Does what somebody clicked on an alert, by the flows of pages and API (docs/reference/slack.md 4). The finding as it is
 * now decides: one that ended, or has another episode, is only told; what somebody else did already is shown, and not
 * done again.
 */
export async function actOnAlert(input: ActInput): Promise<Acted> {
  for (let round = 0; ; round += 1) {
    try {
      return await actOnce(input);
    } catch (error) {
      // Somebody did something at the same moment: what they did is read, and shown.
      if (!(error instanceof ContentionError) || round === ROUNDS) throw error;
    }
  }
}

async function actOnce(input: ActInput): Promise<Acted> {
  const { store, slack, users, user, findingId, episode, action } = input;
  const address = parseFindingId(findingId);
  const stored = address === undefined ? undefined : await store.finding(address);
  const customerId = address && customerIdOf(address.subject);
  const customer = customerId === undefined ? undefined : (await store.profiles([customerId])).get(customerId);
  const { canReview } = scopeOf({ type: "user", user }, users);
  const repId = stored?.repId;
  const owned = customer ?? (repId === undefined ? {} : { repId });
  if (!canReview(owned)) return { outcome: "not-allowed" };
  const handled = await slack.handled(findingId, episode);
  if (stored?.episode !== episode) return { outcome: "ended", end: await endOf(input), handled };
  const known = await handledNow(findingId, episode, stored, input);
  if (!doneBefore(action, known)) return doAction(input, known, stored);
  // A process that ended after the mark has left it without its call.
  if (action === "contacted" && known.contacted?.by === user.userId)
    await saveContact(input, stored, known.contacted.at);
  return { outcome: "already", handled: known };
}

function doneBefore(action: AlertAction, { contacted, snoozed, feedback }: Handled): boolean {
  if (action === "contacted") return contacted !== undefined;
  return (action.startsWith("snooze-") ? snoozed : feedback) !== undefined;
}

async function doAction(input: ActInput, known: Handled, stored: StoredFinding): Promise<Acted> {
  const { tenant, slack, user, findingId, action, now } = input;
  const next = { ...known, version: known.version + 1 };
  const by = { by: user.userId, at: now };
  const companionOf = (handled: Handled) => () => slack.handledWrites(handled);
  if (action === "contacted") {
    const handled = { ...next, contacted: by };
    if (!(await slack.saveHandled(handled))) throw new ContentionError(`another click on ${findingId} came first`);
    await saveContact(input, stored, now);
    return { outcome: "done", handled };
  }
  const verdict = verdictOf(action);
  if (verdict !== undefined) {
    const handled = { ...next, feedback: { ...by, verdict } };
    const given = await giveFeedback({ ...input, verdict, by: user.userId, companionOf: companionOf(handled) });
    return given.ok ? { outcome: "done", handled } : { outcome: "ended", end: await endOf(input), handled: known };
  }
  const days = Number(action.replace("snooze-", ""));
  const until = addDays(localDay(now, tenant.timeZone), days);
  const handled = { ...next, snoozed: { ...by, until } };
  const set = await snoozeFinding({ ...input, until, by: user.userId, companionOf: companionOf(handled) });
  return set.ok ? { outcome: "done", handled } : { outcome: "ended", end: await endOf(input), handled: known };
}

const verdictOf = (action: AlertAction): FeedbackVerdict | undefined =>
  verdicts.find((verdict) => action === `feedback-${verdict}`);

/** The call that somebody marks as made, once for each finding and episode. Who has no customer has no call. */
async function saveContact(
  { tenant, imports, user, findingId, episode }: ActInput,
  { subject }: StoredFinding,
  at: Instant,
): Promise<void> {
  const customerId = customerIdOf(subject);
  if (customerId === undefined) return;
  await noteContact(tenant, imports, { findingId, episode, customerId, by: user.userId, at });
}

/** When the episode ended, and how; the latest of its ends. */
async function endOf({ tenant, store, findingId, episode, now }: ActInput): Promise<FindingEnd | "unknown"> {
  const from: Day = addDays(localDay(now, tenant.timeZone), -LONGEST_DAYS);
  let end: FindingEnd | "unknown" = "unknown";
  for await (const one of store.resolvedSince(from))
    if (one.episode === episode && idOf(one) === findingId) end = { on: one.resolvedOn, outcome: one.outcome };
  return end;
}
