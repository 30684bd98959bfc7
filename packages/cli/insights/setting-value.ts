/** A setting's value as it is typed: a number, true, false, a text; empty for the default. */
export function settingValue(text: string): string | number | boolean | null {
  if (text === "") return null;
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
