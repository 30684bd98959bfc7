import type { Key, InFamily } from "../engine/key.ts";

export const notificationsKeys = (inFamily: InFamily) => ({
  notifications: (): string => inFamily("OUT"),
  notification: (id: string): Key => ({ pk: inFamily("OUT"), sk: id }),
  /** Notifications by when they were due: small rows that name them, so that a page of the log reads a page. */
  notificationLog: (): string => inFamily("OUTLOG"),
  notificationLogRow: (place: string): Key => ({ pk: inFamily("OUTLOG"), sk: place }),
  /** GSI2: notifications that were given up. */
  givenUp: (): string => inFamily("GIVENUP"),
  /** GSI2: a tenant's notifications by when they are due. */
  due: (): string => inFamily("DUE"),
  /** GSI2: notifications that a nightly run without sending kept back, by its day. */
  held: (): string => inFamily("HELD"),
});
