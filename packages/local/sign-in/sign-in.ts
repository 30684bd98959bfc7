import type { User } from "@regulars/core/access/user";
import { segmentOfId } from "@regulars/core/platform/id-text";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { html } from "hono/html";
import { type Html, layout } from "@regulars/web/page/layout";

/** A tenant with the users that a token can be issued for. */
export interface SignInChoice {
  readonly tenant: Pick<Tenant, "tenantId" | "name">;
  readonly users: readonly Pick<User, "userId" | "name" | "role" | "slackUserId">[];
}

/** Every tenant's users, each with an address that goes on as them. */
const usersView = (choices: readonly SignInChoice[], addressOf: (tenant: string, user: string) => string) =>
  choices.map(
    ({ tenant, users }) =>
      html`<section class="card" aria-labelledby="tenant-${tenant.tenantId}">
        <h2 id="tenant-${tenant.tenantId}"><bdi>${tenant.name}</bdi></h2>
        <ul class="reps">
          ${users.map(
            ({ userId, name, role }) =>
              html`<li>
                <a href="${addressOf(tenant.tenantId, userId)}"><bdi>${name}</bdi></a>
                <span class="soft">${role}</span>
              </li>`,
          )}
          ${users.length === 0 ? html`<li class="soft">no users yet: import a users file</li>` : ""}
        </ul>
      </section>`,
  );

/** The page on which one chooses the user of an API token. */
export const signInView = (choices: readonly SignInChoice[]): Html =>
  layout({
    title: "API tokens",
    main: html`<h1>Try the API as one of the users</h1>
      <p class="lead">
        On this machine anybody may be anybody: pick a user and get a token. Deployed, tokens come from your own OIDC
        issuer, and this page does not exist.
      </p>
      ${usersView(choices, (tenant, user) => `/sign-in/${tenant}/${segmentOfId(user)}`)}
      <p><a href="/docs">What the API can do</a></p>`,
  });

/** The page of the issuer on which one chooses whom to be; each address goes on with the sign-in. */
export const chooseUserView = (
  choices: readonly SignInChoice[],
  addressOf: (tenant: string, user: string) => string,
): Html =>
  layout({
    title: "Sign in",
    main: html`<h1>Whose eyes?</h1>
      <p class="lead">
        On this machine anybody may be anybody: pick a user and see only what they may see. Deployed, your own OIDC
        issuer asks who you are.
      </p>
      ${usersView(choices, addressOf)}`,
  });

/** A user's token, and how to use it. */
export const tokenView = (user: Pick<User, "name" | "role">, token: string, address: string): Html =>
  layout({
    title: `Token of ${user.name}`,
    crumbs: [{ name: "API tokens", path: "/sign-in" }],
    main: html`<h1>You are <bdi>${user.name}</bdi></h1>
      <p class="lead">A token of a ${user.role}, valid for eight hours. In a terminal:</p>
      <pre
        class="command"
      ><code>TOKEN=${token}</code><code>curl -H "Authorization: Bearer $TOKEN" ${address}/v1/me</code><code>curl -H "Authorization: Bearer $TOKEN" "${address}/v1/findings?limit=3"</code></pre>
      <p><a href="/docs">What the API can do</a></p>`,
  });
