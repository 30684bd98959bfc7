import type { ItemError } from "./field-error.ts";

/**
 * A value, or a refusal that the caller can handle: with a kebab-case reason, and a message that says what failed, for
 * which id, and what to do.
 * `errors` says it by place, where several places can be wrong.
 */
export type Result<T, R extends string = string> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly reason: R;
      readonly message: string;
      readonly errors?: readonly ItemError[];
    };

/** A result that holds `value`. */
export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** A refusal. `reason` is for programs, `message` for people. */
export const refuse = <R extends string>(
  reason: R,
  message: string,
): { readonly ok: false; readonly reason: R; readonly message: string } => ({ ok: false, reason, message });
