import { noteLetter as customerStatus } from "./kinds/customer-status/note-letter.ts";

/**
 * A letter for each kind of finding about statuses; notes of one without keep their long names. They are apart from the
 * catalog, which brings the texts of all kinds: most functions that open a store need none.
 */
export const noteLetters: readonly { readonly kind: string; readonly letter: string }[] = [customerStatus];
