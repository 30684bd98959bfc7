import { type LinkClaims, type LinkScope, readLinkToken, signLinkToken } from "@regulars/core/notifications/link-token";
import { seeded } from "@regulars/core/platform/random";
import { day, tenantIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { linkSecretsOf } from "@regulars/functions/link-secret";

/** How many changed links were tried, those that were taken all the same, and true ones that were not. */
interface LinkReport {
  readonly tried: number;
  readonly taken: readonly string[];
  readonly lost: readonly string[];
}

const NOW = toInstant(Date.parse("2026-11-23T08:00:00.000Z"));
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=~%+/ ";
const scopes: readonly LinkScope[] = ["digest", "group", "all", "preferences", "kind:churn-risk"];

/**
 * Changes links in one place or several, cuts them, joins two of them and signs their claims with other secrets. While
 * secrets are changed, links of the old and of the new one are taken, and no changed one.
 */
export function changeLinks(count: number, seed: number): LinkReport {
  const random = seeded(seed);
  const below = (most: number): number => Math.floor(random() * most);
  const [newest, old] = linkSecretsOf(`${"new".repeat(16)} ${"old".repeat(16)}`);
  const [stranger] = linkSecretsOf("stranger".repeat(8));
  if (newest === undefined || old === undefined || stranger === undefined) throw new Error("three secrets were given");
  const claimsOf = (): LinkClaims => ({
    tenantId: tenantIdSchema.parse(`t-${below(50)}`),
    userId: userIdSchema.parse(`user ${below(1_000)}`),
    scope: scopes[below(scopes.length)] ?? "all",
    issuedOn: day("2026-11-20"),
  });
  const report = { tried: 0, taken: [] as string[], lost: [] as string[] };
  const isTaken = (token: string): boolean => readLinkToken(token, [newest, old], NOW).ok;
  while (report.tried < count) {
    const [token, other] = [signLinkToken(claimsOf(), newest), signLinkToken(claimsOf(), old)];
    for (const one of [token, other]) if (!isTaken(one)) report.lost.push(one);
    const at = below(token.length);
    const letter = LETTERS.charAt(below(LETTERS.length));
    const [text = "", signature = ""] = token.split(".");
    const [otherText = "", otherSignature = ""] = other.split(".");
    const changed = [
      token.slice(0, at) + letter + token.slice(at + 1),
      token.slice(0, at) + letter + token.slice(at),
      token.slice(0, at) + token.slice(at + 1 + below(3)),
      token.slice(0, -1),
      [...token].toSpliced(at, 1, letter).toSpliced(below(token.length), 1, letter).join(""),
      `${text}.${otherSignature}`,
      `${otherText}.${signature}`,
      signLinkToken(claimsOf(), stranger),
    ];
    for (const one of changed) {
      if (one === token || one === other) continue;
      report.tried += 1;
      if (isTaken(one)) report.taken.push(one);
    }
  }
  return report;
}
