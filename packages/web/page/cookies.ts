import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

/** Whether a request came over HTTPS. On a laptop it does not, and browsers then take no `__Host-` cookie. */
export const isSecure = (c: Context): boolean => new URL(c.req.url).protocol === "https:";

/** A cookie of this site only: no script reads it, and no other site's form sends it. */
interface SiteCookie {
  readonly read: (c: Context) => string | undefined;
  readonly write: (c: Context, value: string, seconds: number) => void;
  readonly clear: (c: Context) => void;
}

const nameOn = (c: Context, name: string): string => (isSecure(c) ? `__Host-${name}` : name);

export function siteCookie(name: string): SiteCookie {
  const write = (c: Context, value: string, maxAge: number): void =>
    setCookie(c, nameOn(c, name), value, { httpOnly: true, secure: isSecure(c), sameSite: "Lax", path: "/", maxAge });
  return {
    read: (c) => getCookie(c, nameOn(c, name)),
    write,
    clear: (c) => write(c, "", 0),
  };
}
