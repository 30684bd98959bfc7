import { fnv1a } from "../platform/hash.ts";
import type { MonitorId } from "../platform/ids.ts";
import { addDays } from "../platform/period.ts";
import { type CustomerId, type Day, type DayNumber, toDay } from "../platform/values.ts";
import type { StatusValues } from "../snapshots/status-values.ts";
import type { FormerStatuses } from "./held-status.ts";
import { settledIn } from "./settled-names.ts";
import { type SettledName, type StatusMonitor, settledName } from "./status-monitor.ts";

/** When a customer is to be looked at again. */
export interface AgendaEntry {
  /**
   * Checksum of what they were settled by (`agendaCheck`): another one means that their data or stored values have
   * changed.
   */
  readonly check: number;
  /** The next day on which one of their statuses turns by time alone. */
  readonly nextChangeOn?: DayNumber | undefined;
  /** The persons and projects that were settled there, see `ownerName`; also those who have left. */
  readonly owners?: ReadonlySet<number> | undefined;
}

/**
 * What the last evaluation of a shard found, customers with nothing to store included: a night skips them until their
 * day comes (docs/reference/monitors.md 6).
 */
export interface Agenda {
  readonly shard: number;
  readonly settledOn: Day;
  /** The monitors and settings that they were settled with. */
  readonly book: string;
  /** The monitors that were settled, by number; those without one by id. */
  readonly settled: readonly SettledName[];
  /** By `agendaName` of the customer. */
  readonly entries: ReadonlyMap<number, AgendaEntry>;
}

/** What an agenda says of one customer. */
export interface AgendaNote extends Pick<Agenda, "settledOn" | "book" | "settled">, AgendaEntry {}

const SIXTEEN_BITS = 0x10000;

/** A short name of a customer for the agenda: a hash of 48 bits. */
export const agendaName = (customerId: CustomerId): number =>
  fnv1a(customerId) * SIXTEEN_BITS + (fnv1a(`~${customerId}`) % SIXTEEN_BITS);

/** A checksum of what a customer is settled by: a hash of their data, and the revision of the stored values. */
export const agendaCheck = (basis: string, revision: number): number => fnv1a(`${basis} ${revision}`);

export function noteOf(agenda: Agenda | undefined, customerId: CustomerId): AgendaNote | undefined {
  const entry = agenda?.entries.get(agendaName(customerId));
  if (agenda === undefined || entry === undefined) return undefined;
  const { settledOn, book, settled } = agenda;
  const { check, nextChangeOn, owners } = entry;
  return { settledOn, book, settled, check, nextChangeOn, owners };
}

/** Whether a note says that there is nothing to look at yet. */
export const isCoveredBy = (
  note: AgendaNote,
  { check, book, asOf }: { readonly check: number; readonly book: string; readonly asOf: Day },
): boolean =>
  note.check === check &&
  note.book === book &&
  isKnownOn(note, asOf) &&
  (note.nextChangeOn === undefined || toDay(note.nextChangeOn) > asOf);

/** A note of a day long after `asOf` is ignored: a nightly run was put back. */
const isKnownOn = ({ settledOn }: AgendaNote, asOf: Day): boolean =>
  settledOn <= asOf || settledOn === addDays(asOf, 1);

type Resumed = ReadonlyMap<MonitorId, Pick<StatusMonitor, "statusId" | "number" | "resumedIn" | "settledUntil">>;

/**
 * The stored values with what the agenda adds: what was settled later, or had nothing to store. Values from before a
 * monitor was paused or deleted say, once it is back, only who had the status then.
 */
export function withNote(
  before: StatusValues | undefined,
  note: AgendaNote | undefined,
  { asOf, monitors }: { readonly asOf: Day; readonly monitors: Resumed },
): FormerStatuses | undefined {
  const known = note === undefined || !isKnownOn(note, asOf) ? undefined : note;
  const settledBy = ({ settled }: Pick<Agenda, "settled">): readonly MonitorId[] => {
    const names = new Set(settled);
    return [...monitors.values()].flatMap((monitor) =>
      // An earlier version named all by their ids.
      names.has(settledName(monitor)) || (monitor.resumedIn === undefined && names.has(monitor.statusId))
        ? [monitor.statusId]
        : [],
    );
  };
  if (before === undefined) {
    if (known === undefined) return undefined;
    const { settledOn } = known;
    return { held: [], settledOn, settled: [...settledBy(known)], book: "", basis: "", owners: known.owners };
  }
  const formerly = { ...before, settled: settledIn(before.settled) };
  const settled = new Set([...settledBy(formerly), ...(known === undefined ? [] : settledBy(known))]);
  const settledOn = known === undefined || before.settledOn > known.settledOn ? before.settledOn : known.settledOn;
  return {
    ...before,
    settledOn,
    settled: [...settled],
    owners: known?.owners,
    settledUntil: new Map(
      [...monitors].flatMap(([statusId, { settledUntil }]) =>
        settledUntil === undefined || settled.has(statusId) ? [] : [[statusId, settledUntil]],
      ),
    ),
  };
}
