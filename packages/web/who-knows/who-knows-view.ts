import type { Customer } from "@regulars/core/customers/customer";
import { whoKnowsSettingsOf } from "@regulars/core/relationships/who-knows-settings";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Somebody } from "@regulars/flows/who-knows/acquaintance";
import type { SuggestedColleague, WhoKnows } from "@regulars/flows/who-knows/ask-who-knows";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { dayForm } from "../page/day-form.ts";
import { relationshipsPath, whoKnowsPath } from "../page/addresses.ts";
import { rich } from "../page/rich.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";

export interface WhoKnowsPage {
  readonly tenant: Tenant;
  /** As the address names them. */
  readonly personId: string;
  readonly somebody: Somebody;
  readonly customer: Customer | undefined;
  readonly known: WhoKnows;
  /** The day of the address as it was given, also one that is none. */
  readonly givenDay: string | undefined;
  /** Whether the viewer is a user, who can be introduced, and looks at today. */
  readonly mayAsk: boolean;
}

/** The colleagues who know a person: counts and days, nothing of what was said. */
export function whoKnowsView(page: WhoKnowsPage, words: PageWords, refused?: RefusedForm): Html {
  const { say, formats } = words;
  const { tenant, personId, somebody, customer, known } = page;
  const name = somebody.name ?? personId;
  const company = customer?.name ?? customer?.customerId;
  return layout({
    title: say("whoKnows.title", { name }),
    crumbs: [
      { name: say("place.relationships"), path: relationshipsPath(tenant.tenantId) },
      ...(customer === undefined
        ? []
        : [{ name: company ?? "", path: relationshipsPath(tenant.tenantId, customer.customerId) }]),
    ],
    main: html`<h1>${rich(words, "whoKnows.title", { name: html`<bdi>${name}</bdi>` })}</h1>
      <p class="lead">
        ${company === undefined ? "" : rich(words, "whoKnows.at", { name: html`<bdi>${company}</bdi>` })}
        ${say("whoKnows.contacts", { date: formats.day(known.asOf) })}
      </p>
      ${dayForm(words, page.givenDay || known.asOf)} ${refusedView(refused)}
      ${
        known.colleagues.length === 0
          ? html`<p class="empty">${say(known.isOrphaned ? "whoKnows.left" : "whoKnows.nobody")}</p>`
          : html`${colleaguesView(page, words)} ${page.mayAsk ? askView(page, words, refused) : ""}`
      }`,
  });
}

function colleaguesView({ tenant, known }: WhoKnowsPage, { say, formats }: PageWords): Html {
  const isBasic = whoKnowsSettingsOf(tenant).mode === "basic";
  const digits = isBasic ? 0 : 1;
  const strengths = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const strengthText = (strength: number) => new Intl.NumberFormat(formats.locale, strengths).format(strength);
  return html`<div class="scroll" role="region" aria-label="${say("whoKnows.region")}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${say("whoKnows.colleague")}</th>
          <th scope="col">${say("whoKnows.knows")}</th>
          <th scope="col" class="number">${say(isBasic ? "whoKnows.mailsMeetings" : "whoKnows.strength")}</th>
          <th scope="col" class="number roomy">${say("whoKnows.meetings")}</th>
          <th scope="col">${say("health.lastContact")}</th>
        </tr>
      </thead>
      <tbody>
        ${known.colleagues.map(
          (one) =>
            html`<tr>
              <th scope="row"><bdi>${nameOf(one)}</bdi></th>
              <td>${say(one.label === "knows the company" ? "knows.company" : `knows.${one.label}`)}</td>
              <td class="number">${strengthText(one.strength)}</td>
              <td class="number roomy">${formats.number(one.meetings)}</td>
              <td>${formats.day(one.lastOn)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const nameOf = ({ name, userId }: SuggestedColleague): string => name ?? userId;

const choices = (
  { say }: PageWords,
  options: readonly (readonly [id: string, name: string])[],
  chosen: string | undefined,
): Html =>
  html`<option value="">${say("whoKnows.choose")}</option>
    ${options.map(
      ([id, name]) => html`<option value="${id}" ${id === chosen ? html`selected` : ""}>${name}</option>`,
    )}`;

/** The colleague gets a message; the person gets nothing. */
function askView({ tenant, personId, known }: WhoKnowsPage, words: PageWords, refused: RefusedForm | undefined): Html {
  const { say } = words;
  const filled = filledIn(refused);
  return html`<section class="card" aria-labelledby="ask">
    <h2 id="ask">${say("whoKnows.getIntroduced")}</h2>
    <form class="review" method="post" action="${whoKnowsPath(tenant.tenantId, personId)}">
      <label
        >${say("whoKnows.ask")}
        <select name="colleague" required>
          ${choices(
            words,
            known.colleagues.map((one) => [one.userId, nameOf(one)]),
            filled["colleague"],
          )}
        </select></label
      >
      <button class="button">${say("whoKnows.askFor")}</button>
    </form>
    <p class="soft">${say("whoKnows.onlyColleague")}</p>
  </section>`;
}
