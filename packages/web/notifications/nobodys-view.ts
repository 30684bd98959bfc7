import type { Tenant } from "@regulars/core/tenants/tenant";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { nextMessagesPath, notificationsPath, tenantNotificationsPath } from "../page/addresses.ts";
import { rich } from "../page/rich.ts";
import { type Html, layout } from "../page/layout.ts";

/** For the owner of a machine, who is no user and gets no messages. */
export const nobodysView = ({ name, tenantId }: Tenant, words: PageWords): Html => {
  const { say } = words;
  const signIn = `/session/sign-in?to=${encodeURIComponent(notificationsPath(tenantId))}`;
  return layout({
    title: say("nobody.titleAt", { firm: name }),
    main: html`<h1>${say("place.messages")}</h1>
      <p class="lead">
        <bdi>${name}</bdi> · ${rich(words, "nobody.lead", { link: html`<a href="${signIn}">${say("nobody.see")}</a>` })}
      </p>
      <ul>
        <li>
          ${rich(words, "nobody.all", {
            link: html`<a href="${tenantNotificationsPath(tenantId)}">${say("prefs.toEverybody")}</a>`,
          })}
        </li>
        <li>
          ${rich(words, "nobody.next", { link: html`<a href="${nextMessagesPath(tenantId)}">${say("next.title")}</a>` })}
        </li>
      </ul>`,
  });
};
