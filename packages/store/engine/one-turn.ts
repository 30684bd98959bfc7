import type { Table } from "./table.ts";

interface Gathered<T> {
  readonly served: Promise<T>;
  callers: number;
}

/** A caller's place among those who were served together, from 0 on. */
export interface Shared<T> {
  readonly result: T;
  readonly place: number;
  readonly callers: number;
}

/**
 * Callers who ask a table for the same in one turn of the event loop are served by one call, which begins after the last
 * of them has asked: under load many requests arrive in a turn, and one that comes alone waits for nothing.
 */
export class OneTurn<T> {
  readonly #ofTables = new WeakMap<Table, Map<string, Gathered<T>>>();

  /** Rejects for all as `serve` does; it is told how many they are. */
  async join(table: Table, name: string, serve: (callers: number) => Promise<T>): Promise<Shared<T>> {
    const gathered = this.#gatheredOf(table);
    const mine = gathered.get(name) ?? begin(gathered, name, serve);
    const place = mine.callers;
    mine.callers += 1;
    return { result: await mine.served, place, callers: mine.callers };
  }

  #gatheredOf(table: Table): Map<string, Gathered<T>> {
    const known = this.#ofTables.get(table) ?? new Map<string, Gathered<T>>();
    this.#ofTables.set(table, known);
    return known;
  }
}

function begin<T>(
  gathered: Map<string, Gathered<T>>,
  name: string,
  serve: (callers: number) => Promise<T>,
): Gathered<T> {
  const started: Gathered<T> = {
    callers: 0,
    served: new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      gathered.delete(name);
      return serve(started.callers);
    }),
  };
  gathered.set(name, started);
  return started;
}
