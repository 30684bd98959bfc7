import { emailIdentity } from "../platform/contact-point.ts";

/** What is before the `@` of senders whom nobody answers: whole words, between dots, dashes and underscores. */
const LOCAL = new RegExp(
  `(?:^|[._+-])(?:${[
    "(?:no|do[._-]?not|dont|never)[._-]?reply",
    "ne[._-]?pas[._-]?repondre",
    "(?:nicht|keine)[._-]?antwort(?:en)?",
    "no[._-]?(?:responder|responda|rispondere)",
    "niet[._-]?(?:be)?antwoorden",
    "mailer[._-]?daemon|postmaster",
    "auto[._-]?(?:reply|responder|mailer|confirm)",
    "bounces?|notifications?|newsletters?",
    "mailing[._-]?list|listserv|majordomo",
  ].join("|")})(?:[._+=-]|\\d*$)`,
);
/** Hosts of mailing lists: `lists.example.org`. */
const LIST_HOST = /^(?:lists|bounces?|newsletters?|mailer)\.[^.]+\./;

/** Whether an address is a program's or a mailing list's (docs/reference/relationships.md 1); other texts are none. */
export function isProgramAddress(text: string): boolean {
  if (!text.includes("@")) return false;
  const [local = "", domain = ""] = emailIdentity(text)?.split("@") ?? [];
  return LOCAL.test(local) || /^owner-.|.-(?:request|bounces?|owner)$/.test(local) || LIST_HOST.test(domain);
}
