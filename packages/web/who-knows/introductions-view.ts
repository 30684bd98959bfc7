import type { User } from "@regulars/core/access/user";
import type { UserId } from "@regulars/core/platform/values";
import { type Introduction, type IntroductionAnswer, nextAnswers } from "@regulars/core/relationships/introduction";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { html } from "hono/html";
import { introductionsPath, teamPath, whoKnowsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";

interface IntroductionsPage {
  readonly tenant: Tenant;
  readonly user: User;
  readonly names: ReadonlyMap<UserId, string>;
  readonly asked: readonly Introduction[];
  readonly askedOf: readonly Introduction[];
}

const VERBS: Readonly<Record<IntroductionAnswer, string>> = {
  accepted: "Yes, I will",
  introduced: "I have introduced them",
  declined: "No",
};

/** What a user is asked for, with buttons to answer, and what they asked for. */
export function introductionsView(page: IntroductionsPage, refused?: RefusedForm): Html {
  const { tenant, user, names, asked, askedOf } = page;
  const nameOf = (userId: UserId): string => names.get(userId) ?? userId;
  return layout({
    title: `Introductions – ${user.name}`,
    crumbs: [{ name: "For You", path: teamPath(tenant.tenantId) }],
    main: html`<h1>Introductions</h1>
      <p class="lead">of <bdi>${user.name}</bdi></p>
      ${refusedView(refused)}
      <section class="card" aria-labelledby="asked-of">
        <h2 id="asked-of">You are asked</h2>
        ${list(askedOf, (one) => askedOfView(page, one, nameOf(one.requesterId)))}
      </section>
      <section class="card" aria-labelledby="asked">
        <h2 id="asked">You asked</h2>
        ${list(
          asked,
          (one) =>
            html`<bdi>${nameOf(one.colleagueId)}</bdi> to introduce you to ${personLink(tenant, one)}: ${one.state}`,
        )}
      </section>`,
  });
}

const list = (introductions: readonly Introduction[], view: (one: Introduction) => Html): Html =>
  introductions.length === 0
    ? html`<p class="soft">Nothing yet.</p>`
    : html`<ul>
        ${introductions.map((one) => html`<li>${view(one)}</li>`)}
      </ul>`;

const askedOfView = ({ tenant, user }: IntroductionsPage, one: Introduction, requester: string): Html =>
  html`<bdi>${requester}</bdi> would like to meet ${personLink(tenant, one)}: ${one.state}
    ${nextAnswers(one).map(
      (answer) =>
        html`<form method="post" action="${introductionsPath(tenant.tenantId, user.userId)}">
          <input type="hidden" name="introductionId" value="${one.introductionId}" />
          <input type="hidden" name="state" value="${answer}" />
          <button>${VERBS[answer]}</button>
        </form>`,
    )}`;

const personLink = ({ tenantId }: Tenant, { personId }: Introduction): Html =>
  html`<a href="${whoKnowsPath(tenantId, personId)}"><bdi>${personId}</bdi></a>`;
