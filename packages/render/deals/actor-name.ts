import type { PageWords } from "../texts/page-words.ts";

/** Who is neither a user nor a key. */
const OWN = [
  "schedule",
  "command",
  "operator",
  "import",
  "deliveries",
  "unsubscribe-link",
  "preferences-link",
  "slack",
] as const;

/** Who did something: "user:anna" is Anna's name, "key:k1" is "key k1"; another actor without a word is their id. */
export function actorName(actorId: string, nameOf: (userId: string) => string, { say }: PageWords): string {
  const [, kind, id = ""] = /^(user|key):(.+)$/.exec(actorId) ?? [];
  if (kind === "user") return nameOf(id);
  if (kind === "key") return say("log.key", { code: id });
  const own = OWN.find((one) => one === actorId);
  return own === undefined ? actorId : say(`log.${own}`);
}
