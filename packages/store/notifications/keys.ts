import { keyOfId } from "@regulars/core/platform/id-text";
import type { UserId } from "@regulars/core/platform/values";
import { type Key, type InFamily, keyOfLongId } from "../engine/key.ts";

export const notificationsKeys = (inFamily: InFamily) => ({
  notifications: (): string => inFamily("OUT"),
  notification: (id: string): Key => ({ pk: inFamily("OUT"), sk: keyOfLongId(id) }),
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
  /** GSI2: a tenant's notifications by when they are due. */
  due: (): string => inFamily("DUE"),
  /** GSI2: notifications on hold, by the day of the nightly run that ran without sending. */
  held: (): string => inFamily("HELD"),
  /** Preferences: the tenant's, and those of each user who has chosen something. */
  notificationPreferences: (): string => inFamily("PREF"),
  tenantPreferences: (): Key => ({ pk: inFamily("PREF"), sk: "TENANT" }),
  userPreferences: (userId: UserId): Key => ({ pk: inFamily("PREF"), sk: `USER#${keyOfId(userId)}` }),
  /** Changes of preferences, by when they were made. */
  tenantPreferencesLog: (): string => inFamily("PREFLOG"),
  userPreferencesLog: (userId: UserId): string => inFamily(`PREFLOG#${keyOfId(userId)}`),
});
