import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { isRecord } from "../platform/is-record.ts";
import { type Instant, instantSchema } from "../platform/values.ts";

/** Who changes something and when: "user:anna", "key:k1", "import", "deliveries", or "operator" at the command line. */
export interface ChangeStamp {
  readonly at: Instant;
  readonly by: string;
}

/** What has a log of its changes: the tenant's settings, its people, its API keys, its webhooks. */
export const changeLogs = ["settings", "users", "keys", "webhooks"] as const;
export type ChangeLogName = (typeof changeLogs)[number];

/**
 * One change: each setting with its old and its new value; null where it has the usual one, or none. `of` names the one
 * that was changed, where there are many: the id of a user, an API key or a webhook.
 */
export const changeEntrySchema = z.object({
  at: instantSchema,
  by: z.string(),
  of: z.string().optional(),
  changes: z.array(z.object({ setting: z.string(), from: z.unknown(), to: z.unknown() })),
});
export type ChangeEntry = Immutable<z.output<typeof changeEntrySchema>>;

/** A stored change with its place in the log. */
export interface PlacedEntry extends ChangeEntry {
  readonly place: string;
}

/** What everything that a log is about has, as long as it is there. */
const ALWAYS: Readonly<Record<ChangeLogName, string | undefined>> = {
  settings: undefined,
  users: "name",
  keys: "name",
  webhooks: "url",
};

/** Whether an entry tells of something that came or went, with all that it has; else of some that was changed. */
export function wholeChange(
  log: ChangeLogName,
  { changes }: Pick<ChangeEntry, "changes">,
): "added" | "removed" | undefined {
  const always = changes.find(({ setting }) => setting === ALWAYS[log]);
  if (always === undefined) return undefined;
  return always.from === null ? "added" : always.to === null ? "removed" : undefined;
}

/** The changes of one log, newest first. */
export interface ChangeLog {
  readonly page: (request: {
    readonly limit: number;
    /** The place of the last entry of the page before. */
    readonly before?: string | undefined;
  }) => Promise<{ readonly entries: readonly PlacedEntry[]; readonly hasMore: boolean }>;
}

/** What differs, by name ("codeRed.percent"), with both values. Maps are compared name by name, lists as a whole. */
export function changedValues(before: object, after: object): ChangeEntry["changes"] {
  const [old, next] = [namedValues(before), namedValues(after)];
  const names = [...new Set([...old.keys(), ...next.keys()])].toSorted();
  return names
    .map((setting) => ({ setting, from: old.get(setting) ?? null, to: next.get(setting) ?? null }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
}

function namedValues(settings: object, path = "", found = new Map<string, unknown>()): ReadonlyMap<string, unknown> {
  for (const [name, value] of Object.entries(settings)) {
    const full = path === "" ? name : `${path}.${name}`;
    if (isRecord(value)) namedValues(value, full, found);
    else if (value !== undefined) found.set(full, value);
  }
  return found;
}
