import * as z from "zod";
import { type Language, languages } from "../platform/languages.ts";
import type { Closure } from "../platform/closure.ts";
import type { History } from "../snapshots/history.ts";
import { type MessageText, type Variable, textIdIn } from "../platform/message-text.ts";
import type { Template } from "../platform/template.ts";
import { namesIn, parseText } from "../platform/text-parts.ts";
import { faultOf } from "../platform/unknown-property.ts";
import { type Currency, type Day, toDay } from "../platform/values.ts";
import type { KindBacktest } from "../backtests/kind-backtest.ts";
import type { Assessment, Evidence, Json, FindingOutcome } from "./finding.ts";
import type { SubjectAtCustomer } from "./subject.ts";
import type { TenantMeasures } from "./tenant-measures.ts";

/** What a finding is evaluated with: the day, currency and closures. */
export interface EvaluationContext {
  readonly asOf: Day;
  readonly currency: Currency;
  readonly closures: readonly Closure[];
  /** The customer may not buy on account, so the tenant itself has caused its silence. */
  readonly isOnCreditHold?: boolean | undefined;
  /** What the tenant's past tells about any customer; absent where nothing is known. */
  readonly measures?: TenantMeasures | undefined;
}

/** The evaluation context of a history's as-of day. */
export const evaluationContextOf = ({ asOf, currency, closures, isOnCreditHold }: History): EvaluationContext => ({
  asOf: toDay(asOf),
  currency,
  closures,
  isOnCreditHold,
});

/** What a kind found: facts that only events change, so that days without events rewrite nothing. */
export interface Detection<Facts> {
  /** Absent when the finding is about the customer itself. */
  readonly subject?: SubjectAtCustomer | undefined;
  /** The occasion of an alert: no episode is alerted twice. */
  readonly episode: string;
  readonly facts: Facts;
}

interface Definition<Facts, Settings, Names extends string, Phrases extends string, EvidenceText extends string> {
  /** A kebab-case noun, also the name of the kind's folder. */
  readonly id: string;
  readonly title: string;
  /** What one and several findings are called in a count: "1 churn risk", "3 churn risks". */
  readonly noun: { readonly one: string; readonly many: string };
  readonly version: number;
  /** Order of its section in the digest and on the page, ascending. */
  readonly position: number;
  readonly settings: z.ZodType<Settings>;
  /**
   * The tenant's record that has its settings, where it shares them; its own are then only its follow-up text. By
   * default its own settings are those of `insights`.
   */
  readonly settingsId?: SharedSettingsId;
  readonly facts: z.ZodType<Facts>;
  /** `undefined`: not applicable to this customer (too little history). Empty: applicable, nothing found. */
  readonly detect: (history: History, asOf: Day, settings: Settings) => readonly Detection<Facts>[] | undefined;
  /**
   * What `detect` found on an earlier day and nothing has ended since; it stays open (docs/reference/insights.md 2.3,
   * "Hold-open").
   */
  readonly carryForward?: (history: History, asOf: Day, settings: Settings) => readonly Detection<Facts>[];
  /** The outcome of facts that are no longer found; `resolved` when this is absent. */
  readonly outcome?: (facts: Facts, history: History, settings: Settings) => FindingOutcome;
  /**
   * Whether a customer's findings about items are folded under this kind's finding (docs/reference/insights.md 8.4).
   */
  readonly groupsItems?: boolean;
  /** Whether `assess` needs the books: on a month's last day they are known only after the last customer. */
  readonly needsBooks?: boolean;
  /** Reads the statuses that hold: it is evaluated after the kinds that these depend on. */
  readonly readsStatuses?: boolean;
  /** Whether a silent customer has it anyway: folded under the silence as items are (docs/reference/insights.md 8.4). */
  readonly isPartOfSilence?: boolean;
  /** How its rule is tested on the past; absent for a kind that predicts nothing. */
  readonly backtest?: KindBacktest;
  /** Level, money at stake and evidence of the facts on a day. */
  readonly assess: (facts: Facts, context: EvaluationContext, settings: Settings) => Assessment;
  /** Values of its texts' variables; phrases have the names of `phrases`. The item's name is empty without an item. */
  readonly variables: (evidence: Evidence, itemName: string) => Readonly<Record<Names, Variable>>;
  /** Words that depend on the values, by name: each is a text with variables of its own. */
  readonly phrases?: Readonly<Record<Phrases, string>>;
  /** Variables that its own texts leave out, and a tenant's may use. */
  readonly moreVariables?: readonly NoInfer<Names>[];
  /** The reason in numbers: one line for lists, digest and alerts. */
  readonly text: Template<NoInfer<Names>>;
  /** A first message to the customer; a tenant may replace it with its own text. */
  readonly followUp: Template<NoInfer<Names> | "name" | "pers" | "cont" | "cpho" | "mail">;
  /** Its texts in the other languages; all above are in English. One that is missing does not compile. */
  readonly translations: Translations<NoInfer<Phrases>>;
  /**
   * What pages say of its evidence: `check.<id>` of each check, `rule.<letters of its checks>.<operand>` of each
   * operand that is a sentence, `operand.of.<name>` of each figure that no other kind has.
   */
  readonly evidenceTexts?: Readonly<
    Record<"en", Readonly<Record<EvidenceText, string>>> &
      Record<Exclude<Language, "en">, Readonly<Record<NoInfer<EvidenceText>, string>>>
  >;
}

