import type { CustomerGap } from "@regulars/core/customers/data-quality";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type DataQuality, MOST_NAMED } from "@regulars/flows/customers/data-quality";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { codeRedPath, nightsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { rich } from "../page/rich.ts";
import { withCommas } from "../page/with-commas.ts";

interface QualityPage {
  readonly tenant: Tenant;
  readonly quality: DataQuality;
}

/** What is missing of the data, whose, and what to do. */
export function dataQualityView({ tenant, quality }: QualityPage, words: PageWords): Html {
  const { say } = words;
  const { customers, isPart } = quality;
  return layout({
    title: say("common.at", { what: say("settings.quality"), firm: tenant.name }),
    crumbs: [{ name: say("settings.nights"), path: nightsPath(tenant.tenantId) }],
    main: html`<h1>${say("settings.quality")}</h1>
      <p class="lead">${say(isPart ? "quality.first" : "quality.all", { numb: customers })} ${say("quality.lead")}</p>
      ${customers === 0 ? emptyView(tenant, words) : lookedView({ tenant, quality }, words)}`,
  });
}

const emptyView = ({ tenantId }: Tenant, words: PageWords): Html =>
  html`<p class="empty">
    ${rich(words, "quality.none", {
      code: html`<code>npx regulars import customers customers.csv --tenant ${tenantId}</code>`,
    })}
  </p>`;

interface Looked {
  readonly gap: CustomerGap | "userEmail";
  readonly count: number;
  readonly first: readonly Html[];
}

/** What was looked at, in the order in which it matters. */
const lookedAt = ({ tenant, quality: { gaps, usersWithoutEmail } }: QualityPage): readonly Looked[] => [
  ...gaps.map(({ gap, count, first }) => ({
    gap,
    count,
    first: first.map(
      ({ customerId, name = customerId }) =>
        html`<a href="${codeRedPath(tenant.tenantId, customerId)}"><bdi>${name}</bdi></a>`,
    ),
  })),
  {
    gap: "userEmail",
    count: usersWithoutEmail.length,
    first: usersWithoutEmail.slice(0, MOST_NAMED).map(({ name }) => html`<bdi>${name}</bdi>`),
  },
];

/** What is missing comes first, with whose it is; then, in a sentence, what is there of everybody. */
function lookedView(page: QualityPage, words: PageWords): Html {
  const { say, formats } = words;
  const looked = lookedAt(page);
  const missing = looked.filter(({ count }) => count > 0);
  const complete = looked.filter(({ count }) => count === 0).map(({ gap }) => say(`quality.has.${gap}`));
  return html`${missing.length === 0 ? "" : missingView(missing, words)}
  ${complete.length === 0 ? "" : html`<p class="card">✓ ${say("quality.complete", { list: formats.list(complete) })}</p>`}
  ${missing.length === 0 ? "" : html`<p class="soft">${say("quality.do")}</p>`}`;
}

const missingView = (missing: readonly Looked[], { say, formats }: PageWords): Html =>
  html`<div class="card scroll stack" role="group" aria-label="${say("settings.quality")}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${say("quality.gap")}</th>
          <th scope="col" class="number">${say("quality.count")}</th>
          <th scope="col" class="long">${say("quality.who")}</th>
        </tr>
      </thead>
      <tbody>
        ${missing.map(
          ({ gap, count, first }) =>
            html`<tr>
              <th scope="row">${say(`quality.${gap}`)}</th>
              <td class="number" data-of="${say("quality.count")}">${formats.number(count)}</td>
              <td class="long" data-of="${say("quality.who")}">
                ${withCommas(first)}${count > first.length ? ", …" : ""}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
