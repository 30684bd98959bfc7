import * as z from "zod";
import { type Result, ok, refuse } from "../platform/result.ts";
import { withValue } from "../platform/schema-errors.ts";
import { wholeFrom } from "../platform/whole-number.ts";

/** Days that may lie between two contacts. */
export const contactDaysChoices = [7, 14, 30, 60, 90] as const;

const WEIGHT = "is not a whole number from 3 to 9";
const weight = z.int(WEIGHT).min(3, WEIGHT).max(9, WEIGHT).default(6);

const shape = {
  /** Off: no score is computed or shown anywhere. */
  health: z.boolean().default(true),
  weightEmail: weight,
  weightMeeting: weight,
  weightCall: weight,
  weightTask: weight,
  /** The expected days between two contacts; more days expect less. */
  contactDays: z.literal(contactDaysChoices, `is not one of ${contactDaysChoices.join(", ")} days`).default(14),
  /** The lowest score of a good relationship; the highest of a fair one is one less. */
  goodMin: wholeFrom(2, 100).default(60),
  fairMin: wholeFrom(1, 99).default(40),
  /** Working days within which their message is to be answered. */
  answerWithin: wholeFrom(0, 60).default(2),
  /** So many of our messages without a reply limit the score. */
  unansweredLimit: wholeFrom(1, 100).default(4),
} as const;

/** How a tenant assesses its relationships (docs/reference/relationships.md 2). */
export const healthSettingsSchema = z.strictObject(shape).refine(({ goodMin, fairMin }) => fairMin < goodMin, {
  path: ["fairMin"],
  error: "is not below the lowest good score",
});
export type HealthSettings = z.output<typeof healthSettingsSchema>;

export const healthSettingNames: readonly string[] = Object.keys(shape);

export const usualHealthSettings: HealthSettings = healthSettingsSchema.parse({});

/** Settings that differ from the usual ones; `contactDays@hotel` is the setting for customers of the category. */
export type StoredHealthSettings = Readonly<Record<string, unknown>>;

const CATEGORY_MARK = "@";

/** The setting and category of a stored name. */
function partsOf(name: string): { readonly setting: string; readonly category?: string } {
  const at = name.indexOf(CATEGORY_MARK);
  return at === -1 ? { setting: name } : { setting: name.slice(0, at), category: name.slice(at + 1) };
}

/** Whether a name is a health setting, of all customers or of a category. */
export const isHealthSetting = (name: string): boolean => healthSettingNames.includes(partsOf(name).setting);

const ofCategory = (stored: StoredHealthSettings, category: string | undefined): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(stored)
      .map(([name, value]) => ({ ...partsOf(name), value }))
      .filter((one) => healthSettingNames.includes(one.setting))
      .filter((one) => one.category === undefined || one.category === category)
      .toSorted((a, b) => Number(a.category !== undefined) - Number(b.category !== undefined))
      .map(({ setting, value }) => [setting, value]),
  );

/** The settings for customers of a category: the category's, then the tenant's, then the usual ones. */
export function healthSettingsOf(stored: StoredHealthSettings, category?: string): HealthSettings {
  const known = settingsOfCategories.get(stored) ?? new Map<string | undefined, HealthSettings>();
  settingsOfCategories.set(stored, known);
  const settings = known.get(category) ?? healthSettingsSchema.parse(ofCategory(stored, category));
  known.set(category, settings);
  return settings;
}

/** A night asks for every customer. What is stored is never changed in place. */
const settingsOfCategories = new WeakMap<StoredHealthSettings, Map<string | undefined, HealthSettings>>();

/** The categories that have settings of their own. */
export const categoriesOf = (stored: StoredHealthSettings): readonly string[] => [
  ...new Set(
    Object.keys(stored)
      .filter(isHealthSetting)
      .map((name) => partsOf(name).category)
      .filter((category) => category !== undefined),
  ),
];

/** Checks the settings of all customers and of every category. The first one that is not allowed is named. */
export function checkedHealthSettings(stored: StoredHealthSettings): Result<StoredHealthSettings> {
  for (const category of [undefined, ...categoriesOf(stored)]) {
    const given = ofCategory(stored, category);
    const [issue] = healthSettingsSchema.safeParse(given).error?.issues ?? [];
    if (issue === undefined) continue;
    const setting = issue.path.join(".");
    const own = category === undefined ? setting : `${setting}${CATEGORY_MARK}${category}`;
    const name = Object.hasOwn(stored, own) ? own : setting;
    return refuse(
      "unusable-setting",
      `relationships.${name}: ${withValue(issue.message, JSON.stringify({ ...usualHealthSettings, ...given }[setting]))}`,
    );
  }
  return ok(stored);
}
