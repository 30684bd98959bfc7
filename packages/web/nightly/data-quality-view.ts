import type { Tenant } from "@regulars/core/tenants/tenant";
import type { DataQuality } from "@regulars/flows/customers/data-quality";
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
      ${customers === 0 ? emptyView(tenant, words) : tableView({ tenant, quality }, words)}`,
  });
}

const emptyView = ({ tenantId }: Tenant, words: PageWords): Html =>
  html`<p class="empty">
    ${rich(words, "quality.none", {
      code: html`<code>npx regulars import customers customers.csv --tenant ${tenantId}</code>`,
    })}
  </p>`;

function tableView({ tenant, quality: { gaps, usersWithoutEmail } }: QualityPage, words: PageWords): Html {
  const { say, formats } = words;
  return html`<div class="card scroll stack" role="group" aria-label="${say("settings.quality")}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">${say("quality.gap")}</th>
            <th scope="col" class="number">${say("quality.count")}</th>
            <th scope="col" class="long">${say("quality.who")}</th>
          </tr>
        </thead>
        <tbody>
          ${gaps.map(
            ({ gap, count, first }) =>
              html`<tr>
                <th scope="row">${count === 0 ? "✓ " : ""}${say(`quality.${gap}`)}</th>
                <td class="number" data-of="${say("quality.count")}">${formats.number(count)}</td>
                <td>
                  ${withCommas(
                    first.map(
                      ({ customerId, name = customerId }) =>
                        html`<a href="${codeRedPath(tenant.tenantId, customerId)}"><bdi>${name}</bdi></a>`,
                    ),
                  )}${count > first.length ? ", …" : ""}
                </td>
              </tr>`,
          )}
          <tr>
            <th scope="row">${usersWithoutEmail.length === 0 ? "✓ " : ""}${say("quality.userEmail")}</th>
            <td class="number" data-of="${say("quality.count")}">${formats.number(usersWithoutEmail.length)}</td>
            <td>${withCommas(usersWithoutEmail.slice(0, 10).map(({ name }) => html`<bdi>${name}</bdi>`))}</td>
          </tr>
        </tbody>
      </table>
    </div>
    <p class="soft">${say("quality.do")}</p>`;
}
