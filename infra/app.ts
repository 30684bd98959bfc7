/**
 * What Regulars consists of is pure data in the files of this folder: the embedded engine creates its table from it, CDK
 * (stacks/) and SST (infra/sst/) deploy from it. Handlers are named by path only.
 */

export const app = "regulars";

/** The name of a resource within a stage: "regulars-production-nightly". */
export const nameIn = (stage: string, name: string): string => `${app}-${stage}-${name}`;

/** The protected stage: removing a stack or the app removes none of its data. */
export const isProduction = (stage: string): boolean => stage === "production";

/** Where functions report their figures: one namespace, told apart by stage. */
export const metrics = { namespace: "Regulars", service: "regulars" } as const;
