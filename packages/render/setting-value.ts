/** A setting's value as people read it: null is the usual value, a list is JSON. */
export const settingValueText = (value: unknown): string =>
  value === null || value === undefined ? "usual" : typeof value === "string" ? value : JSON.stringify(value);