type Translations<Phrases extends string> = Readonly<
  Record<Exclude<Language, "en">, Readonly<Record<TextName | Phrases, string>>>
>;
/** The texts of every kind: its title, a count of findings, the reason and a message to the customer. */
type TextName = "title" | "counted" | "why" | "followUp";

/** A kind as the catalog sees it; it checks its facts and settings itself. */
export interface InsightKind {
  readonly id: string;
  readonly title: string;
  readonly noun: { readonly one: string; readonly many: string };
  readonly version: number;
  readonly position: number;
  /** Its texts by template id, in English, and by `textIdIn` in the other languages; those of its evidence in every one. */
  readonly texts: ReadonlyMap<string, string>;
  /** The variables that a tenant's own words for it may use, besides those of everybody. */
  readonly variables: readonly string[];
  /** The reason for a finding, in numbers. */
  readonly why: (evidence: Evidence, itemName: string) => MessageText;
  /**
   * A first message to the customer: the tenant's own text where it has one. `more` are variables in addition to the
   * kind's.
   */
  readonly followUp: (
    evidence: Evidence,
    itemName: string,
    more: Readonly<Record<string, Variable>>,
    own: unknown,
  ) => MessageText;
  readonly groupsItems: boolean;
  readonly isPartOfSilence: boolean;
  /** It is about statuses, which depend on the other kinds: no status depends on it. */
  readonly readsStatuses: boolean;
  readonly backtest?: KindBacktest | undefined;
  readonly settingsId?: SharedSettingsId | undefined;
  /** The fields of its own settings with their usual values; none where it shares those of another record. */
  readonly settingFields: z.core.$ZodShape;
  /**
   * Checks and completes the tenant's raw settings, its own and the shared ones; throws with the field's name when one
   * is invalid.
   */
  readonly configure: (settings: unknown, shared?: unknown) => ConfiguredKind;
  /** Errors in raw settings, each with its field; empty when they are valid. */
  readonly faultsOf: (settings: unknown) => readonly string[];
}

export interface ConfiguredKind {
  readonly id: string;
  readonly needsBooks: boolean;
  readonly readsStatuses: boolean;
  readonly detect: (history: History, asOf: Day) => readonly Detection<Json>[] | undefined;
  readonly carryForward: (history: History, asOf: Day) => readonly Detection<Json>[];
  readonly outcome: (facts: unknown, history: History) => FindingOutcome;
  /** Of stored facts, which are checked. */
  readonly assess: (facts: unknown, context: EvaluationContext) => Assessment;
  /** Of facts that its own `detect` or `carryForward` has found a moment ago: they have the names and order of the schema. */
  readonly assessFound: (facts: Json, context: EvaluationContext) => Assessment;
}

/** Records of a tenant that several kinds may have their settings from. */
type SharedSettingsId = "codeRed" | "relationships";

/** An operand as a number; 0 when it is not one. */
export const operandOf = (operand: unknown): number => (typeof operand === "number" ? operand : 0);

