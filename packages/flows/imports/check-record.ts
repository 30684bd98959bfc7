import type { StagedRecord } from "@regulars/core/imports/import-store";
import { cutText } from "@regulars/core/platform/cut-text";
import { type Result, ok, refuse } from "@regulars/core/platform/result";

/** The part of a zod schema that is used here. */
interface Schema<T> {
  readonly safeParse: (value: unknown) =>
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false;
        readonly error: {
          readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
        };
      };
}

/** A record with typed columns, or its first error: the column, its value and what is expected. */
export function checkRecord<T>(schema: Schema<T>, { record }: StagedRecord): Result<T> {
  const parsed = schema.safeParse(record);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const column = String(issue?.path[0] ?? "row");
  const cell = record[column] ?? "";
  const shown = cutText(cell, 40);
  const message = issue?.message ?? "is not usable";
  if (shown.trim() === "") return refuse("bad-record", `${column} is missing`);
  return refuse("bad-record", message.startsWith('"') ? `${column} ${message}` : `${column} "${shown}" ${message}`);
}
