/** What is done to tenants. */
export const tenantActions = ["list", "create", "remove"] as const;
