/**
 * The one rule by which e-mail addresses and phone numbers are compared: two spellings of one address that people
 * cannot tell apart, or that mail systems treat alike, have one form. Imports, leads, search and mail use it.
 */

/** Characters without a width of their own, and marks of the writing direction; they come along when people copy. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}/gu;
const MAIL_SCHEME = /^\s*mailto:/i;
const PHONE_SCHEME = /^\s*(?:tel|callto|sms):(?:\/\/)?/i;
const LOCAL = /^[^\s@<>()[\]\\,;:"]+$/;
const DOMAIN = /^[^\s@<>()[\]\\,;:"/?#%]+$/;

interface AddressParts {
  readonly local: string;
  /** Without a dot at the end. */
  readonly domain: string;
}

const visible = (text: string): string => text.normalize("NFKC").replaceAll(INVISIBLE, "").normalize("NFKC").trim();

/** One lower case for a letter, whatever follows it. */
const lower = (text: string): string =>
  [...text]
    .map((letter) => letter.toLowerCase().replace("ς", "σ"))
    .join("")
    .normalize("NFKC");

function partsOf(text: string): AddressParts | undefined {
  const seen = visible(text);
  const address = MAIL_SCHEME.test(seen) ? ofLink(seen) : seen;
  const at = address.lastIndexOf("@");
  const local = address.slice(0, Math.max(at, 0));
  const domain = address
    .slice(at + 1)
    .replaceAll(/[。．｡]/g, ".")
    .replace(/\.+$/, "");
  return LOCAL.test(local) && DOMAIN.test(domain) ? { local, domain } : undefined;
}

/** The address of a link like `mailto:a%2Bb@x.example?subject=Hello`. */
function ofLink(link: string): string {
  const [address = ""] = link.replace(MAIL_SCHEME, "").split("?");
  try {
    return visible(decodeURIComponent(address));
  } catch {
    return visible(address);
  }
}

/** The domain as name servers have it: lower case, other letters than ASCII as `xn--…`. */
function asciiDomain(domain: string): string {
  if (!/[^\u0020-\u007e]|xn--/i.test(domain)) return domain.toLowerCase();
  const url = URL.parse(`http://${domain}`);
  return url === null ? lower(domain) : url.hostname.replace(/\.$/, "");
}

/**
 * The form in which addresses are compared; `undefined` when the text is no address. Tags and dots before the `@` are
 * kept, because their meaning depends on the provider.
 */
export function emailIdentity(text: string): string | undefined {
  const parts = partsOf(text);
  return parts && `${lower(parts.local)}@${asciiDomain(parts.domain)}`;
}

/** The form in which an address is stored and shown: like its identity, with the letters of its domain as given. */
export function readableEmail(text: string): string | undefined {
  const parts = partsOf(text);
  return parts && `${lower(parts.local)}@${parts.domain.toLowerCase()}`;
}

/** The form in which mail is sent to an address: a domain that every mail system knows. */
export function deliverableEmail(text: string): string | undefined {
  const parts = partsOf(text);
  return parts && `${parts.local}@${asciiDomain(parts.domain)}`;
}

/** A phone number without what only links and copied texts have, for the reader of numbers. */
export const plainPhone = (text: string): string => visible(text).replace(PHONE_SCHEME, "").trim();
