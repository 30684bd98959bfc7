import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type ChangedPreferences, changedPreferences } from "@regulars/core/notifications/change-choices";
import { effectivePreferences } from "@regulars/core/notifications/effective";
import type { PreferenceStore, PreferencesOwner } from "@regulars/core/notifications/preference-store";
import {
  ALL_KINDS,
  type Compulsion,
  type NotificationPreferences,
  type PreferencesChange,
  type Stamp,
  EQUAL_ENDS,
  noPreferences,
} from "@regulars/core/notifications/preferences";
import { messageKinds } from "@regulars/core/notifications/route";
import { ContentionError } from "@regulars/core/platform/contention-error";
import { cutText } from "@regulars/core/platform/cut-text";
import type { ItemError } from "@regulars/core/platform/field-error";
import type { CompanionWritesOf } from "@regulars/core/platform/idempotency";
import { nearestName } from "@regulars/core/platform/nearest-name";
import { type Result, ok } from "@regulars/core/platform/result";
import type { Instant, UserId } from "@regulars/core/platform/values";

/** Who changes preferences: "user:anna", "key:k1", "command", "unsubscribe-link", "preferences-link", "slack". */
interface Change {
  readonly store: { readonly preferences: PreferenceStore };
  readonly by: string;
  readonly reason?: string | undefined;
  readonly now: Instant;
  /** Checks the kinds that are named; without one, any kind is taken. */
  readonly catalog?: InsightCatalog | undefined;
  /** Whether a channel is one of the tenant's Slack workspace; without one, any is taken. */
  readonly isOurChannel?: ((channel: string) => Promise<boolean>) | undefined;
  readonly companionOf?: CompanionWritesOf<NotificationPreferences> | undefined;
  /** Whether they are still those that the change was made from; without it, what it does not name stays as it is. */
  readonly isStill?: ((before: NotificationPreferences) => boolean) | undefined;
}

interface UserChange extends Change {
  readonly userId: UserId;
  readonly patch: PreferencesChange;
}

/** A change of a user's preferences, or of the tenant's. */
export interface PreferencesAsked extends Change {
  /** The user's choices, or the tenant's defaults. */
  readonly patch: PreferencesChange;
  /** Of the tenant's: replaces what is compulsory. */
  readonly compulsions?: readonly Compulsion[] | undefined;
}

/** Preferences that cannot be saved, with the place of each fault; none where somebody else has changed them. */
export type RefusedPreferences = Extract<
  Result<never, "unusable-preferences" | typeof CHANGED_SINCE>,
  { ok: false }
> & {
  readonly errors: readonly ItemError[];
};
type Changed = { readonly ok: true; readonly value: NotificationPreferences } | RefusedPreferences;

/** The reason of a change of preferences that are no longer what it was made from. */
export const CHANGED_SINCE = "changed-since";

const ROUNDS = 5;

/** Changes a user's preferences: the one way, whoever does it. What does not change is not logged. */
export const changePreferences = ({ userId, ...change }: UserChange): Promise<Changed> =>
  save({ type: "user", userId }, change);

/** Changes what holds for users who have chosen nothing else, and what is compulsory for all. */
export const changeTenantPreferences = (change: PreferencesAsked): Promise<Changed> => save({ type: "tenant" }, change);

/** Preferences as they are and as a change would make them, or why it cannot be saved; nothing is saved. */
export async function tryPreferences(owner: PreferencesOwner, change: PreferencesAsked): Promise<Tried> {
  const faults = await faultsOf(change, owner);
  return faults.length > 0 ? unusable(faults) : changeOfStored(owner, change);
}

type Tried = { readonly ok: true; readonly value: TriedPreferences } | RefusedPreferences;

interface TriedPreferences extends ChangedPreferences {
  readonly before: NotificationPreferences;
}

async function changeOfStored(owner: PreferencesOwner, change: PreferencesAsked): Promise<Tried> {
  const { preferences } = change.store;
  const before = await preferences.of(owner);
  if (change.isStill?.(before) === false)
    return { ok: false, reason: CHANGED_SINCE, message: "somebody else has changed these preferences", errors: [] };
  const changed = changedPreferences(before, change.patch, stampOf(change), change.compulsions);
  const ends = await endsFault(owner, preferences, changed.after);
  return ends === undefined ? ok({ before, ...changed }) : unusable([ends]);
}

