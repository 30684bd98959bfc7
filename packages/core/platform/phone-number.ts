import { plainPhone } from "./contact-point.ts";
import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

const MOST_CHARACTERS = 40;

/** The same as `readPhone`, at once: only that loads this file, because the numbering plans of all countries are large. */
export function phoneNumberOf(text: string, defaultCountry: string | undefined): string | undefined {
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
