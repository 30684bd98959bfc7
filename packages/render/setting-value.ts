/** A setting's value as people read it: without one it is the usual value, or what `without` says; a list is JSON. */
export const settingValueText = (value: unknown, without = "usual"): string =>
  value === null || value === undefined ? without : typeof value === "string" ? value : JSON.stringify(value);
