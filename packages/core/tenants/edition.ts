import { refuse } from "../platform/result.ts";
import type { Tenant } from "./tenant.ts";

/** For You and its alerts are for Pro and Enterprise (seed 000, Note). */
export const hasForYou = ({ edition }: Pick<Tenant, "edition">): boolean => edition !== "basic";

/** Why a tenant is shown neither the page nor its findings; undefined when its plan has them. */
export const forYouRefusal = (tenant: Pick<Tenant, "edition">) =>
  hasForYou(tenant)
    ? undefined
    : refuse("feature-not-in-edition", "the For You page is part of the editions pro and enterprise");
