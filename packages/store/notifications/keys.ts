import { fnv1a } from "@regulars/core/platform/hash";
import { keyOfId } from "@regulars/core/platform/id-text";
import type { UserId } from "@regulars/core/platform/values";
import { type FamilyFates, type Key, type InFamily, keyOfLongId } from "../engine/key.ts";

/**
 * Messages of a tenant, and their places in the index, are spread by their ids over this many partitions: each takes a
 * thousand write units a second, and a message with its claim and its end may cost thirty.
 */
const OUTBOX_PARTITIONS = 4;
export const outboxPartitions: readonly number[] = Array.from({ length: OUTBOX_PARTITIONS }, (_, part) => part);
export const outboxPartitionOf = (id: string): number => fnv1a(id) % OUTBOX_PARTITIONS;

export const notificationsKeys = (inFamily: InFamily) => ({
  notifications: (partition: number): string => inFamily(`OUT#${partition}`),
  notification: (id: string): Key => ({ pk: inFamily(`OUT#${outboxPartitionOf(id)}`), sk: keyOfLongId(id) }),
  /**
   * The notification log: small rows by due time that name the notifications, so that a page of the log reads a page of
   * rows.
   */
  notificationLog: (): string => inFamily("OUTLOG"),
  notificationLogRow: (place: string): Key => ({ pk: inFamily("OUTLOG"), sk: keyOfLongId(place) }),
  groupOptOuts: (): string => inFamily("GROUPOUT"),
  groupOptOut: (addressHash: string): Key => ({ pk: inFamily("GROUPOUT"), sk: keyOfId(addressHash) }),
  /** Addresses that mails came back from. */
  mailAddresses: (): string => inFamily("MAILADDR"),
  mailAddress: (address: string): Key => ({ pk: inFamily("MAILADDR"), sk: keyOfLongId(address) }),
  /** GSI2: notifications that failed for good. */
  givenUp: (): string => inFamily("GIVENUP"),
  /** GSI2: a tenant's notifications by when they are due, those of each partition. */
  due: (partition: number): string => inFamily(`DUE#${partition}`),
  dueOf: (id: string): string => inFamily(`DUE#${outboxPartitionOf(id)}`),
  /** GSI2: notifications on hold, by the day of the nightly run that ran without sending. */
  held: (): string => inFamily("HELD"),
  /** Preferences: the tenant's, and those of each user who has chosen something. */
  notificationPreferences: (): string => inFamily("PREF"),
  tenantPreferences: (): Key => ({ pk: inFamily("PREF"), sk: "TENANT" }),
  userPreferences: (userId: UserId): Key => ({ pk: inFamily("PREF"), sk: `USER#${keyOfId(userId)}` }),
  /** Whose preferences or zones have changed since what waits for them was looked at. */
  preferencesToFollow: (): string => inFamily("PREF#FOLLOW"),
  tenantToFollow: (): Key => ({ pk: inFamily("PREF#FOLLOW"), sk: "TENANT" }),
  userToFollow: (userId: UserId): Key => ({ pk: inFamily("PREF#FOLLOW"), sk: `USER#${keyOfId(userId)}` }),
  /** Changes of preferences, by when they were made. */
  tenantPreferencesLog: (): string => inFamily("PREFLOG"),
  userPreferencesLog: (userId: UserId): string => inFamily(`PREFLOG#${keyOfId(userId)}`),
});

export const notificationsFates = {
  GROUPOUT: "kept",
  PREF: "kept",
  PREFLOG: "kept",
  OUTLOG: { kind: "notification log", fate: "kept" },
  MAILADDR: { kind: "addresses that mails came back from", fate: "gone" },
} as const satisfies FamilyFates;
