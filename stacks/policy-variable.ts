/** A policy variable: IAM puts the caller's own value in its place when it evaluates a request. */
export const policyVariable = (name: string): string => ["$", "{", name, "}"].join("");
