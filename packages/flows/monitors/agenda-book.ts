import { type Agenda, type AgendaEntry, type AgendaNote, agendaName, noteOf } from "@regulars/core/monitors/agenda";
import type { MonitorBooks } from "@regulars/core/monitors/monitor-books";
import { settledName } from "@regulars/core/monitors/status-monitor";
import type { StatusStore } from "@regulars/core/monitors/status-store";
import type { WatchState } from "@regulars/core/nightly/night-watch";
import type { CustomerId, Day } from "@regulars/core/platform/values";

type Agendas = Pick<StatusStore, "agendas" | "agendaOf" | "saveAgenda" | "shardOf">;

/** Where an entry comes from. */
interface Seen {
  /** The agenda or the stored values say all of it already. */
  readonly isKnown: boolean;
  /** Monitors that failed: they are not settled. */
  readonly failed?: Iterable<string>;
}

/** The agendas of a tenant's shards, as they were, and what an evaluation of whole shards makes of them. */
export class AgendaBook {
  readonly #store: Agendas;
  readonly #books: Pick<MonitorBooks, "stamp" | "monitors">;
  readonly #known = new Map<number, Promise<Agenda | undefined>>();
  readonly #seen = new Map<number, { entries: Map<number, AgendaEntry>; failed: Set<string>; isNew: boolean }>();

  constructor(store: Agendas, books: Pick<MonitorBooks, "stamp" | "monitors">) {
    this.#store = store;
    this.#books = books;
  }

  /** Reads those of all shards at once, for an evaluation of everybody. */
  async loadAll(shards: readonly number[]): Promise<void> {
    const stored = await this.#store.agendas();
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
    const seen = this.#seen.get(shard) ?? { entries: new Map(), failed: new Set(), isNew: false };
    this.#seen.set(shard, seen);
    seen.entries.set(agendaName(customerId), { check, nextChangeOn, owners });
    for (const statusId of failed) seen.failed.add(statusId);
    seen.isNew ||= !isKnown;
  }

  /** What was found so far of a shard's customers. */
  state(shard: number): WatchState["shard"] {
    return this.#seen.get(shard);
  }

  /** Adds what another part of the run found of a shard's customers. */
  join(shard: number, { entries, failed, isNew }: NonNullable<WatchState["shard"]>): void {
    const seen = this.#seen.get(shard) ?? { entries: new Map(), failed: new Set(), isNew: false };
    this.#seen.set(shard, {
      entries: new Map([...entries, ...seen.entries]),
      failed: new Set([...failed, ...seen.failed]),
      isNew: isNew || seen.isNew,
    });
  }

  /** Saves what was found of a shard's customers, all of whom were seen, unless nothing of it is new. */
  async save(shard: number, settledOn: Day): Promise<void> {
    const seen = this.#seen.get(shard);
    if (seen === undefined || !seen.isNew) return;
    const { stamp: book, monitors } = this.#books;
    const settled = [...monitors.values()].filter(({ statusId }) => !seen.failed.has(statusId)).map(settledName);
    await this.#store.saveAgenda({ shard, settledOn, book, settled, entries: seen.entries });
  }
}
