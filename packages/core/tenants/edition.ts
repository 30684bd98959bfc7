import { refuse } from "../platform/result.ts";
import type { Tenant } from "./tenant.ts";

/** For You and its alerts need Pro or Enterprise. */
export const hasForYou = ({ edition }: Pick<Tenant, "edition">): boolean => edition !== "basic";

/** The refusal for a tenant without For You; `undefined` when its edition includes it. */
export const forYouRefusal = (tenant: Pick<Tenant, "edition">) =>
  hasForYou(tenant)
    ? undefined
    : refuse(
        "feature-not-in-edition",
        "For You with its findings, Code Red and backtests are part of the editions pro and enterprise",
      );

/** The refusal for a tenant without status monitors, which need Pro or Enterprise. */
export const statusesRefusal = (tenant: Pick<Tenant, "edition">) =>
  tenant.edition === "basic"
    ? refuse("feature-not-in-edition", "status monitors are part of the editions pro and enterprise")
    : undefined;
