import type { FamilyFates, Key, InFamily } from "../engine/key.ts";

export const salesFiguresKeys = (inFamily: InFamily) => ({
  salesFigures: (): string => inFamily("FIGURES"),
  salesFiguresOf: (scope: string): Key => ({ pk: inFamily("FIGURES"), sk: scope }),
});

export const salesFiguresFates = { FIGURES: { kind: "sales figures", fate: "trimmed" } } as const satisfies FamilyFates;
