import { EXAMPLE_SECRET, type ExampleDelivery } from "@regulars/functions/api/webhooks/event-examples";
import { eventTypes } from "@regulars/functions/api/webhooks/event-types";
import { toInstant } from "@regulars/core/platform/values";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { settingsPath, webhooksPath } from "../page/addresses.ts";
import { foldedForm } from "../page/folded-form.ts";
import { type Html, layout } from "../page/layout.ts";
import { changesCard } from "../page/logged-changes.ts";
import { moment, momentIn } from "../page/moments.ts";
import { namedId, namedIds } from "../page/named-ids.ts";
import { rich } from "../page/rich.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { type Both, WAS_FIELD, bothView, formStamp } from "../page/stale-form.ts";
import {
  type ShownWebhook,
  type WebhookFields,
  type WebhookOutcome,
  type WebhooksPage,
  chosenEvents,
  webhookFields,
} from "./webhooks-page.ts";

interface Sent {
  readonly fields: RefusedForm["fields"];
  readonly refused?: RefusedForm | undefined;
  readonly outcome?: WebhookOutcome | undefined;
  readonly isStale?: boolean;
}

/** The webhooks of a tenant with their deliveries, a form that makes one, and one that changes the chosen one. */
export function webhooksView(page: WebhooksPage, words: PageWords, sent: Sent): Html {
  const { tenant, webhooks, chosen } = page;
  const { say } = words;
  return layout({
    title: say("common.at", { what: say("settings.webhooks"), firm: tenant.name }),
    crumbs: [{ name: say("settings.title"), path: settingsPath(tenant.tenantId) }],
    main: html`<h1>${say("settings.webhooks")}</h1>
      ${refusedView(sent.refused)} ${sent.outcome === undefined ? "" : outcomeView(page, sent.outcome, words)}
      ${foldedForm(say("webhooks.new"), webhooks.length === 0 || sent.fields["action"] === "make", makeView(page, words, sent.fields["action"] === "make" ? sent.fields : {}))}
      ${
        webhooks.length === 0
          ? html`<p class="empty">${say("webhooks.none")}</p>`
          : html`<div class="card scroll stack" role="group" aria-label="${say("settings.webhooks")}" tabindex="0">
              <table>
                <thead>
                  <tr>
                    <th scope="col" class="long">${say("webhooks.url")}</th>
                    <th scope="col">${say("webhooks.state")}</th>
                    <th scope="col" class="long">${say("webhooks.events")}</th>
                    <th scope="col"><span class="hidden">${say("webhooks.actions")}</span></th>
                  </tr>
                </thead>
                <tbody>
                  ${webhooks.map((webhook) => rowView(page, webhook, words))}
                </tbody>
              </table>
            </div>`
      }
      ${chosen === undefined ? "" : html`${editView(page, chosen.webhook, words, sent)} ${deliveriesView(page, chosen, words)}`}
      ${webhooksChanges(page, words)}`,
  });
}

/** Who changed what of which webhook when; one that is gone keeps the address that it had. */
function webhooksChanges(page: WebhooksPage, words: PageWords): Html {
  const { say } = words;
  const gone = page.changes.flatMap(({ of = "", changes }) =>
    changes.flatMap(({ setting, from }) =>
      setting === "url" && typeof from === "string" ? [[of, from] as const] : [],
    ),
  );
  const urls = new Map([...gone.toReversed(), ...page.webhooks.map(({ webhookId, url }) => [webhookId, url] as const)]);
  return changesCard(page, page.tenant, words, {
    log: "webhooks",
    of: { title: say("settings.webhooks"), nameOf: (webhookId) => urls.get(webhookId) ?? webhookId },
    nameOf: (name) => {
      const label = Object.entries(LABELS).find(([known]) => known === name)?.[1];
      return label === undefined ? name : say(label);
    },
    valueOf: (name, value) => valueText(name, value, page.tenant, words),
  });
}

/** What the log calls the parts of a webhook. */
const LABELS = {
  url: "webhooks.url",
  events: "webhooks.events",
  isActive: "webhooks.state",
  oldSecretUntil: "webhooks.oldUntil",
} as const;

