import type { User } from "@regulars/core/access/user";
import { weekdays } from "@regulars/core/notifications/preferences";
import type { PreferenceRow } from "@regulars/core/notifications/preference-reach";
import type { ShownPreference } from "@regulars/core/notifications/preferences-json";
import { weekdayOf } from "@regulars/core/notifications/quiet-time";
import { localDay } from "@regulars/core/platform/period";
import { type Instant, toDayNumber } from "@regulars/core/platform/values";
import type { Changing, PreferencesPreview } from "@regulars/flows/notifications/preview-preferences";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Html } from "../page/layout.ts";
import { rich } from "../page/rich.ts";
import { withCommas } from "../page/with-commas.ts";
import { labelledFields } from "./compulsions-view.ts";
import { wordsOfValue } from "./preference-fields.ts";
import type { PreferencesPage } from "./preferences-page.ts";
import { whoDecided } from "./who-decided.ts";

type Shown = Pick<PreferencesPage, "tenant" | "groups" | "isTenants">;

/** What saving a form of preferences would do: to whom, to the last night's news, to what waits, to the next digests. */
export function preferencesPreviewView(page: Shown, preview: PreferencesPreview, words: PageWords): Html {
  const { say } = words;
  const { rows, people, news, waiting, digests } = preview;
  if (rows.length === 0) return html`<p role="status">${say("settings.nothing")}</p>`;
  return html`<div class="unused" role="status">
    <p>
      <strong>${say("settings.tried")}</strong>
      ${news === undefined ? say("settings.noNight") : say("settings.asOf", { date: words.formats.day(news.asOf) })}
    </p>
    ${rowsView(page, rows, words)} ${people === undefined ? "" : peopleView(people, words)}
    ${news === undefined ? "" : newsView(page, news, words)}
    ${listView("prefsWould.waiting", waiting, words, (one) => waitingView(page, one, words))}
    ${
      page.isTenants
        ? listView("prefsWould.digests", digests, words, (one) => digestView(page, one, words))
        : digests.first.map((one) => html`<p>${digestView(page, one, words)}</p>`)
    }
  </div>`;
}

