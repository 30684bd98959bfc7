import * as z from "zod";
import { type ReadItem, failedItem } from "../platform/field-error.ts";
import { schemaErrors } from "../platform/schema-errors.ts";
import { monitorChangeSchema, newMonitorSchema } from "./status-monitor.ts";

/** Monitors whose criteria are read apart, with the place of each mistake. */
export const givenMonitorSchema = newMonitorSchema.extend({ criteria: z.unknown().optional() });
const givenChangeSchema = monitorChangeSchema.extend({ criteria: z.unknown().optional() });
export type GivenMonitor = Readonly<z.output<typeof givenMonitorSchema>>;
export type GivenChange = Readonly<z.output<typeof givenChangeSchema>>;

export const readGivenMonitor = (given: unknown): ReadItem<GivenMonitor> => readAs(givenMonitorSchema, given);
export const readGivenChange = (given: unknown): ReadItem<GivenChange> => readAs(givenChangeSchema, given);

function readAs<T>(schema: z.ZodType<T>, given: unknown): ReadItem<T> {
  const read = schema.safeParse(given);
  return read.success ? { ok: true, value: read.data } : failedItem(schemaErrors(read.error.issues, given));
}