function valueText(name: string, value: unknown, { timeZone }: WebhooksPage["tenant"], words: PageWords): string {
  const { say } = words;
  if (value === null) return "–";
  if (Array.isArray(value)) return eventsText(value.map(String), words);
  if (typeof value === "boolean") return say(value ? "webhooks.active" : "webhooks.paused");
  return name === "oldSecretUntil" ? words.moment(toInstant(Date.parse(String(value))), timeZone) : String(value);
}

const eventsText = (events: readonly string[], words: PageWords): string =>
  events.length === eventTypes.length
    ? words.say("webhooks.allEvents")
    : words.formats.list(events.map((type) => words.find(`event.${type}`) ?? type));

const rowView = ({ tenant }: WebhooksPage, webhook: ShownWebhook, words: PageWords): Html => {
  const { say } = words;
  const { webhookId, url, events, isActive, failingSince, disabledReason } = webhook;
  const act = (action: "pause" | "resume" | "rotate" | "remove"): Html =>
    html`<button class="button" name="action" value="${action}">
      ${say(`webhooks.${action}`)}<span class="hidden"> ${url}</span>
    </button>`;
  return html`<tr>
    <th scope="row">
      <a href="${webhooksPath(tenant.tenantId)}?webhook=${webhookId}"><bdi>${url}</bdi></a>
    </th>
    <td data-of="${say("webhooks.state")}">
      ${say(isActive ? "webhooks.active" : "webhooks.paused")}
      ${failingSince === undefined ? "" : say("webhooks.failing", { date: words.moment(toInstant(Date.parse(failingSince)), tenant.timeZone) })}
      <bdi>${disabledReason === undefined ? "" : words.refused(disabledReason)}</bdi>
    </td>
    <td class="long" data-of="${say("webhooks.events")}">
      ${events.length === eventTypes.length ? say("webhooks.allEvents") : namedIds("event", events, words)}
    </td>
    <td>
      <form class="review" method="post" action="${webhooksPath(tenant.tenantId)}">
        <input type="hidden" name="webhookId" value="${webhookId}" />
        <a class="button" href="${webhooksPath(tenant.tenantId)}?webhook=${webhookId}#edit"
          >${say("webhooks.change")}<span class="hidden"> ${url}</span></a
        >
        ${act(isActive ? "pause" : "resume")} ${act("rotate")} ${act("remove")}
      </form>
    </td>
  </tr>`;
};

const makeView = ({ tenant, newId }: WebhooksPage, words: PageWords, fields: RefusedForm["fields"]): Html =>
  html`<form class="settings" method="post" action="${webhooksPath(tenant.tenantId)}">
    <input type="hidden" name="action" value="make" />
    <input type="hidden" name="webhookId" value="${newId}" />
    ${fieldsView(fields["url"] ?? "", (type) => fields[type] !== undefined, words)}
    <p class="review">
      <button class="button" name="do" value="preview">${words.say("settings.try")}</button>
      <button class="button" name="do" value="save">${words.say("webhooks.make")}</button>
    </p>
  </form>`;

/** The form that changes the chosen webhook; filled in as it was sent, if it was. */
function editView({ tenant }: WebhooksPage, webhook: ShownWebhook, words: PageWords, sent: Sent): Html {
  const { say } = words;
  const filled = sent.fields["action"] === "edit" ? sent.fields : undefined;
  const isChosen = (type: string): boolean =>
    filled === undefined ? webhook.events.includes(type) : filled[type] !== undefined;
  return html`<section class="card" aria-labelledby="edit">
    <h2 id="edit">${say("webhooks.edit")}</h2>
    ${sent.isStale === true && filled !== undefined ? bothView(bothOf(webhook, filled, words), words) : ""}
    <form class="settings" method="post" action="${webhooksPath(tenant.tenantId)}?webhook=${webhook.webhookId}">
      <input type="hidden" name="action" value="edit" />
      <input type="hidden" name="webhookId" value="${webhook.webhookId}" />
      <input type="hidden" name="${WAS_FIELD}" value="${formStamp(webhookFields(webhook))}" />
      ${fieldsView(filled?.["url"] ?? webhook.url, isChosen, words)}
      <p class="review">
        <button class="button" name="do" value="preview">${say("settings.try")}</button>
        <button class="button" name="do" value="save">${say("settings.save")}</button>
      </p>
    </form>
  </section>`;
}

