import { createHmac, timingSafeEqual } from "node:crypto";
import type { LinkSecret } from "@regulars/core/notifications/link-token";

const SHORTEST = 32;

/** Signatures of the links in messages: HMAC-SHA256 in base64url, of texts that no other use of the secret signs. */
export function linkSecretOf(secret: string): LinkSecret {
  if (secret.length < SHORTEST) throw new Error(`a secret of links has fewer than ${SHORTEST} characters`);
  const sign = (text: string): string => createHmac("sha256", secret).update(`link\n${text}`).digest("base64url");
  return {
    sign,
    isSignature: (text, signature) => {
      const expected = Buffer.from(sign(text));
      const given = Buffer.from(signature);
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

/** The secrets of a text with one or two, separated by a blank: the first signs, all are accepted. */
export const linkSecretsOf = (text: string | undefined): readonly LinkSecret[] =>
  text === undefined ? [] : text.trim().split(/ +/).map(linkSecretOf);
