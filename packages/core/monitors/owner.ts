/** Whose statuses and counters there are: a customer is a company here. */
export const ownerTypes = ["company", "person", "project"] as const;
export type OwnerType = (typeof ownerTypes)[number];
