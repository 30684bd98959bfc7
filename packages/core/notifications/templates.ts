import type { InsightCatalog } from "../insights/insight-catalog.ts";
import { cutText } from "../platform/cut-text.ts";
import type { ItemError } from "../platform/field-error.ts";
import { isLanguage, languages, readLanguage } from "../platform/languages.ts";
import { type TextSource, textIdIn } from "../platform/message-text.ts";
import { nearestName } from "../platform/nearest-name.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import { type Part, parseText } from "../platform/text-parts.ts";
import { unknownVariable } from "../platform/unknown-variable.ts";
import type { Tenant } from "../tenants/tenant.ts";

/** A text that a tenant may say in its own words (docs/reference/messages.md 9). */
export interface TemplateRule {
  readonly variables: readonly string[];
  /** Variables that may be empty, so that they need a fallback. */
  readonly mayBeEmpty: readonly string[];
  /** Characters. */
  readonly most: number;
  readonly isOneLine: boolean;
}

const rule = (variables: readonly string[], most: number, more: Partial<TemplateRule> = {}): TemplateRule => ({
  variables,
  mayBeEmpty: [],
  most,
  isOneLine: true,
  ...more,
});

/** Variables of every message to a customer (docs/reference/insights.md 5.5). */
const people = ["name", "pers", "cont", "cpho", "mail", "rlnk"];

const ofMessages: Readonly<Record<string, TemplateRule>> = {
  "digest.subject": rule(["firm", "cnts", "date"], 200),
  "digest.hello": rule(["name", "cnts"], 300),
  "digest.first": rule([], 100),
  "digest.footer": rule(["firm"], 600),
  "alert.context": rule(["firm", "date"], 300),
  "introduction.subject": rule(["coll", "cont", "pers", "name", "rlnk"], 200, { mayBeEmpty: ["name"] }),
  "introduction.text": rule(["coll", "cont", "pers", "name", "rlnk"], 4_000, {
    mayBeEmpty: ["name"],
    isOneLine: false,
  }),
};

/** The texts that a tenant may replace, by id: of each kind its title, reason and first message; and of messages. */
export function templateRules({ kinds }: Pick<InsightCatalog, "kinds">): ReadonlyMap<string, TemplateRule> {
  const ofKinds = kinds.flatMap(({ id, variables }): [string, TemplateRule][] => [
    [`${id}.title`, rule([], 60)],
    [
      `${id}.why`,
      rule(
        variables.filter((name) => !people.includes(name)),
        600,
      ),
    ],
    [
      `${id}.followUp`,
      rule([...new Set([...people, ...variables])], 1_500, { mayBeEmpty: ["cpho", "mail"], isOneLine: false }),
    ],
  ]);
  return new Map([...ofKinds, ...Object.entries(ofMessages)]);
}

type Templates = Tenant["templates"];
type ChangedTemplates =
  | { readonly ok: true; readonly value: Templates }
  | (Extract<Result<never>, { ok: false }> & { readonly errors: readonly ItemError[] });

/** The templates after a change, where null is the product's text again; one that cannot be used is refused. */
export function changedTemplates(
  catalog: Pick<InsightCatalog, "kinds">,
  stored: Templates,
  change: Readonly<Record<string, Readonly<Record<string, string | null>>>>,
): ChangedTemplates {
  const rules = templateRules(catalog);
  const changed: Record<string, Readonly<Record<string, string>>> = { ...stored };
  for (const [language, given] of Object.entries(change)) {
    const known = readLanguage(language);
    if (!known.ok) return unusable("templates", known.message, ": ");
    const own = { ...changed[language] };
    for (const [textId, words] of Object.entries(given)) {
      const fault = templateFault(textId, words, rules);
      if (fault !== undefined) return unusable(`templates.${language}.${clip(textId)}`, fault);
      if (words === null) delete own[textId];
      else own[textId] = words;
    }
    if (Object.keys(own).length === 0) delete changed[language];
    else changed[language] = own;
  }
  return ok(changed);
}

const unusable = (path: string, message: string, between = " ") => ({
  ...refuse("unusable-setting", `${path}${between}${message}`),
  errors: [{ path, code: "bad-value", message }],
});

/** Why words cannot be a tenant's own for a text, with what is allowed; `undefined` when they can. */
export function templateFault(
  textId: string,
  words: string | null,
  rules: ReadonlyMap<string, TemplateRule>,
): string | undefined {
  const allowed = rules.get(textId);
  if (allowed === undefined) {
    const nearest = nearestName(textId, rules.keys());
    return `is no text that can be replaced: did you mean ${nearest ?? ""}? There are ${[...rules.keys()].join(", ")}`;
  }
  if (words === null) return undefined;
  if (words.trim() === "") return "is empty: null goes back to the product's words";
  if (words.length > allowed.most) return `has ${words.length} characters: at most ${allowed.most}`;
  if (allowed.isOneLine && /[\r\n\u0085\u2028\u2029]/.test(words)) return "is longer than one line";
  const { parts, fault } = parseText(words);
  return fault ?? variableFault(parts, allowed) ?? signFault(words, allowed);
}

/** A `<` before a word that is no variable's: of one that is not closed, or has another form than four signs. */
const STRAY = /(?<!\\)<(?![a-z][a-z0-9]{3}(?:\|[^<>]*)?>)(\/?\p{L}[^<>|\r\n]{0,40})([|>])?/u;

/** Why a `<` is no beginning of a variable; one before a number or a space is an ordinary sign. */
function signFault(words: string, allowed: TemplateRule): string | undefined {
  const [, word = "", end] = STRAY.exec(words) ?? [];
  if (word === "") return undefined;
  if (end === ">") return unknownVariable(word, allowed.variables);
  return `has a "<" that is not closed, at "<${clip(word)}": a variable is written <name>, and the sign itself \\<`;
}

function variableFault(parts: readonly Part[], allowed: TemplateRule): string | undefined {
  for (const part of parts) {
    if (part.type === "words") continue;
    if (!allowed.variables.includes(part.name)) return unknownVariable(part.name, allowed.variables);
    if (part.type === "variable" && part.fallback === "" && allowed.mayBeEmpty.includes(part.name))
      return `needs a fallback for <${part.name}>, which may be empty: write it like <${part.name}|unknown>`;
    if (part.type !== "plural" && part.type !== "select") continue;
    for (const branch of part.branches.values()) {
      const fault = variableFault(branch, allowed);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

const clip = (text: string): string => cutText(text, 60);

/** The texts of a tenant: its own words where it has some, else those of `texts`. */
export function tenantTexts({ templates }: Pick<Tenant, "templates">, texts: TextSource): TextSource {
  const own = new Map(
    Object.entries(templates).flatMap(([language, byId]) =>
      isLanguage(language) ? Object.entries(byId).map(([id, words]) => [textIdIn(id, language), words] as const) : [],
    ),
  );
  return own.size === 0 ? texts : (id) => own.get(id) ?? texts(id);
}

/** Whether a tenant says a text in its own words, in any language. */
export const hasTemplate = ({ templates }: Pick<Tenant, "templates">, textId: string): boolean =>
  languages.some((language) => templates[language]?.[textId] !== undefined);
