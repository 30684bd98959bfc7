import type { Tenant } from "./tenant.ts";

/** For You and its alerts are for Pro and Enterprise (seed 000, Note). */
export const hasForYou = ({ plan }: Pick<Tenant, "plan">): boolean => plan !== "basic";
