import { html } from "hono/html";
import { type Check, type Evidence, checksHold } from "@regulars/core/insights/finding";
import { checkText, ruleText } from "@regulars/render/insights/evidence-words";
import type { PageWords } from "@regulars/render/texts/page-words";
import { rich } from "../page/rich.ts";
import type { Html } from "../page/layout.ts";
import { type Reading, readableValue } from "./operand.ts";
import { operandsView } from "./operands-view.ts";

const signs: Readonly<
  Record<Check["op"], readonly [sign: string, `evidence.${"atMost" | "less" | "atLeast" | "moreThan"}`]>
> = {
  "<=": ["≤", "evidence.atMost"],
  "<": ["<", "evidence.less"],
  ">=": ["≥", "evidence.atLeast"],
  ">": [">", "evidence.moreThan"],
};

/**
 * Evidence that allows a finding to be recomputed by hand: every inequality, every operand and the source documents.
 */
export function evidenceView(evidence: Evidence, reading: Reading): Html {
  const { words } = reading;
  const { say } = words;
  const { rule, checks, documents, levelRule: _, ...operands } = evidence;
  const worded = Object.entries(operands).map(([name, value]) => [name, ruleText(evidence, name, words) ?? value]);
  return html`<div class="scroll stack" role="group" aria-label="${say("evidence.checks")}" tabindex="0">
      <table class="checks">
        <caption>
          ${say("evidence.whatChecked")}
        </caption>
        <thead>
          <tr>
            <th scope="col">${say("evidence.check")}</th>
            <th scope="col" class="number">${say("evidence.value")}</th>
            <th scope="col"><span class="hidden">${say("evidence.compared")}</span></th>
            <th scope="col">${say("evidence.limit")}</th>
            <th scope="col">${say("evidence.holds")}</th>
          </tr>
        </thead>
        <tbody>
          ${checks.map((check) => checkView(check, reading))}
        </tbody>
      </table>
    </div>
    <h3>${say("evidence.numbers")}</h3>
    ${operandsView(Object.fromEntries(worded), reading)}
    <h3>${say("evidence.documents")}</h3>
    ${documentsView(documents, words)}
    <p class="soft">${rich(words, "evidence.rule", { code: html`<code>${rule}</code>` })}</p>`;
}

function checkView(check: Check, reading: Reading): Html {
  const { words } = reading;
  const { say } = words;
  const [sign, said] = signs[check.op];
  const isHeld = checksHold({ checks: [check] });
  return html`<tr>
    <th scope="row"><code>${check.id}</code> ${checkText(check, words)}</th>
    <td class="number">${readableValue(check.value, undefined, reading)}</td>
    <td><span aria-hidden="true">${sign}</span><span class="hidden">${say(said)}</span></td>
    <td>${readableValue(check.threshold, undefined, reading)}</td>
    <td>
      ${isHeld ? html`<span class="holds">✓ ${say("common.yes")}</span>` : html`<span class="fails">✗ ${say("common.no")}</span>`}
    </td>
  </tr>`;
}

const documentsView = (documents: readonly string[], { say }: PageWords): Html =>
  documents.length === 0
    ? html`<p class="soft">${say("evidence.none")}</p>`
    : html`<ul class="documents">
        ${documents.map((id) => html`<li><code>${id}</code></li>`)}
      </ul>`;