function rowsView(page: Shown, rows: readonly PreferenceRow[], words: PageWords): Html {
  const { say } = words;
  const counted = page.isTenants ? [say("prefsWould.changes"), say("prefsWould.chose")] : [];
  // On phones a row becomes a block.
  return html`<div class="stack">
    <table class="tried">
      <thead>
        <tr>
          <th scope="col">${say("compulsions.preference")}</th>
          <th scope="col">${say("settings.now")}</th>
          <th scope="col">${say("settings.then")}</th>
          ${counted.map((title) => html`<th scope="col" class="number">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => rowView(page, row, words))}
      </tbody>
    </table>
  </div>`;
}

function rowView(page: Shown, row: PreferenceRow, words: PageWords): Html {
  const { say } = words;
  const { name, changed, chose } = row;
  const { field, label } = labelledFields(page, words).get(name) ?? { field: { name, label: name }, label: name };
  const valueOf = (shown: ShownPreference | undefined) => wordsOfValue(words, field, shown?.value);
  return html`<tr>
    <th scope="row"><bdi>${label}</bdi></th>
    <td data-of="${say("settings.now")}"><bdi>${valueOf(row.now)}</bdi></td>
    <td data-of="${say("settings.then")}">${thenView(page, row, valueOf, words)}</td>
    ${
      page.isTenants
        ? html`<td class="number" data-of="${say("prefsWould.changes")}">${words.formats.number(changed)}</td>
            <td class="number" data-of="${say("prefsWould.chose")}">${words.formats.number(chose)}</td>`
        : ""
    }
  </tr>`;
}

/** The value that would hold; where it stays, or is not what was asked for, who decides it. */
function thenView(
  { isTenants }: Shown,
  { now, after }: PreferenceRow,
  valueOf: (shown: ShownPreference | undefined) => string,
  words: PageWords,
): Html {
  const isSame = valueOf(now) === valueOf(after);
  const text = html`<bdi>${valueOf(after)}</bdi>`;
  const whose = after === undefined ? "" : whoDecided(words, { ...after, setAt: null }, isTenants);
  return html`${isSame ? text : html`<strong>${text}</strong>`} <span class="soft"><bdi>${whose}</bdi></span>`;
}

type People = NonNullable<PreferencesPreview["people"]>;

function peopleView({ of, changed, chose }: People, words: PageWords): Html {
  const { say } = words;
  const named = (users: Changing<User>): Html => namesView(users, words);
  return html`<p>
      ${
        changed.count === 0
          ? say("prefsWould.nobody")
          : rich(words, "prefsWould.people", { numb: changed.count, most: of, name: named(changed) })
      }
    </p>
    ${chose.count === 0 ? "" : html`<p>${rich(words, "prefsWould.keep", { numb: chose.count, name: named(chose) })}</p>`}`;
}

const namesView = ({ count, first }: Changing<User>, { say }: PageWords): Html =>
  html`${withCommas(first.map(({ name }) => html`<bdi>${name}</bdi>`))}${
    count > first.length ? html`, ${say("common.more", { numb: count - first.length })}` : ""
  }`;

type News = NonNullable<PreferencesPreview["news"]>;

function newsView(page: Shown, { counts, moved }: News, words: PageWords): Html {
  const { say, formats } = words;
  return html`<table class="tried">
      <thead>
        <tr>
          <th scope="col">${say("prefsWould.news")}</th>
          <th scope="col" class="number">${say("settings.now")}</th>
          <th scope="col" class="number">${say("settings.then")}</th>
        </tr>
      </thead>
      <tbody>
        ${counts.map(
          ({ telling, now, after }) =>
            html`<tr>
              <th scope="row">${say(`prefsWould.${telling}`)}</th>
              <td class="number">${formats.number(now)}</td>
              <td class="number">
                ${now === after ? formats.number(after) : html`<strong>${formats.number(after)}</strong>`}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${listView("prefsWould.moved", moved, words, (one) => newsLine(page, one, words))}`;
}

function newsLine(
  page: Shown,
  { finding, customer, reader, now, after }: News["moved"]["first"][number],
  words: PageWords,
) {
  const { kind, level } = finding;
  const values = {
    name: html`<bdi>${customer.name ?? customer.customerId}</bdi>`,
    kind: titleOf(page, kind),
    levl: words.messages.say(`level.${level}`),
    from: words.say(`prefsWould.${now}`),
    upto: words.say(`prefsWould.${after}`),
  };
  return page.isTenants
    ? rich(words, "prefsWould.newsTo", { ...values, whom: nameOf(reader, words) })
    : rich(words, "prefsWould.newsOf", values);
}

const titleOf = ({ groups }: Shown, kind: string): string => groups.kinds.find(({ id }) => id === kind)?.title ?? kind;

const nameOf = (user: User | undefined, { say }: PageWords): Html =>
  html`<bdi>${user?.name ?? say("next.nobody")}</bdi>`;

type Waiting = PreferencesPreview["waiting"]["first"][number];

function waitingView(page: Shown, { reader, now, after }: Waiting, words: PageWords): Html {
  const { say } = words;
  const wayOf = ({ at, send, channel }: Waiting["now"]): string =>
    send === "drop"
      ? say("prefsWould.notSent")
      : say("prefsWould.sent", { time: words.moment(at, page.tenant.timeZone), chan: say(`prefValue.${channel}`) });
  const kinds = [...new Set(after.kinds)].map((kind) => titleOf(page, kind));
  const type = say(`messageType.${after.type}`);
  const what = kinds.length === 0 ? type : say("next.about", { type, what: words.formats.list(kinds) });
  const values = { what, from: wayOf(now), upto: wayOf(after) };
  return page.isTenants
    ? rich(words, "prefsWould.messageTo", { ...values, whom: nameOf(reader, words) })
    : rich(words, "prefsWould.message", values);
}

type DigestMove = PreferencesPreview["digests"]["first"][number];

function digestView({ isTenants }: Shown, { user, now, after }: DigestMove, words: PageWords): Html {
  const timeOf = ({ at, zone }: DigestMove["now"]): string =>
    at === undefined ? words.say("prefsWould.noDigest") : weekdayTime(at, zone, words);
  const values = { from: timeOf(now), upto: timeOf(after) };
  return isTenants
    ? rich(words, "prefsWould.digestTo", { ...values, whom: nameOf(user, words) })
    : rich(words, "prefsWould.digestOf", values);
}

/** "Tue, Nov 24, 2026, 7:30 AM (Europe/Copenhagen)". */
function weekdayTime(at: Instant, zone: string, words: PageWords): string {
  const weekday = weekdays[weekdayOf(toDayNumber(localDay(at, zone)))] ?? "monday";
  return words.say("prefsWould.time", { wday: words.say(`shortDay.${weekday}`), time: words.moment(at, zone), zone });
}

/** How many things would change, and the first of them. */
const listView = <T>(
  title: "prefsWould.moved" | "prefsWould.waiting" | "prefsWould.digests",
  { count, first }: Changing<T>,
  words: PageWords,
  line: (one: T) => Html,
): Html =>
  count === 0
    ? html``
    : html`<p>${words.say(title, { numb: count })}</p>
        ${
          first.length === 0
            ? ""
            : html`<ul>
                ${first.map((one) => html`<li>${line(one)}</li>`)}
                ${count > first.length ? html`<li>${words.say("common.more", { numb: count - first.length })}</li>` : ""}
              </ul>`
        }`;
