import type { KnownOfNight, NightWatch } from "@regulars/core/nightly/night-watch";
import type { Day } from "@regulars/core/platform/values";
import { settleCustomer } from "./evaluate-customer.ts";
import { RegenerationCount } from "./regeneration-count.ts";
import { type StatusContextInput, statusContext } from "./status-context.ts";

/**
 * Settles the statuses of the customers that a nightly run reads; a run that has seen all of them has regenerated every
 * monitor. `undefined` when there is nothing to evaluate. `isOfOneShard`: the run reads one shard, so only its agenda
 * is read. `known`: what the run has read already.
 */
export async function openNightWatch(
  input: StatusContextInput,
  asOf: Day,
  { isOfOneShard = false, known }: { readonly isOfOneShard?: boolean; readonly known?: KnownOfNight } = {},
): Promise<NightWatch | undefined> {
  const context = await statusContext({ ...input, known, isOfEverybody: !isOfOneShard });
  if (context === undefined) return undefined;
  const { agenda } = context;
  const count = new RegenerationCount(context);
  return {
    see: async (snapshot, findings) => {
      const settled = await settleCustomer(context, snapshot, findings, asOf, { onlyDue: true });
      count.add(settled);
      return settled.held.filter(({ statusId }) => context.books.monitors.has(statusId));
    },
    watchedWith: () => count.evaluatedWith().book,
    endShard: (shard) => agenda.save(shard, asOf),
    end: async () => {
      for (const shard of input.store.nightly.shards) await agenda.save(shard, asOf);
      await count.finish();
    },
    state: (shard) => ({ shard: agenda.state(shard), ...count.state() }),
    join: (state, shard) => {
      count.join(state);
      if (shard !== undefined && state?.shard !== undefined) agenda.join(shard, state.shard);
    },
  };
}
