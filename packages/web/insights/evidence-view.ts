import { html } from "hono/html";
import { type Check, type Evidence, checksHold } from "@regulars/core/insights/finding";
import type { Html } from "../page/layout.ts";
import { type Reading, readableValue } from "./operand.ts";
import { operandsView } from "./operands-view.ts";

const signs: Readonly<Record<Check["op"], readonly [sign: string, words: string]>> = {
  "<=": ["≤", "at most"],
  "<": ["<", "less than"],
  ">=": ["≥", "at least"],
  ">": [">", "more than"],
};

/**
 * Evidence that allows a finding to be recomputed by hand: every inequality, every operand and the source documents.
 */
export function evidenceView(evidence: Evidence, reading: Reading): Html {
  const { rule, checks, documents, levelRule: _, ...operands } = evidence;
  return html`<div class="scroll" role="group" aria-label="Checks" tabindex="0">
      <table class="checks">
        <caption>
          What was checked
        </caption>
        <thead>
          <tr>
            <th scope="col">Check</th>
            <th scope="col" class="number">Value</th>
            <th scope="col"><span class="hidden">compared</span></th>
            <th scope="col">Limit</th>
            <th scope="col">Holds</th>
          </tr>
        </thead>
        <tbody>
          ${checks.map((check) => checkView(check, reading))}
        </tbody>
      </table>
    </div>
    <h3>Every number behind it</h3>
    ${operandsView(operands, reading)}
    <h3>Source documents</h3>
    ${documentsView(documents)}
    <p class="soft">Rule and its version <code>${rule}</code></p>`;
}

function checkView(check: Check, reading: Reading): Html {
  const [sign, words] = signs[check.op];
  const isHeld = checksHold({ checks: [check] });
  return html`<tr>
    <th scope="row"><code>${check.id}</code> ${check.says}</th>
    <td class="number">${readableValue(check.value, undefined, reading)}</td>
    <td><span aria-hidden="true">${sign}</span><span class="hidden">${words}</span></td>
    <td>${readableValue(check.threshold, undefined, reading)}</td>
    <td>${isHeld ? html`<span class="holds">✓ yes</span>` : html`<span class="fails">✗ no</span>`}</td>
  </tr>`;
}

const documentsView = (documents: readonly string[]): Html =>
  documents.length === 0
    ? html`<p class="soft">None: only the numbers above were used.</p>`
    : html`<ul class="documents">
        ${documents.map((id) => html`<li><code>${id}</code></li>`)}
      </ul>`;
