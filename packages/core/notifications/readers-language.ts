import { localeFor } from "../platform/languages.ts";
import type { UserId } from "../platform/values.ts";
import type { Tenant } from "../tenants/tenant.ts";
import { effectivePreferences } from "./effective.ts";
import type { Message } from "./message.ts";
import type { AllPreferences } from "./preference-store.ts";

/** Who reads a message; `undefined` where it is not one of the tenant's users. */
export function readerOf(message: Message): UserId | undefined {
  switch (message.type) {
    case "digest":
    case "notice":
    case "introduction":
      return message.userId;
    case "alert":
      return message.rep?.userId;
    case "group":
      return undefined;
  }
}

/**
 * A message in the language of its reader, as they have chosen it by now (docs/reference/messages.md 6). What is meant
 * for a customer stays in the tenant's.
 */
export function inReadersLanguage(
  message: Message,
  preferences: AllPreferences,
  tenant: Pick<Tenant, "timeZone" | "locale">,
): Message {
  const reader = readerOf(message);
  if (reader === undefined || message.type === "group") return message;
  const layers = { tenant, defaults: preferences.tenant, own: preferences.users.get(reader) };
  const { value: language } = effectivePreferences(layers).language;
  const locale = localeFor(language, tenant.locale);
  if (locale === message.locale) return message;
  return message.type === "digest" || message.type === "alert"
    ? { ...message, locale, customersLocale: tenant.locale }
    : { ...message, locale };
}
