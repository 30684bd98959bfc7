import { addDays } from "@regulars/core/platform/period";
import type { CustomerHealth } from "@regulars/flows/relationships/read-customer-health";
import { scoreChart } from "@regulars/render/relationships/score-chart";
import { weeksChart } from "@regulars/render/relationships/weeks-chart";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html, raw } from "hono/html";
import type { Html } from "../page/layout.ts";

/** The scores of the days that the trend compares, as a chart with a table of every seventh or so. */
export function scoresView({ asOf, row, scores }: CustomerHealth, { say, formats }: PageWords): Html {
  if (scores.every((score) => score === undefined)) return html`<p class="empty">${say("health.noScores")}</p>`;
  const { goodMin, fairMin } = row.settings;
  const label = say("health.scoresOf", { days: scores.length, date: formats.day(asOf) });
  const chart = {
    scores,
    goodMin,
    fairMin,
    label,
    good: say("health.good", { numb: goodMin }),
    fair: say("health.fair", { numb: fairMin }),
    firstDay: formats.day(addDays(asOf, 1 - scores.length)),
    lastDay: formats.day(asOf),
  };
  const every = Math.max(1, Math.round(scores.length / 8));
  const weeks = scores
    .map((score, i) => ({ on: addDays(asOf, i + 1 - scores.length), score }))
    .filter((_, i) => (scores.length - 1 - i) % every === 0);
  return html`<div class="card chart">${raw(scoreChart(chart))} ${raw(scoreChart(chart, "narrow"))}</div>
    <div class="scroll" role="region" aria-label="${label}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">${say("health.day")}</th>
            <th scope="col" class="number">${say("health.score")}</th>
          </tr>
        </thead>
        <tbody>
          ${weeks.map(
            ({ on, score }) =>
              html`<tr>
                <th scope="row">${formats.day(on)}</th>
                <td class="number">${score ?? "–"}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

/** The contacts of 90 days by week, as a chart with a table. */
export function weeksView({ asOf, kpis: { weeks, days } }: CustomerHealth, { say, formats }: PageWords): Html {
  const counts = weeks.map(({ count }) => count);
  const dayOf = (week: CustomerHealth["kpis"]["weeks"][number] | undefined): string =>
    week === undefined ? "" : formats.day(week.from);
  if (counts.every((count) => count === 0)) return html``;
  const label = say("health.weeksOf", { days, date: formats.day(asOf) });
  const chart = { counts, label, firstDay: dayOf(weeks[0]), lastDay: dayOf(weeks.at(-1)) };
  return html`<section aria-labelledby="weeks">
    <h2 id="weeks">${say("health.byWeek")}</h2>
    <div class="card chart">${raw(weeksChart(chart))} ${raw(weeksChart(chart, "narrow"))}</div>
    <div class="scroll" role="region" aria-label="${label}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">${say("health.weekFrom")}</th>
            <th scope="col" class="number">${say("health.contacts")}</th>
            <th scope="col" class="number">${say("way.in")}</th>
            <th scope="col" class="number">${say("way.out")}</th>
          </tr>
        </thead>
        <tbody>
          ${weeks.map(
            (week) =>
              html`<tr>
                <th scope="row">${dayOf(week)}</th>
                <td class="number">${formats.number(week.count)}</td>
                <td class="number">${formats.number(week.in)}</td>
                <td class="number">${formats.number(week.out)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
