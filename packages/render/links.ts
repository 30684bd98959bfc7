import { cutText } from "@regulars/core/platform/cut-text";

const TRUNK_PREFIX = /\(0\)/g;
const EXTENSION_OR_SECOND_NUMBER = /[\p{L};,|#*].*$/su;
/** The usual way to write a number, which needs no closer look. */
const PLAIN_NUMBER = /^\+?(?:\d ?){5,14}\d$/;
const FEWEST_DIGITS_BEFORE_SLASH = 7;
const FEWEST_DIGITS = 5;
const MOST_DIGITS = 15;

/**
 * A `tel:` link (RFC 3966) of digits and at most a leading plus, or undefined when the text has no complete number.
 * "+44 (0)20 …" loses the zero that is dialled only within the country; extensions and second numbers are left out.
 */
export function telLink(phone: string): string | undefined {
  if (PLAIN_NUMBER.test(phone)) return `tel:${phone.replaceAll(" ", "")}`;
  const text = phone.normalize("NFKC").trim();
  const plus = text.startsWith("+") ? "+" : "";
  const number = firstOfTwo((plus ? text.replace(TRUNK_PREFIX, "") : text).replace(EXTENSION_OR_SECOND_NUMBER, ""));
  const digits = digitsOf(number);
  return digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS ? undefined : `tel:${plus}${digits}`;
}

/** A slash separates two numbers, or an area code from its number: "030/12345". */
function firstOfTwo(number: string): string {
  const [first = ""] = number.split("/");
  return digitsOf(first).length >= FEWEST_DIGITS_BEFORE_SLASH ? first : number;
}

const digitsOf = (text: string): string => text.replace(/[^0-9]/g, "");

/** An http or https link. Throws on any other: links come from the configuration, so another scheme is a bug. */
export function webLink(link: string): string {
  const url = URL.parse(link);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:"))
    throw new Error(`"${cutText(link, 80)}" is not a web address: check the public address in the set-up`);
  return url.href;
}
