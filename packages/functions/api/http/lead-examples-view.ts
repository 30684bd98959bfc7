import { html } from "hono/html";
import { leadExamples } from "./lead-examples.ts";

/** Programs that send a lead, to copy: HOST, PLAN and the like are the reader's to fill in. */
export const leadExamplesView = () =>
  html`<details open>
    <summary>Send a lead from curl, Node or PHP</summary>
    <p>
      With an API key, or signed with the key's signing secret, which is shown once beside it:
      <code>webhook-signature</code> is <code>v1,</code> and the base64 HMAC-SHA256 of <code>ID.TIMESTAMP.BODY</code>.
    </p>
    ${leadExamples().map(
      ({ language, isSigned, code }) =>
        html`<h3>${language}, ${isSigned ? "signed" : "with a key"}</h3>
          <pre><code>${code}</code></pre>`,
    )}
  </details>`;
