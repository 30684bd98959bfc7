import { randomBytes } from "node:crypto";

const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";
/** The greatest multiple of the alphabet's size that a byte can hold: larger bytes would favour the first letters. */
const FAIR_BYTES = 252;
const ID_LENGTH = 12;

/** A new key id (`k` and twelve letters or digits), and 256 random bits as base64url. */
export function newApiKeySecret(): { readonly keyId: string; readonly secret: string } {
  let id = "k";
  while (id.length <= ID_LENGTH)
    for (const byte of randomBytes(ID_LENGTH))
      if (byte < FAIR_BYTES && id.length <= ID_LENGTH) id += LETTERS.charAt(byte % LETTERS.length);
  return { keyId: id, secret: randomBytes(32).toString("base64url") };
}
