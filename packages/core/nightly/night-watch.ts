import * as z from "zod";
import type { CustomerSnapshot } from "../insights/customer-snapshot.ts";
import { UnreadableRowError } from "../platform/unreadable-row.ts";
import type { User } from "../access/user.ts";
import type { MonitorId } from "../platform/ids.ts";
import type { Day, DayNumber, UserId } from "../platform/values.ts";
import type { StoredFinding } from "../insights/stored-finding.ts";
import type { HeldStatus } from "../snapshots/status-values.ts";

/** What a nightly run has read before its watch is opened. */
export interface KnownOfNight {
  readonly users: ReadonlyMap<UserId, User>;
  /** Whether a webhook is informed of changes. */
  readonly isEventWanted: boolean;
  /** The day of the last completed nightly run. */
  readonly lastNight: Day | undefined;
  /** The last day that runs have evaluated statuses for. */
  readonly watchedOn: Day | undefined;
  /** What everybody was evaluated with in that run, with nothing left to regenerate; as `NightWatch` says it. */
  readonly watchedWith?: string | undefined;
}

/** Opens the watch of a nightly run; `undefined` when there is nothing to watch for. */
export type OpenNightWatch = (known: KnownOfNight) => Promise<NightWatch | undefined>;

/** A customer's data cannot be evaluated: they are set aside, and what is stored of them stays. */
export class CustomerFault extends Error {}

/** Reads a part of a customer's data. One that cannot be read is a fault of the data; an outage is none. */
export async function orCustomerFault<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof UnreadableRowError) throw new CustomerFault(error.message, { cause: error });
    if (!(error instanceof z.ZodError)) throw error;
    throw new CustomerFault(`a stored part cannot be read: ${z.prettifyError(error)}`, { cause: error });
  }
}

/** Whoever wants to see every customer of a nightly run, with the findings of the day, without reading them again. */
export interface NightWatch {
  /**
   * Returns the statuses that hold: kinds that read statuses are evaluated with them. Rejects with a `CustomerFault` if the
   * customer's data cannot be evaluated.
   */
  readonly see: (
    snapshot: CustomerSnapshot,
    findings: readonly Pick<StoredFinding, "kind" | "subject" | "level" | "state">[],
  ) => Promise<readonly HeldStatus[]>;
  /** After the last customer of a shard, where it is read alone. */
  readonly endShard: (shard: number) => Promise<void>;
  /** What everybody was evaluated with; `undefined` when it was changed between two customers. */
  readonly watchedWith: () => string | undefined;
  /** After the last customer of all, unless the run failed. */
  readonly end: () => Promise<void>;
  /** What was seen so far, with what is to be saved of a shard, for the process that continues. */
  readonly state: (shard: number) => WatchState;
  /**
   * Adds what was seen of other customers, of one shard or of several that have ended. Without a state nothing was
   * watched for when they were read.
   */
  readonly join: (state: WatchState | undefined, shard?: number) => void;
}

/** What customers were evaluated with. */
export interface EvaluatedWith {
  /** All of it in one text, another one after every change; none when it was changed between them. */
  readonly book: string | undefined;
  /** The version of the criteria of each monitor that was the same for all of them. */
  readonly versions: ReadonlyMap<MonitorId, number>;
}

/** What a watch has seen: of the shard that it is at, and the counts by monitor. */
export interface WatchState {
  readonly shard:
    | {
        readonly entries: ReadonlyMap<
          number,
          {
            readonly check: number;
            readonly nextChangeOn?: DayNumber | undefined;
            readonly owners?: ReadonlySet<number> | undefined;
          }
        >;
        readonly failed: ReadonlySet<string>;
        readonly isNew: boolean;
        /** What all of them were settled with; empty when it was changed between them. */
        readonly book: string;
        /** The names of the monitors that all of them were settled for, by id. */
        readonly settled: ReadonlyMap<string, MonitorId | number>;
      }
    | undefined;
  readonly customers: number;
  readonly matches: ReadonlyMap<string, number>;
  readonly failures: ReadonlyMap<string, string>;
  /** None before the first customer. */
  readonly evaluatedWith: EvaluatedWith | undefined;
}
