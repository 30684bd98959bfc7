import { type Causes, mainCause } from "@regulars/core/code-red/causes";
import type { AssessedColumn } from "@regulars/core/code-red/row";
import type { Currency } from "@regulars/core/platform/values";
import type { PageWords } from "@regulars/render/texts/page-words";

/** "confirmed", "with the market": what is known of a red light. */
export const columnNotes = ({ say }: PageWords, { confirmation, isWithMarket }: AssessedColumn): readonly string[] => [
  ...(confirmation?.isConfirmed === true ? [say("light.confirmed")] : []),
  ...(isWithMarket ? [say("light.withMarket")] : []),
];

/** "red", "red, confirmed": the light of a column that is not grey. */
export const lightText = (words: PageWords, column: AssessedColumn): string =>
  [words.say(`light.${column.light.light}`), ...columnNotes(words, column)].join(", ");

/** What made it fall the most: a list has no room for more, a customer's page has all. */
export function mainLossText({ say, formats }: PageWords, causes: Causes, currency: Currency): string {
  const name = mainCause(causes);
  return say(`cause.${name}`, { mony: formats.money(causes[name], currency) });
}
