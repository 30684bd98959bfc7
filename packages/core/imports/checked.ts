/** A valid value, or the reason why there is none: a refusal that names the column where there is one. */
export type Validated<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string; readonly message: string; readonly column?: string | undefined };

/** The refusal of a text that is not a date. */
export const badDate = (column: string, value: string) =>
  refuseColumn(column, "bad-date", `${column} "${value}" is not a date: write 2026-11-23 or 2026-11-23T09:30:00Z`);

/** A refusal about one column. */
export const refuseColumn = (column: string, reason: string, message: string) =>
  ({ ok: false, column, reason, message }) as const;
