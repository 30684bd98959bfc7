import { isDeepStrictEqual } from "node:util";
import { seeded } from "@regulars/core/platform/random";
import { type MessageLocale, type Written, localeAt, writeEverywhere } from "./channels.ts";
import { hostileValue } from "./hostile-values.ts";
import { csvStructure, elementsOf, slackStructure } from "./structure.ts";

const SEED = 20_261_128;
const ALL = 100_000;
const ISOLATED = /\u2068([^\u2066-\u2069]*)\u2069/g;
/** A text without the signs that isolate a whole value: what is left turns more than the value. */
function withoutIsolates(text: string): string {
  const less = text.replaceAll(ISOLATED, "$1");
  return less === text ? text : withoutIsolates(less);
}
const BIDI_OR_CONTROL = /[\u202a-\u202e\u2066-\u2069\0]/;

/** What a plain value gives, and an empty one: whoever has neither name nor number is not called. */
type Expected = readonly ReturnType<typeof structureOf>[];

const mailNames = ["digest", "alert", "notice", "introduction"] as const;

const structureOf = ({ mails, slack }: Written) => ({
  html: Object.fromEntries(mailNames.map((name) => [name, elementsOf(mails[name].html)])),
  slack: slackStructure(slack),
});

/** What is wrong with a value in any channel; empty where its structure is that of a plain one. */
function faultsOf(written: Written, expected: Expected): readonly string[] {
  const structure = structureOf(written);
  const faults = mailNames.flatMap((name) => {
    const { subject, html, text } = written.mails[name];
    return [
      ...(expected.some(({ html: usual }) => isDeepStrictEqual(structure.html[name], usual[name]))
        ? []
        : [`${name}: other elements`]),
      ...(/\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(withoutIsolates(subject))
        ? [`${name}: subject`]
        : []),
      ...(BIDI_OR_CONTROL.test(withoutIsolates(html) + withoutIsolates(text))
        ? [`${name}: signs that turn or end a text`]
        : []),
      ...(html.isWellFormed() && text.isWellFormed() ? [] : [`${name}: half a sign`]),
    ];
  });
  if (!expected.some(({ slack }) => isDeepStrictEqual(structure.slack, slack)))
    faults.push("slack: other blocks or marks");
  const cells = csvStructure(written.csv);
  if (cells.length !== 2 || cells.some((row) => row.length !== 3 || row.includes("formula")))
    faults.push("csv: other cells");
  if (written.tel !== undefined && !/^tel:\+?\d{5,15}$/.test(written.tel)) faults.push("tel: more than a number");
  return faults;
}

/** Writes so many hostile values into every variable and channel, and reads the outputs again. */
export function checkInjection(
  count: number,
  seed = SEED,
): { readonly values: number; readonly faults: readonly string[] } {
  const expected = new Map<MessageLocale, Expected>();
  const random = seeded(seed);
  const faults: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const locale = localeAt(index);
    const plain = expected.get(locale) ?? ["Plain", ""].map((value) => structureOf(writeEverywhere(value, locale)));
    expected.set(locale, plain);
    const value = hostileValue(random);
    for (const fault of faultsOf(writeEverywhere(value, locale), plain))
      faults.push(`${fault}: ${JSON.stringify(value.slice(0, 120))}`);
  }
  return { values: count, faults };
}

if (import.meta.main) {
  const started = performance.now();
  const { values, faults } = checkInjection(Number(process.argv[2] ?? ALL));
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stdout.write(
    `${values} hostile values in every variable of 4 mails, Slack and CSV, 4 languages: ${faults.length} broken, ${seconds} s\n`,
  );
  for (const fault of faults.slice(0, 20)) process.stdout.write(`  ${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
}
