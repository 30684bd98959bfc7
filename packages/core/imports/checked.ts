/** A value, or why a record cannot be one: a refusal that names the column it is about, where there is one. */
export type Validated<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string; readonly message: string; readonly column?: string | undefined };

/** A refusal of a text that is no date. */
export const badDate = (column: string, value: string) =>
  refuseColumn(column, "bad-date", `${column} "${value}" is not a date: write 2026-11-23 or 2026-11-23T09:30:00Z`);

/** A refusal about one column. */
export const refuseColumn = (column: string, reason: string, message: string) =>
  ({ ok: false, column, reason, message }) as const;
