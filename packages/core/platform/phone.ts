import { plainPhone } from "./contact-point.ts";
import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

const MOST_CHARACTERS = 40;

/**
 * A phone number in E.164, from any notation; `undefined` if it is invalid. A number without a country code is read as
 * the default country's (docs/reference/sales-plans.md 5.1 and scenario 7).
 */
export function readPhone(text: string, defaultCountry: string | undefined): string | undefined {
  const plain = plainPhone(text);
  if (plain.length > MOST_CHARACTERS) return undefined;
  const country = defaultCountry !== undefined && isSupportedCountry(defaultCountry) ? defaultCountry : undefined;
  // Without a country, 00 is how most of the world writes +.
  const written = country === undefined ? plain.replace(/^00(?=[1-9])/, "+") : plain;
  const number = parsePhoneNumberFromString(written, {
    extract: false,
    ...(country === undefined ? {} : { defaultCountry: country }),
  });
  return number?.isPossible() === true ? number.number : undefined;
}
