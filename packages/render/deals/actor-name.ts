import type { PageWords } from "../texts/page-words.ts";

/** Who did something: "user:anna" is Anna's name, "key:k1" is "key k1"; another actor is their id. */
export function actorName(actorId: string, nameOf: (userId: string) => string, { say }: PageWords): string {
  const [, kind, id = ""] = /^(user|key):(.+)$/.exec(actorId) ?? [];
  if (kind === "user") return nameOf(id);
  if (kind === "key") return say("log.key", { code: id });
  return actorId === "schedule" || actorId === "command" ? say(`log.${actorId}`) : actorId;
}
