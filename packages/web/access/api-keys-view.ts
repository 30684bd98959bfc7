import { type ApiKey, isLive } from "@regulars/core/access/api-key";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { apiKeysPath, settingsPath } from "../page/addresses.ts";
import { foldedForm } from "../page/folded-form.ts";
import { type Html, layout } from "../page/layout.ts";
import { changesCard } from "../page/logged-changes.ts";
import { namedId, namedIds } from "../page/named-ids.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import type { ApiKeysPage, KeyOutcome } from "./api-keys-page.ts";

interface Sent {
  readonly fields: RefusedForm["fields"];
  readonly refused?: RefusedForm | undefined;
  readonly outcome?: KeyOutcome | undefined;
}

/** The keys of a tenant, with a form that makes one. A secret is shown once. */
export function apiKeysView(page: ApiKeysPage, words: PageWords, sent: Sent): Html {
  const { tenant, keys } = page;
  const { say } = words;
  return layout({
    title: say("common.at", { what: say("settings.keys"), firm: tenant.name }),
    crumbs: [{ name: say("settings.title"), path: settingsPath(tenant.tenantId) }],
    main: html`<h1>${say("settings.keys")}</h1>
      <p class="lead">${say("keys.lead")}</p>
      ${refusedView(sent.refused)} ${sent.outcome === undefined ? "" : outcomeView(page, sent.outcome, words)}
      ${foldedForm(say("keys.new"), keys.length === 0 || sent.fields["action"] === "make", formView(page, words, sent.fields))}
      ${keys.length === 0 ? html`<p class="empty">${say("keys.none")}</p>` : tableView(page, words)}
      ${keysChanges(page, words)}`,
  });
}

/** Who made and revoked which key when. */
function keysChanges(page: ApiKeysPage, words: PageWords): Html {
  const { say } = words;
  const names = new Map(page.keys.map(({ keyId, name }) => [keyId, `${name} ${keyId}`]));
  return changesCard(page, page.tenant, words, {
    log: "keys",
    of: { title: say("settings.keys"), nameOf: (keyId) => names.get(keyId) ?? keyId },
    nameOf: (name) => {
      const label = Object.entries(LABELS).find(([known]) => known === name)?.[1];
      return label === undefined ? name : say(label);
    },
    valueOf: (name, value) => valueText(name, value, words),
  });
}

/** What the log calls the parts of a key. */
const LABELS = {
  name: "keys.name",
  actions: "keys.actions",
  planIds: "keys.plans",
  strict: "keys.strict",
  isActive: "keys.state",
} as const;

function valueText(name: string, value: unknown, { say, find, formats }: PageWords): string {
  if (value === null) return "–";
  if (Array.isArray(value)) return formats.list(value.map((one) => find(`right.${String(one)}`) ?? String(one)));
  if (typeof value !== "boolean") return String(value);
  if (name === "isActive") return say(value ? "keys.active" : "keys.ended");
  return say(value ? "common.yes" : "common.no");
}

const tableView = (page: ApiKeysPage, words: PageWords): Html => {
  const { say } = words;
  return html`<div class="card scroll stack" role="group" aria-label="${say("settings.keys")}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${say("keys.name")}</th>
          <th scope="col" class="long">${say("keys.actions")}</th>
          <th scope="col">${say("keys.made")}</th>
          <th scope="col">${say("keys.used")}</th>
          <th scope="col"><span class="hidden">${say("keys.revoke")}</span></th>
        </tr>
      </thead>
      <tbody>
        ${page.keys.map((key) => rowView(page, key, words))}
      </tbody>
    </table>
  </div>`;
};

const rowView = ({ tenant, authorOf }: ApiKeysPage, key: ApiKey, words: PageWords): Html =>
  html`<tr>
    <th scope="row"><bdi>${key.name}</bdi> <code>${key.keyId}</code></th>
    <td class="long" data-of="${words.say("keys.actions")}">${namedIds("right", key.actions, words)}</td>
    <td data-of="${words.say("keys.made")}">
      ${words.moment(key.createdAt, tenant.timeZone)} <bdi>${authorOf(key.createdBy)}</bdi>
    </td>
    <td data-of="${words.say("keys.used")}">
      ${key.lastUsedOn === undefined ? "–" : words.formats.day(key.lastUsedOn)}
    </td>
    <td>
      ${
        key.revokedAt !== undefined || !isLive(key)
          ? html`${words.say("keys.revoked")}
            ${key.revokedAt === undefined ? "" : words.moment(key.revokedAt, tenant.timeZone)}`
          : html`<form method="post" action="${apiKeysPath(tenant.tenantId)}">
              <input type="hidden" name="action" value="revoke" /><input
                type="hidden"
                name="keyId"
                value="${key.keyId}"
              />
              <button class="button">
                ${words.say("keys.revoke")}<span class="hidden"> <bdi>${key.name}</bdi></span>
              </button>
            </form>`
      }
    </td>
  </tr>`;

const formView = (
  { tenant, actions, newKeyId }: ApiKeysPage,
  words: PageWords,
  fields: RefusedForm["fields"],
): Html => {
  const { say } = words;
  return html`<form class="settings" method="post" action="${apiKeysPath(tenant.tenantId)}">
    <input type="hidden" name="action" value="make" />
    <input type="hidden" name="keyId" value="${newKeyId}" />
    <label
      >${say("keys.name")}
      <input name="name" maxlength="64" required value="${fields["action"] === "make" ? (fields["name"] ?? "") : ""}"
    /></label>
    <fieldset class="days choices">
      <legend>${say("keys.actions")}</legend>
      ${actions.map((right) => html`<label><input type="checkbox" name="${right}" value="1" ${fields[right] === undefined ? "" : html`checked`} /> ${namedId("right", right, words)}</label>`)}
    </fieldset>
    <p class="review">
      <button class="button" name="do" value="preview">${say("settings.try")}</button>
      <button class="button" name="do" value="save">${say("keys.make")}</button>
    </p>
  </form>`;
};

function outcomeView({ tenant }: ApiKeysPage, outcome: KeyOutcome, words: PageWords): Html {
  const { say, formats } = words;
  switch (outcome.type) {
    case "made":
      return html`<div class="unused" role="status">
        <p><bdi>${outcome.key.name}</bdi>: ${say("keys.once")}</p>
        <pre class="command"><code>${outcome.secret}</code></pre>
      </div>`;
    case "done":
      return html`<p class="unused" role="status">${say("keys.done")}</p>`;
    case "new":
      return html`<div class="unused" role="status">
        <strong>${say("settings.tried")}</strong>
        <p><bdi>${outcome.name}</bdi>: ${namedIds("right", outcome.actions, words)}</p>
        <p>${say("keys.live", { numb: outcome.live })}</p>
      </div>`;
    case "revoke": {
      const { keyId, name, lastUsedOn } = outcome.key;
      const used =
        lastUsedOn === undefined ? say("keys.neverUsed") : say("keys.lastUsed", { date: formats.day(lastUsedOn) });
      return html`<form class="unused review" method="post" action="${apiKeysPath(tenant.tenantId)}">
        <input type="hidden" name="action" value="revoke" /><input type="hidden" name="keyId" value="${keyId}" />
        <p role="status"><bdi>${name}</bdi>: ${used} ${say("keys.revokes")}</p>
        <button class="button" name="do" value="save">${say("keys.revoke")}</button>
      </form>`;
    }
  }
}
