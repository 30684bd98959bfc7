/**
 * An amount as people type it, in the form that the rules read: a decimal comma becomes a point. A comma before three
 * digits stays, and is refused: it may as well part thousands.
 */
export const typedAmount = (text: string): string => text.trim().replace(/^([+-]?\d*),(\d{1,2})$/, "$1.$2");
