import type { Customer } from "@regulars/core/customers/customer";
import { whoKnowsSettingsOf } from "@regulars/core/relationships/who-knows-settings";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Somebody } from "@regulars/flows/who-knows/acquaintance";
import type { SuggestedColleague, WhoKnows } from "@regulars/flows/who-knows/ask-who-knows";
import { html } from "hono/html";
import { relationshipsPath, whoKnowsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";

export interface WhoKnowsPage {
  readonly tenant: Tenant;
  /** As the address names them. */
  readonly personId: string;
  readonly somebody: Somebody;
  readonly customer: Customer | undefined;
  readonly known: WhoKnows;
  /** Whether the viewer is a user, who can be introduced. */
  readonly mayAsk: boolean;
}

/** The colleagues who know a person: counts and days, nothing of what was said. */
export function whoKnowsView(page: WhoKnowsPage, refused?: RefusedForm): Html {
  const { tenant, personId, somebody, customer, known } = page;
  const name = somebody.name ?? personId;
  const company = customer?.name ?? customer?.customerId;
  return layout({
    title: `Who knows ${name}`,
    crumbs: [
      { name: "Relationships", path: relationshipsPath(tenant.tenantId) },
      ...(customer === undefined
        ? []
        : [{ name: company ?? "", path: relationshipsPath(tenant.tenantId, customer.customerId) }]),
    ],
    main: html`<h1>Who knows <bdi>${name}</bdi></h1>
      <p class="lead">
        ${company === undefined ? "" : html`At <bdi>${company}</bdi>. `}Contacts of the year up to ${known.asOf}.
      </p>
      ${refusedView(refused)}
      ${
        known.colleagues.length === 0
          ? html`<p class="empty">
              ${known.isOrphaned ? "Nobody knows them any more: who did has left." : "Nobody is known to know them."}
            </p>`
          : html`${colleaguesView(page)} ${page.mayAsk ? askView(page, refused) : ""}`
      }`,
  });
}

function colleaguesView({ tenant, known }: WhoKnowsPage): Html {
  const isBasic = whoKnowsSettingsOf(tenant).mode === "basic";
  return html`<div class="scroll" role="region" aria-label="Colleagues, strongest first" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Colleague</th>
          <th scope="col">Knows them</th>
          <th scope="col" class="number">${isBasic ? "E-mails and meetings" : "Strength"}</th>
          <th scope="col" class="number">Meetings</th>
          <th scope="col">Last contact</th>
        </tr>
      </thead>
      <tbody>
        ${known.colleagues.map(
          (one) =>
            html`<tr>
              <th scope="row"><bdi>${nameOf(one)}</bdi></th>
              <td>${one.label}</td>
              <td class="number">${isBasic ? one.strength : one.strength.toFixed(1)}</td>
              <td class="number">${one.meetings}</td>
              <td>${one.lastOn}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const nameOf = ({ name, userId }: SuggestedColleague): string => name ?? userId;

const choices = (options: readonly (readonly [id: string, name: string])[], chosen: string | undefined): Html =>
  html`<option value="">Choose…</option>
    ${options.map(
      ([id, name]) => html`<option value="${id}" ${id === chosen ? html`selected` : ""}>${name}</option>`,
    )}`;

/** The colleague gets a message; the person gets nothing. */
function askView({ tenant, personId, known }: WhoKnowsPage, refused: RefusedForm | undefined): Html {
  const filled = filledIn(refused);
  return html`<section class="card" aria-labelledby="ask">
    <h2 id="ask">Get introduced</h2>
    <form method="post" action="${whoKnowsPath(tenant.tenantId, personId)}">
      <label
        >Ask
        <select name="colleague" required>
          ${choices(
            known.colleagues.map((one) => [one.userId, nameOf(one)]),
            filled["colleague"],
          )}
        </select></label
      >
      <button>Ask for an introduction</button>
    </form>
    <p class="soft">Only your colleague gets a message.</p>
  </section>`;
}
