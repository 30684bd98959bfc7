import type { MonitorId } from "../platform/ids.ts";
import type { CustomerId, Day, Instant } from "../platform/values.ts";
import type { StatusValues, StoredStatuses } from "../snapshots/status-values.ts";
import type { Agenda } from "./agenda.ts";
import type { StatusTurn } from "./evaluate-customer.ts";
import type { Regeneration } from "./regeneration.ts";
import type { StatusLogEntry } from "./status-log.ts";

/** The values of statuses, what became of them, and how far a regeneration is. */
export interface StatusStore {
  readonly statusesOf: (customerId: CustomerId) => Promise<StoredStatuses>;
  /**
   * Saves the values with their log and events in one transaction; `false` when somebody else has saved since
   * `revision` was read. `isPublished`: a webhook wants events.
   */
  readonly saveStatuses: (saved: {
    readonly customerId: CustomerId;
    readonly values: StatusValues;
    readonly revision: number;
    readonly turns: readonly StatusTurn[];
    readonly at: Instant;
    readonly isPublished: boolean;
  }) => Promise<boolean>;
  /** A customer's log, oldest first; that of a day only, with one. */
  readonly statusLog: (customerId: CustomerId, on?: Day) => AsyncIterable<StatusLogEntry>;
  /** When the customers of a shard are to be looked at again. */
  readonly agendaOf: (shard: number) => Promise<Agenda | undefined>;
  readonly saveAgenda: (agenda: Agenda) => Promise<void>;
  readonly shardOf: (customerId: CustomerId) => number;
  /** `isFresh`: with what was saved just now, which costs twice. */
  readonly regenerations: (isFresh?: boolean) => Promise<ReadonlyMap<MonitorId, Regeneration>>;
  readonly regeneration: (statusId: MonitorId) => Promise<Regeneration | undefined>;
  /** What is stored then; `false` when somebody else has saved one since `before` was read. */
  readonly saveRegeneration: (next: Regeneration, before: Regeneration | undefined) => Promise<Regeneration | false>;
}
