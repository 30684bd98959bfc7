import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import type { CompanionWrites } from "../platform/idempotency.ts";
import { type UserId, instantSchema } from "../platform/values.ts";
import type { NotificationPreferences } from "./preferences.ts";

/** Whose preferences: a user's own, or the tenant's for everybody. */
export type PreferencesOwner = { readonly type: "tenant" } | { readonly type: "user"; readonly userId: UserId };

/** One change of preferences: who set what, when; null where something else decides. */
export const preferencesEntrySchema = z.object({
  at: instantSchema,
  /** "user:anna", "key:k1", "command", "unsubscribe-link", "preferences-link", "slack". */
  by: z.string(),
  reason: z.string().optional(),
  changes: z.array(z.object({ preference: z.string(), from: z.unknown(), to: z.unknown() })),
});
export type PreferencesEntry = Immutable<z.output<typeof preferencesEntrySchema>>;

/** A page of the log, newest first. `next` is the `before` of the following page. */
export interface PreferencesLogPage {
  readonly entries: readonly PreferencesEntry[];
  readonly next?: string | undefined;
}

/** The preferences of everybody, read at once. */
export interface AllPreferences {
  readonly tenant: NotificationPreferences;
  readonly users: ReadonlyMap<UserId, NotificationPreferences>;
}

/** A change that what waits has not followed yet: stored with the change, gone once it was followed. */
interface ToFollow {
  readonly owner: PreferencesOwner;
  /** Of this change: a later one has another. */
  readonly token: string;
}

/** The notification preferences of one tenant and its users. */
export interface PreferenceStore {
  /** Those of nobody who has chosen anything have version 0. */
  readonly of: (owner: PreferencesOwner) => Promise<NotificationPreferences>;
  readonly all: () => Promise<AllPreferences>;
  /** Saves a change with its log entry, all or nothing; `false` when somebody else has changed them since. */
  readonly save: (
    owner: PreferencesOwner,
    changed: { readonly before: NotificationPreferences; readonly after: NotificationPreferences },
    entry: PreferencesEntry | undefined,
    companion?: CompanionWrites,
  ) => Promise<boolean>;
  readonly changes: (
    owner: PreferencesOwner,
    page: { readonly limit: number; readonly before?: string | undefined },
  ) => Promise<PreferencesLogPage>;
  /** Whose preferences or zones have changed since what waits was looked at. */
  readonly toFollow: () => Promise<readonly ToFollow[]>;
  /** Notes that what waits has followed a change; a later one stays. */
  readonly followed: (change: ToFollow) => Promise<void>;
}
