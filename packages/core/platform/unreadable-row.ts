import * as z from "zod";

/** A stored row that its schema does not read. The message says which row, what is wrong with it, and what to do. */
export class UnreadableRowError extends Error {}

/** What a schema makes of a stored row. Throws `UnreadableRowError`. */
export function rowAs<T>(schema: { readonly parse: (row: unknown) => T }, row: unknown): T {
  try {
    return schema.parse(row);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const faults = error.issues.map(({ path, message }) => `${path.join(".") || "it"}: ${message}`).join("; ");
    const { pk, sk }: { readonly pk?: unknown; readonly sk?: unknown } = Object(row);
    throw new UnreadableRowError(
      `the stored row ${String(pk)} ${String(sk)} cannot be read (${faults}): put it back from a backup (docs/operations.md)`,
      { cause: error },
    );
  }
}
