/**
 * A phone number in E.164, from any notation; `undefined` if it is invalid. A number without a country code is read as
 * the default country's (docs/reference/sales-plans.md 5.1 and scenario 7). The countries' numbering plans are loaded
 * with the first number.
 */
export const readPhone = async (text: string, defaultCountry: string | undefined): Promise<string | undefined> =>
  (await import("./phone-number.ts")).phoneNumberOf(text, defaultCountry);
