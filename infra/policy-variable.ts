/** A policy variable, which IAM replaces by the caller's value when it evaluates a request. */
export const policyVariable = (name: string): string => ["$", "{", name, "}"].join("");
