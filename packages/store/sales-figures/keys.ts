import type { Key, InFamily } from "../engine/key.ts";

export const salesFiguresKeys = (inFamily: InFamily) => ({
  salesFigures: (): string => inFamily("FIGURES"),
  salesFiguresOf: (scope: string): Key => ({ pk: inFamily("FIGURES"), sk: scope }),
});