/** Defines a kind. The compiler checks its texts' variables against the result of `variables`. */
export function defineInsight<
  Facts extends { readonly [name: string]: Json | undefined },
  Settings,
  Names extends string,
  Phrases extends string = never,
  EvidenceText extends string = never,
>(definition: Definition<Facts, Settings, Names, Phrases, EvidenceText>): InsightKind {
  const { id, title, noun, version, position } = definition;
  const isShared = definition.settingsId !== undefined;
  const ownSettings: z.ZodType = isShared ? z.strictObject({}) : definition.settings;
  const named = (name: string): string => `${id}.${name}`;
  const ofKind = <V extends Variable>(value: V): V =>
    value.type === "phrase" ? { ...value, template: named(value.template) } : value;
  const variablesOf = (evidence: Evidence, itemName: string): Record<string, Variable> =>
    mapValues(definition.variables(evidence, itemName), (value: Variable) => {
      if (value.type === "list") return { ...value, items: value.items.map(ofKind) };
      return ofKind(value);
    });
  const texts = {
    ...definition.phrases,
    title,
    counted: `{numb, plural, one {# ${noun.one}} other {# ${noun.many}}}`,
    why: definition.text.source,
    followUp: definition.followUp.source,
  };
  return {
    id,
    title,
    noun,
    version,
    position,
    texts: new Map([
      ...idsOf(texts, named),
      ...languages.flatMap((language) => [
        ...(language === "en"
          ? []
          : idsOf(definition.translations[language], (name) => textIdIn(named(name), language))),
        ...idsOf(definition.evidenceTexts?.[language] ?? {}, (textId) => textIdIn(textId, language)),
      ]),
    ]),
    variables: [
      ...new Set([
        ...[definition.text.source, definition.followUp.source].flatMap((text) => namesIn(parseText(text).parts)),
        ...(definition.moreVariables ?? []),
      ]),
    ],
    why: (evidence, itemName) => ({ template: named("why"), variables: variablesOf(evidence, itemName) }),
    followUp: (evidence, itemName, more, own) => {
      const variables = { ...variablesOf(evidence, itemName), ...more };
      return typeof own === "string" ? { text: own, variables } : { template: named("followUp"), variables };
    },
    groupsItems: definition.groupsItems ?? false,
    isPartOfSilence: definition.isPartOfSilence ?? false,
    readsStatuses: definition.readsStatuses ?? false,
    backtest: definition.backtest,
    settingsId: definition.settingsId,
    settingFields: ownSettings instanceof z.ZodObject ? ownSettings.shape : {},
    faultsOf: (raw) =>
      z
        .pipe(ownTexts, ownSettings)
        .safeParse(raw ?? {})
        .error?.issues.map(faultOf)
        .map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)) ?? [],
    configure: (raw, shared) => {
      z.pipe(ownTexts, ownSettings).parse(raw ?? {});
      const settings = z.pipe(ownTexts, definition.settings).parse((isShared ? shared : raw) ?? {});
      return {
        id,
        needsBooks: definition.needsBooks ?? false,
        readsStatuses: definition.readsStatuses ?? false,
        detect: (history, asOf) => definition.detect(history, asOf, settings),
        carryForward: (history, asOf) => definition.carryForward?.(history, asOf, settings) ?? [],
        outcome: (facts, history) =>
          definition.outcome?.(definition.facts.parse(facts), history, settings) ?? "resolved",
        assess: (facts, context) => definition.assess(definition.facts.parse(facts), context, settings),
        assessFound: (facts, context) => definition.assess(facts as Facts, context, settings),
      };
    },
  };
}

/** Texts by the ids of their names. */
const idsOf = (texts: Readonly<Record<string, string>>, idOf: (name: string) => string): [id: string, text: string][] =>
  Object.entries(texts).map(([name, text]) => [idOf(name), text]);

/** Settings that every kind has: the tenant's own follow-up text. The kind checks the others. */
const ownTexts = z
  .looseObject({ followUp: z.string().min(1).max(1_000).optional() })
  .transform(({ followUp: _followUp, ...rest }): unknown => rest);

const mapValues = <A, B>(values: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
