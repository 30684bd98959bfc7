import * as z from "zod";

export const affinities = ["random", "related"] as const;
export const balances = ["even", "least"] as const;
/** What happens to a lead when its related manager is absent today (docs/reference/sales-plans.md 5.1). */
export const absences = ["fallback", "wait", "stick"] as const;
export type Absence = (typeof absences)[number];

/**
 * The open deals that "least" counts: those of this plan, or of all the tenant's plans (docs/reference/sales-plans.md
 * 5.4).
 */
export const loadScopes = ["plan", "tenant"] as const;

/**
 * How leads get a manager: manually, or by two independent settings (docs/reference/sales-plans.md 0.3). `affinity`
 * decides who comes first, `balance` chooses among the others.
 */
export const distributionSchema = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("manual") }),
  z.strictObject({
    mode: z.literal("uniform"),
    affinity: z.enum(affinities),
    balance: z.enum(balances),
    ownerAway: z.enum(absences).default("fallback"),
    loadScope: z.enum(loadScopes).default("plan"),
  }),
]);

export type Distribution = Readonly<z.output<typeof distributionSchema>>;

/** A distribution's name in logs and answers: `manual`, `related>least`, `random>even`. */
export const ruleName = (distribution: Distribution): string =>
  distribution.mode === "manual" ? "manual" : `${distribution.affinity}>${distribution.balance}`;

/** Whether open deals of other plans count too. A cap only ever counts this plan's deals. */
export const countsAllPlans = (distribution: Distribution): boolean =>
  distribution.mode === "uniform" && distribution.balance === "least" && distribution.loadScope === "tenant";
