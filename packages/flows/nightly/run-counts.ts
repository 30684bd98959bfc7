/** How many customers a kind applies to, how many findings it made, and how many of these are new. */
export interface KindCount {
  readonly eligible: number;
  readonly found: number;
  readonly added: number;
}

interface Counts {
  readonly customers: number;
  readonly added: number;
  readonly ongoing: number;
  readonly resolved: number;
  readonly kinds: readonly (readonly [kind: string, count: KindCount])[];
}

/** The counts as they are kept for the part that continues. */
export type RunCountsState = Counts;

/** What a nightly run counts of the customers that it has evaluated. */
export class RunCounts {
  customers = 0;
  added = 0;
  ongoing = 0;
  resolved = 0;
  readonly kinds = new Map<string, { eligible: number; found: number; added: number }>();

  constructor(kinds: readonly { readonly id: string }[]) {
    for (const { id } of kinds) this.kinds.set(id, { eligible: 0, found: 0, added: 0 });
  }

  add(kind: string, what: keyof KindCount): void {
    const count = this.kinds.get(kind);
    if (count !== undefined) count[what] += 1;
  }

  state(): RunCountsState {
    const { customers, added, ongoing, resolved, kinds } = this;
    return { customers, added, ongoing, resolved, kinds: [...kinds] };
  }

  /** Adds what was counted of other customers. */
  join({ customers, added, ongoing, resolved, kinds }: RunCountsState): void {
    this.customers += customers;
    this.added += added;
    this.ongoing += ongoing;
    this.resolved += resolved;
    for (const [kind, counted] of kinds) {
      const count = this.kinds.get(kind);
      if (count === undefined) continue;
      count.eligible += counted.eligible;
      count.found += counted.found;
      count.added += counted.added;
    }
  }
}
