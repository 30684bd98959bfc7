/** True, false, or `undefined` where it cannot be known (docs/reference/monitors.md 2). */
export type Truth = boolean | undefined;

export const not = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);
