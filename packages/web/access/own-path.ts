/** An origin that no address has. */
const NOWHERE = "https://own.invalid";
/** Longest address that is led back to. */
const LONGEST = 2_000;

/** A path of this site, with its query; the start page for anything else, so that nobody is led to another site. */
export function ownPath(text: string | undefined): string {
  if (text === undefined || text.length > LONGEST || !/^\/(?![/\\])[^\\]*$/.test(text)) return "/";
  const url = URL.parse(text, NOWHERE);
  return url === null || url.origin !== NOWHERE ? "/" : `${url.pathname}${url.search}`;
}
