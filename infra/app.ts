/**
 * The infrastructure as pure data in the files of this folder. The embedded engine creates its table from it; CDK
 * (stacks/) and SST (infra/sst/) deploy from it. Handlers are named by path only.
 */

export const app = "regulars";

/** The name of a resource within a stage: "regulars-production-nightly". */
export const nameIn = (stage: string, name: string): string => `${app}-${stage}-${name}`;

/** The protected stage: removing a stack or the app deletes none of its data. */
export const isProduction = (stage: string): boolean => stage === "production";
