import type { FamilyFates, InFamily, Key } from "../engine/key.ts";

/** How the sort keys of those that are not done begin. */
export const OPEN_ERASURE = "OPEN#";

export const erasureKeys = (inFamily: InFamily) => ({
  erasure: (erasureId: string): Key => ({ pk: inFamily("ERASURES"), sk: erasureId }),
  /** Names an erasure that is not done. */
  openErasure: (erasureId: string): Key => ({ pk: inFamily("ERASURES"), sk: `${OPEN_ERASURE}${erasureId}` }),
  openErasures: (): string => inFamily("ERASURES"),
});

export const erasureFates = { ERASURES: "kept" } as const satisfies FamilyFates;
