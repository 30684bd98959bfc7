import type { User } from "@regulars/core/access/user";
import type { UserId } from "@regulars/core/platform/values";
import { type Introduction, nextAnswers } from "@regulars/core/relationships/introduction";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { introductionsPath, relationshipsPath, teamPath, whoKnowsPath } from "../page/addresses.ts";
import { rich } from "../page/rich.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";

interface IntroductionsPage {
  readonly tenant: Tenant;
  readonly user: User;
  readonly names: ReadonlyMap<UserId, string>;
  /** Names of the persons whom the user may see, by id. */
  readonly persons: ReadonlyMap<string, string>;
  readonly asked: readonly Introduction[];
  readonly askedOf: readonly Introduction[];
}

/** What a user is asked for, with buttons to answer, and what they asked for. */
export function introductionsView(page: IntroductionsPage, words: PageWords, refused?: RefusedForm): Html {
  const { say } = words;
  const { tenant, user, names, asked, askedOf } = page;
  const nameOf = (userId: UserId): string => names.get(userId) ?? userId;
  return layout({
    title: say("introductions.titleOf", { name: user.name }),
    crumbs: [{ name: say("introductions.forYou"), path: teamPath(tenant.tenantId) }],
    main: html`<h1>${say("introductions.title")}</h1>
      <p class="lead">${rich(words, "introductions.of", { name: html`<bdi>${user.name}</bdi>` })}</p>
      ${refusedView(refused)}
      <section class="card" aria-labelledby="asked-of">
        <h2 id="asked-of">${say("introductions.youAreAsked")}</h2>
        ${list(askedOf, html`${say("introductions.nothing")}`, (one) => askedOfView(page, words, one, nameOf(one.requesterId)))}
      </section>
      <section class="card" aria-labelledby="asked">
        <h2 id="asked">${say("introductions.youAsked")}</h2>
        ${list(asked, howToAsk(tenant, words), (one) =>
          rich(words, "introductions.askedThem", {
            name: html`<bdi>${nameOf(one.colleagueId)}</bdi>`,
            pers: personLink(page, one),
            stat: say(`introductions.${one.state}`),
          }),
        )}
      </section>`,
  });
}

const howToAsk = ({ tenantId }: Tenant, words: PageWords): Html =>
  rich(words, "introductions.howToAsk", {
    link: html`<a href="${relationshipsPath(tenantId)}">${words.say("place.relationships")}</a>`,
  });

const list = (introductions: readonly Introduction[], none: Html, view: (one: Introduction) => Html): Html =>
  introductions.length === 0
    ? html`<p class="soft">${none}</p>`
    : html`<ul>
        ${introductions.map((one) => html`<li>${view(one)}</li>`)}
      </ul>`;

const askedOfView = (page: IntroductionsPage, words: PageWords, one: Introduction, requester: string): Html =>
  html`${rich(words, "introductions.wouldMeet", {
    name: html`<bdi>${requester}</bdi>`,
    pers: personLink(page, one),
    stat: words.say(`introductions.${one.state}`),
  })}
  ${nextAnswers(one).map(
    (answer) =>
      html`<form method="post" action="${introductionsPath(page.tenant.tenantId, page.user.userId)}">
        <input type="hidden" name="introductionId" value="${one.introductionId}" />
        <input type="hidden" name="state" value="${answer}" />
        <button class="button">${words.say(`introductions.answer.${answer}`)}</button>
      </form>`,
  )}`;

const personLink = ({ tenant, persons }: IntroductionsPage, { personId }: Introduction): Html =>
  html`<a href="${whoKnowsPath(tenant.tenantId, personId)}"><bdi>${persons.get(personId) ?? personId}</bdi></a>`;
