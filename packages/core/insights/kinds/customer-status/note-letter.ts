/** What the store calls this kind in short, in the notes of its findings that every night reads: for ever the same. */
export const noteLetter = { kind: "customer-status", letter: "N" } as const;
