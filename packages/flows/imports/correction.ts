import type { ItemError } from "@regulars/core/platform/field-error";

/** What a correction came to, or why it was refused: the document is not known, or what was told is not usable. */
export type Correction<T, Unknown extends string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: Unknown; readonly message: string }
  | {
      readonly ok: false;
      readonly reason: "unusable-item";
      readonly message: string;
      readonly errors: readonly ItemError[];
    };

/** What was told of a document is not usable, and where. */
export const unusable = (what: "order" | "invoice", id: string, errors: readonly ItemError[]) =>
  ({ ok: false, reason: "unusable-item", message: `this is no usable item of ${what} ${id}`, errors }) as const;

/** An item is sent to the address of another document. */
export const otherId = (path: string, given: string, id: string): ItemError => ({
  path,
  code: "other-id",
  message: `is ${given}, but it is ${id} that is to be corrected`,
});
