import { cutText } from "./cut-text.ts";

/** An error at one place of an item. */
export interface ItemError {
  /** `lines[2].quantity`; empty for the item as a whole. */
  readonly path: string;
  /** Kebab-case, for programs: `missing`, `wrong-type`, `unknown-property`, `bad-value`, or the reason of a refusal. */
  readonly code: string;
  /** For people. */
  readonly message: string;
}

/** An item as it was read, or everything that is wrong with it. */
export type ReadItem<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: readonly ItemError[] };

/** Further errors are left out: the item is sent again after these are fixed. */
export const MOST_ERRORS = 20;

const PLAIN = /^[A-Za-z_$][\w$]{0,63}$/;
const MOST_SHOWN = 64;

/**
 * A place in an item as text: `lines[2].quantity`. Names that are not identifiers are quoted, and long ones shortened.
 */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    const name = String(step);
    if (!PLAIN.test(name)) return `${text}[${JSON.stringify(cutText(name, MOST_SHOWN))}]`;
    return text === "" ? name : `${text}.${name}`;
  }, "");

export const failedItem = (errors: readonly ItemError[]) =>
  ({ ok: false, errors: errors.slice(0, MOST_ERRORS) }) as const;
