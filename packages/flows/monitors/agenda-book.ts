import { type Agenda, type AgendaEntry, type AgendaNote, agendaName, noteOf } from "@regulars/core/monitors/agenda";
import type { MonitorBooks } from "@regulars/core/monitors/monitor-books";
import { type SettledName, settledName } from "@regulars/core/monitors/status-monitor";
import type { StatusStore } from "@regulars/core/monitors/status-store";
import type { WatchState } from "@regulars/core/nightly/night-watch";
import type { CustomerId, Day } from "@regulars/core/platform/values";

type Agendas = Pick<StatusStore, "agendaOf" | "saveAgenda" | "shardOf">;

/** Where an entry comes from. */
interface Seen {
  /** The agenda or the stored values say all of it already. */
  readonly isKnown: boolean;
  /** Monitors that failed: they are not settled. */
  readonly failed?: Iterable<string>;
}

type SeenShard = NonNullable<WatchState["shard"]>;

type Settled = Pick<SeenShard, "book" | "settled">;

/** What an evaluation finds of a shard, as it goes on. */
interface Seeing extends Settled {
  readonly entries: Map<number, AgendaEntry>;
  readonly failed: Set<string>;
  isNew: boolean;
}

/** What both customers were settled with: nobody's agenda has a book without a name, so that all of them are due. */
const inBoth = (these: Settled, those: Settled): Settled => ({
  book: these.book === those.book ? these.book : "",
  settled: new Map([...these.settled].filter(([statusId]) => those.settled.has(statusId))),
});

/** The agendas of a tenant's shards, as they were, and what an evaluation of whole shards makes of them. */
export class AgendaBook {
  readonly #store: Agendas;
  readonly #books: Pick<MonitorBooks, "stamp" | "monitors">;
  readonly #known = new Map<number, Promise<Agenda | undefined>>();
  readonly #seen = new Map<number, Seeing>();
  readonly #settled: ReadonlyMap<string, SettledName>;

  constructor(store: Agendas, books: Pick<MonitorBooks, "stamp" | "monitors">) {
    this.#store = store;
    this.#books = books;
    this.#settled = new Map([...books.monitors].map(([statusId, monitor]) => [statusId, settledName(monitor)]));
  }

  /** Those of all shards, for an evaluation of everybody. */
  know(shards: readonly number[], stored: ReadonlyMap<number, Agenda>): void {
    for (const shard of shards) this.#known.set(shard, Promise.resolve(stored.get(shard)));
  }

  async of(customerId: CustomerId): Promise<AgendaNote | undefined> {
    const shard = this.#store.shardOf(customerId);
    const known = this.#known.get(shard) ?? this.#store.agendaOf(shard);
    this.#known.set(shard, known);
    return noteOf(await known, customerId);
  }

  note(customerId: CustomerId, { check, nextChangeOn, owners }: AgendaEntry, { isKnown, failed = [] }: Seen): void {
    const shard = this.#store.shardOf(customerId);
    const own = { book: this.#books.stamp, settled: this.#settled };
    const before = this.#seen.get(shard) ?? { ...own, entries: new Map(), failed: new Set<string>(), isNew: false };
    const seen = before.book === own.book ? before : { ...before, ...inBoth(before, own) };
    this.#seen.set(shard, seen);
    seen.entries.set(agendaName(customerId), { check, nextChangeOn, owners });
    for (const statusId of failed) seen.failed.add(statusId);
    if (!isKnown) seen.isNew = true;
  }

  /** What was found so far of a shard's customers. */
  state(shard: number): WatchState["shard"] {
    return this.#seen.get(shard);
  }

  /** Adds what another part of the run found of a shard's customers. */
  join(shard: number, state: SeenShard): void {
    const seen = this.#seen.get(shard) ?? { ...state, entries: new Map(), failed: new Set(), isNew: false };
    this.#seen.set(shard, {
      ...inBoth(state, seen),
      entries: new Map([...state.entries, ...seen.entries]),
      failed: new Set([...state.failed, ...seen.failed]),
      isNew: state.isNew || seen.isNew,
    });
  }

  /** Saves what was found of a shard's customers, all of whom were seen, unless nothing of it is new. */
  async save(shard: number, settledOn: Day): Promise<void> {
    const seen = this.#seen.get(shard);
    if (seen === undefined || !seen.isNew) return;
    const { book, entries, failed } = seen;
    const settled = [...seen.settled].flatMap(([statusId, name]) => (failed.has(statusId) ? [] : [name]));
    await this.#store.saveAgenda({ shard, settledOn, book, settled, entries });
  }
}