function bothOf(webhook: ShownWebhook, fields: RefusedForm["fields"], words: PageWords): readonly Both[] {
  const yours: WebhookFields = { url: fields["url"] ?? "", events: chosenEvents(fields) };
  return (["url", "events"] as const).map((name) => ({
    name: words.say(LABELS[name]),
    now: name === "url" ? webhook.url : eventsText(webhook.events, words),
    yours: name === "url" ? yours.url : eventsText(yours.events, words),
  }));
}

const fieldsView = (url: string, isChosen: (type: string) => boolean, words: PageWords): Html =>
  html`<label>${words.say("webhooks.url")} <input name="url" maxlength="2000" required value="${url}" /></label>
    <fieldset class="days choices">
      <legend>${words.say("webhooks.events")} (${words.say("webhooks.noneIsAll")})</legend>
      ${eventTypes.map((type) => html`<label><input type="checkbox" name="${type}" value="1" ${isChosen(type) ? html`checked` : ""} /> ${namedId("event", type, words)}</label>`)}
    </fieldset>`;

/** What an action does, said before it is done. */
const ASKED = {
  pause: "webhooks.pauses",
  resume: "webhooks.resumes",
  rotate: "webhooks.rotates",
  remove: "webhooks.removes",
} as const;

function outcomeView({ tenant }: WebhooksPage, outcome: WebhookOutcome, words: PageWords): Html {
  const { say } = words;
  switch (outcome.type) {
    case "secret":
      return html`<div class="unused" role="status">
        <p><bdi>${outcome.webhook.url}</bdi>: ${say("keys.once")}</p>
        <pre class="command"><code>${outcome.secret}</code></pre>
      </div>`;
    case "done":
      return html`<p class="unused" role="status">${say("page.done")}</p>`;
    case "preview": {
      const { url, examples } = outcome;
      const events = examples.map(({ type }) => type);
      return html`<div class="unused" role="status">
          <strong>${say("settings.tried")}</strong>
          <p>${say("webhooks.would")} <bdi>${url}</bdi>: ${namedIds("event", events, words)}</p>
        </div>
        <section class="card" aria-labelledby="examples">
          <h2 id="examples">${say("webhooks.examples")}</h2>
          <p>${rich(words, "webhooks.madeUp", { code: html`<code>${EXAMPLE_SECRET}</code>` })}</p>
          ${examples.map((example) => exampleView(url, example, words))}
        </section>`;
    }
    case "ask": {
      const { action, webhook, waiting } = outcome;
      return html`<form class="unused review" method="post" action="${webhooksPath(tenant.tenantId)}">
        <input type="hidden" name="webhookId" value="${webhook.webhookId}" />
        <input type="hidden" name="action" value="${action}" />
        <p role="status"><bdi>${webhook.url}</bdi>: ${say(ASKED[action], { numb: waiting })}</p>
        <button class="button" name="do" value="save">${say(`webhooks.${action}`)}</button>
      </form>`;
    }
  }
}

/** What a delivery would be; its body with an indent, to be read. */
const exampleView = (url: string, { type, headers, body }: ExampleDelivery, words: PageWords): Html => {
  const head = [`POST ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join("\n");
  const read = JSON.stringify(JSON.parse(body), undefined, 2);
  return html`<details>
    <summary>${namedId("event", type, words)}</summary>
    <pre><code>${head}</code></pre>
    <pre><code>${read}</code></pre>
  </details>`;
};

const deliveriesView = (
  { tenant }: WebhooksPage,
  { webhook, deliveries }: NonNullable<WebhooksPage["chosen"]>,
  words: PageWords,
): Html =>
  html`<section class="card" aria-labelledby="deliveries">
    <h2 id="deliveries">${words.say("webhooks.deliveries")} <bdi>${webhook.url}</bdi></h2>
    ${
      deliveries.length === 0
        ? html`<p>${words.say("webhooks.noDelivery")}</p>`
        : html`<ul>
            ${deliveries.map(({ deliveryId, type, state, attempts, createdAt, tries }) => {
              const last = tries.at(-1);
              return html`<li>
                ${moment(momentIn(words, tenant, toInstant(Date.parse(createdAt))))} ${namedId("event", type, words)}:
                ${words.say(`webhooks.${state}`)} (${attempts}) ${last?.status ?? ""}
                <bdi>${last?.error ?? ""}</bdi>
                <code>${deliveryId}</code>
              </li>`;
            })}
          </ul>`
    }
    <p><a href="${webhooksPath(tenant.tenantId)}">${words.say("settings.webhooks")}</a></p>
  </section>`;
