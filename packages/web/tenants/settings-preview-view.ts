import type { ChangePreview, NowThenCount } from "@regulars/flows/monitors/preview-change";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Html } from "../page/layout.ts";
import { type NamedKinds, settingName } from "./setting-name.ts";
import { valueText } from "./setting-value.ts";

/** A preview with the names of its examples, by the ids of customers and persons. */
export interface NamedPreview extends ChangePreview {
  readonly names: ReadonlyMap<string, string>;
}

/** What saving a form would do: the settings, and the figures of the last nightly run with them. */
export function previewView(preview: NamedPreview, named: NamedKinds, words: PageWords): Html {
  const { changes, asOf, kinds, statuses, health, names } = preview;
  const { say } = words;
  if (changes.length === 0) return html`<p role="status">${say("settings.nothing")}</p>`;
  const settings = changes.map(
    ({ setting, from, to }) =>
      [settingName(setting, words, named), valueText(setting, from, words), valueText(setting, to, words)] as const,
  );
  const ofKinds = kinds.map((kind) => ({ ...kind, title: words.kindTitle(kind.id) ?? kind.title }));
  return html`<div class="unused" role="status">
    <p>
      <strong>${say("settings.tried")}</strong>
      ${asOf === undefined ? say("settings.noNight") : say("settings.asOf", { date: words.formats.day(asOf) })}
    </p>
    ${tableView(say("settings.setting"), settings, words)}
    ${kinds.length === 0 ? "" : tableView(say("settings.toActOn"), ofKinds.map(numbersOf(words)), words)}
    ${statuses.length === 0 ? "" : tableView(say("settings.statuses"), statuses.map(numbersOf(words)), words)}
    ${health === undefined ? "" : healthView(health, names, words)}
  </div>`;
}

const numbersOf =
  ({ formats }: PageWords) =>
  ({ title, now, after }: NowThenCount) =>
    [title, formats.number(now), formats.number(after)] as const;

const tableView = (
  what: string,
  rows: readonly (readonly [name: Html | string, now: string, after: string])[],
  { say }: PageWords,
): Html =>
  html`<table class="tried">
    <thead>
      <tr>
        <th scope="col">${what}</th>
        <th scope="col" class="number">${say("settings.now")}</th>
        <th scope="col" class="number">${say("settings.then")}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([name, now, after]) =>
          html`<tr>
            <th scope="row">${typeof name === "string" ? html`<bdi>${name}</bdi>` : name}</th>
            <td class="number"><bdi>${now}</bdi></td>
            <td class="number">${now === after ? after : html`<strong><bdi>${after}</bdi></strong>`}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;

type Moves = NonNullable<ChangePreview["health"]>;

const healthView = ({ moves, examples }: Moves, names: NamedPreview["names"], words: PageWords): Html => {
  const { say } = words;
  return moves.length === 0
    ? html`<p>${say("settings.noGrade")}</p>`
    : html`<ul>
          ${moves.map(
            ({ subject, from, to, count }) =>
              html`<li>
                ${say(subject === "customer" ? "settings.customersMove" : "settings.personsMove", { numb: count })}
                ${say(`setting.grade.${from}`)} → ${say(`setting.grade.${to}`)}
              </li>`,
          )}
        </ul>
        ${tableView(
          say("settings.examples"),
          examples.map(
            ({ customerId, personId, from, to, scoreNow, scoreThen }) =>
              [
                names.get(personId ?? customerId) ?? personId ?? customerId,
                gradeText(words, from, scoreNow),
                gradeText(words, to, scoreThen),
              ] as const,
          ),
          words,
        )}`;
};

const gradeText = ({ say }: PageWords, grade: Moves["examples"][number]["from"], score: number | undefined): string =>
  grade === "none" || score === undefined ? say("setting.grade.none") : say(`health.${grade}`, { numb: score });
