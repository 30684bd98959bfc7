import { refuse } from "../platform/result.ts";
import type { Tenant } from "./tenant.ts";

/** For You and its alerts are for Pro and Enterprise (seed 000, Note). */
export const hasForYou = ({ plan }: Pick<Tenant, "plan">): boolean => plan !== "basic";

/** Why a tenant is shown neither the page nor its findings; undefined when its plan has them. */
export const forYouRefusal = (tenant: Pick<Tenant, "plan">) =>
  hasForYou(tenant)
    ? undefined
    : refuse("feature-not-in-plan", "the For You page is part of the plans pro and enterprise");
