/** A value, or why a record cannot be one: a refusal that names the column it is about, where there is one. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string; readonly message: string; readonly column?: string | undefined };

/** A refusal about one column. */
export const refuseColumn = (column: string, reason: string, message: string) =>
  ({ ok: false, column, reason, message }) as const;
