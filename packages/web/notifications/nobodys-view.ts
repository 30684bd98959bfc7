import type { Tenant } from "@regulars/core/tenants/tenant";
import { html } from "hono/html";
import { nextMessagesPath, notificationsPath, tenantNotificationsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";

/** For the owner of a machine, who is no user and gets no messages. */
export const nobodysView = ({ name, tenantId }: Tenant): Html =>
  layout({
    title: `Messages at ${name}`,
    main: html`<h1>Messages</h1>
      <p class="lead">
        <bdi>${name}</bdi> · You are the owner of this machine, who gets no messages.
        <a href="/session/sign-in?to=${encodeURIComponent(notificationsPath(tenantId))}">See it as a user</a> to choose
        what reaches them.
      </p>
      <ul>
        <li>
          <a href="${tenantNotificationsPath(tenantId)}">Messages to everybody</a>: defaults, and what is compulsory
        </li>
        <li><a href="${nextMessagesPath(tenantId)}">What would be sent next</a> to whom, and why</li>
      </ul>`,
  });