async function save(owner: PreferencesOwner, change: PreferencesAsked): Promise<Changed> {
  const { companionOf } = change;
  const { preferences } = change.store;
  const faults = await faultsOf(change, owner);
  if (faults.length > 0) return unusable(faults);
  for (let round = 0; round < ROUNDS; round += 1) {
    const tried = await changeOfStored(owner, change);
    if (!tried.ok) return tried;
    const { before, after, changes } = tried.value;
    const isSame = changes.length === 0;
    const companion = companionOf?.(isSame ? before : after);
    if (isSame && companion === undefined) return ok(before);
    const next = isSame ? { before, after: { ...before, version: before.version + 1 } } : { before, after };
    if (
      await preferences.save(owner, next, isSame ? undefined : { ...stampOf(change), changes: [...changes] }, companion)
    )
      return ok(next.after);
  }
  throw new ContentionError("these preferences keep being changed by others: try again");
}

const stampOf = ({ now, by, reason }: Change): Stamp => ({ at: now, by, ...(reason === undefined ? {} : { reason }) });

const unusable = (errors: readonly ItemError[]): RefusedPreferences => ({
  ok: false,
  reason: "unusable-preferences",
  message: errors.map(({ path, message }) => `${path}: ${message}`).join("; "),
  errors,
});

const fault = (path: string, message: string): ItemError => ({ path, code: "bad-value", message });

async function faultsOf(
  { patch, compulsions = [], catalog, isOurChannel, store }: PreferencesAsked,
  owner: PreferencesOwner,
): Promise<ItemError[]> {
  // A form sends back what it was given: that was asked when it was chosen.
  const isNew = async (channel: string) => (await store.preferences.of(owner)).choices.slackChannel !== channel;
  const sets = [
    { path: "", kinds: patch.kinds, slackChannel: patch.slackChannel },
    ...compulsions.map(({ set }, index) => ({ path: `compulsions[${index}].set.`, ...set })),
  ];
  const faults: ItemError[] = [];
  for (const { path, kinds, slackChannel } of sets) {
    if (catalog !== undefined) faults.push(...kindFaults(kinds ?? {}, catalog, path));
    if (typeof slackChannel !== "string" || isOurChannel === undefined) continue;
    if ((path !== "" || (await isNew(slackChannel))) && !(await isOurChannel(slackChannel)))
      faults.push(
        fault(
          `${path}slackChannel`,
          `${slackChannel} is no channel of this company's Slack workspace that Regulars sees: invite Regulars to one of its channels, and give that one's id`,
        ),
      );
  }
  return faults;
}

function kindFaults(
  kinds: Exclude<PreferencesChange["kinds"], undefined>,
  catalog: InsightCatalog,
  path: string,
): ItemError[] {
  const known = [ALL_KINDS, ...messageKinds, ...catalog.kinds.map(({ id }) => id)];
  return Object.entries(kinds).flatMap(([kind, levels]) => {
    const place = `${path}kinds.${cutText(kind, 64)}`;
    if (messageKinds.some((one) => one === kind) && Object.values(levels).includes("digest"))
      return [fault(place, "is in no digest: at-once or off")];
    if (known.includes(kind) || catalog.kindOf(kind) !== undefined) return [];
    return [fault(place, `is no kind; is ${nearestName(kind, known)} meant? The kinds are ${known.join(", ")}`)];
  });
}

/** Quiet hours whose ends come from a user and their tenant may be equal as well. */
async function endsFault(
  owner: PreferencesOwner,
  preferences: PreferenceStore,
  after: NotificationPreferences,
): Promise<ItemError | undefined> {
  const defaults = owner.type === "tenant" ? after : await preferences.of({ type: "tenant" });
  const own = owner.type === "tenant" ? noPreferences : after;
  const { quietFrom, quietUntil } = effectivePreferences({ tenant: { timeZone: "UTC", locale: "en" }, defaults, own });
  return quietFrom.value === quietUntil.value ? fault("quietUntil", EQUAL_ENDS) : undefined;
}
