import type { Table } from "@regulars/store/engine/table";
import * as z from "zod";

const capacity = z.object({ CapacityUnits: z.number().optional() });
const outputSchema = z.object({ ConsumedCapacity: z.union([capacity, z.array(capacity)]).optional() });

/** Counts the calls of a database, and the units that they take. */
export interface CountedCalls {
  readonly of: (work: () => Promise<unknown>) => Promise<{ readonly count: number; readonly units: number }>;
  readonly stop: () => void;
}

export function countCalls(table: Table): CountedCalls {
  let [count, units] = [0, 0];
  const name = "countCalls";
  table.raw.middlewareStack.add(
    (next) => async (args) => {
      count += 1;
      const result = await next(args);
      const output = outputSchema.safeParse(result.output);
      const given = output.success ? (output.data.ConsumedCapacity ?? []) : [];
      for (const { CapacityUnits = 0 } of Array.isArray(given) ? given : [given]) units += CapacityUnits;
      return result;
    },
    { step: "initialize", name },
  );
  return {
    of: async (work) => {
      [count, units] = [0, 0];
      await work();
      return { count, units };
    },
    stop: () => void table.raw.middlewareStack.remove(name),
  };
}
