import type { InFamily, Key } from "../engine/key.ts";

export const erasureKeys = (inFamily: InFamily) => ({
  erasure: (erasureId: string): Key => ({ pk: inFamily("ERASURES"), sk: erasureId }),
});
