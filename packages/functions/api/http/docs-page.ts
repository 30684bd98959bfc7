import { isRecord } from "@regulars/core/platform/is-record";
import { html, raw } from "hono/html";
import { leadExamplesView } from "./lead-examples-view.ts";
import { type ApiDocument, INBOUND } from "./openapi-document.ts";

type Html = ReturnType<typeof html>;

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

/** The parts of an operation that the page shows. */
interface Operation {
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly parameters: readonly Shown[];
  readonly requestBody: unknown;
  readonly responses: readonly (readonly [string, unknown])[];
  readonly isOpen: boolean;
}

interface Shown {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: unknown;
}

/** A part of the document; `undefined` if it does not exist. */
function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((part, name) => (isRecord(part) ? part[name] : undefined), value);
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const operationsOf = (items: object = {}): Operation[] =>
  Object.entries(items).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = at(item, method);
      return operation === undefined ? [] : [shownOperation(method, path, operation)];
    }),
  );

const shownOperation = (method: string, path: string, operation: unknown): Operation => ({
  method: method.toUpperCase(),
  path,
  tag: text(list(at(operation, "tags"))[0]),
  summary: text(at(operation, "summary")),
  parameters: list(at(operation, "parameters")).map((parameter) => ({
    name: text(at(parameter, "name")),
    in: text(at(parameter, "in")),
    required: at(parameter, "required") === true,
    schema: at(parameter, "schema"),
  })),
  requestBody: at(operation, "requestBody", "content", "application/json"),
  responses: Object.entries(at(operation, "responses") ?? {}),
  isOpen: Array.isArray(at(operation, "security")) && list(at(operation, "security")).length === 0,
});

/** The OpenAPI document as one HTML page without scripts or external assets. */
export function docsPage(document: ApiDocument): Html {
  const operations = operationsOf(document.paths);
  const events = operationsOf(document.webhooks);
  const tags = document.tags ?? [];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Regulars – the API</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <header>
          <h1>The Regulars API</h1>
          <p>${document.info.description}</p>
          <p>
            Send <code>Authorization: Bearer</code> with a person's token, or a machine's key there or as
            <code>X-Api-Key</code>. Writes take an <code>Idempotency-Key</code>. The same as data:
            <a href="/v1/openapi.json">OpenAPI 3.1</a>.
          </p>
          ${refusalsView(operations)}
          <nav aria-label="Resources">
            ${tags.map(({ name }) => html`<a href="#${anchor(name)}">${name}</a> `)} <a href="#events">Events</a>
          </nav>
        </header>
        <main>
          ${tags.map(({ name, description }) => {
            const ofTag = operations.filter(({ tag }) => tag === name);
            return html`<section id="${anchor(name)}">
              <h2>${name}</h2>
              <p class="soft">${description ?? ""}</p>
              ${name === INBOUND ? leadExamplesView() : ""}
              ${ofTag.map((operation) => operationView(operation, document))}
            </section>`;
          })}
          <section id="events">
            <h2>Events</h2>
            <p class="soft">What is sent to the webhooks that subscribe to it</p>
            ${events.map((event) => eventView(event, document))}
          </section>
        </main>
      </body>
    </html>`;
}

const anchor = (name: string): string => name.toLowerCase().replaceAll(" ", "-");

const operationView = (operation: Operation, document: ApiDocument): Html =>
  html`<details>
    <summary>
      <span class="method ${operation.method.toLowerCase()}">${operation.method}</span> <code>${operation.path}</code>
      <span class="says">${operation.summary}</span>
    </summary>
    ${operation.isOpen ? html`<p class="soft">Open to all: no credentials needed.</p>` : ""}
    ${operation.parameters.length === 0 ? "" : parametersView(operation.parameters, document)}
    ${operation.requestBody === undefined ? "" : bodyView("Body", operation.requestBody, document)}
    ${operation.responses
      .filter(([status]) => !isRefusal(status))
      .map(([status, response]) => responseView(status, response, document))}
    <p class="response">
      Refused with
      ${operation.responses.filter(([status]) => isRefusal(status)).map(([status]) => html`<code>${status}</code> `)}
    </p>
  </details>`;

/** What is sent of an event, and what its receiver answers. */
const eventView = ({ path, summary, parameters, requestBody, responses }: Operation, document: ApiDocument): Html =>
  html`<details>
    <summary><code>${path}</code> <span class="says">${summary}</span></summary>
    ${parametersView(parameters, document)} ${bodyView("Body", requestBody, document)}
    <h3>Answer</h3>
    ${responses.map(([status, response]) => responseView(status, response, document))}
  </details>`;

const isRefusal = (status: string): boolean => status >= "400";

/** The meanings of the error codes, once for all operations. */
function refusalsView(operations: readonly Operation[]): Html {
  const says = new Map(
    operations.flatMap(({ responses }) =>
      responses
        .filter(([status]) => isRefusal(status))
        .map(([status, response]): [string, string] => [status, text(at(response, "description"))]),
    ),
  );
  return html`<details>
    <summary>Error statuses</summary>
    <p>
      Every error is <code>application/problem+json</code> with <code>type</code>, <code>title</code>,
      <code>status</code>, <code>detail</code>, <code>errors[{path, code, message}]</code> and <code>requestId</code>.
    </p>
    <ul class="fields">
      ${[...says].toSorted().map(([status, meaning]) => html`<li><code>${status}</code> ${meaning}</li>`)}
    </ul>
  </details>`;
}

const parametersView = (parameters: readonly Shown[], document: ApiDocument): Html =>
  html`<table>
    <thead>
      <tr>
        <th scope="col">Parameter</th>
        <th scope="col">In</th>
        <th scope="col">Is</th>
      </tr>
    </thead>
    <tbody>
      ${parameters.map(
        (parameter) =>
          html`<tr>
            <td><code>${parameter.name}</code>${parameter.required ? " (required)" : ""}</td>
            <td>${parameter.in}</td>
            <td>
              ${typeText(parameter.schema, document)}
              <span class="soft">${text(at(parameter.schema, "description"))}</span>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;

function bodyView(title: string, content: unknown, document: ApiDocument): Html {
  const example = at(content, "example");
  return html`<h3>${title}</h3>
    ${fieldsView(at(content, "schema"), document)}
    ${example === undefined ? "" : html`<pre tabindex="0"><code>${JSON.stringify(example, undefined, 2)}</code></pre>`}`;
}

function responseView(status: string, response: unknown, document: ApiDocument): Html {
  const content = at(response, "content", "application/json");
  const says = text(at(response, "description"));
  return content === undefined
    ? html`<p class="response"><code>${status}</code> ${says}</p>`
    : html`<div class="response">
        <p><code>${status}</code> ${says}</p>
        ${fieldsView(at(content, "schema"), document)}
      </div>`;
}

/** A schema, with a reference resolved once. */
function resolved(schema: unknown, document: ApiDocument): unknown {
  const reference = text(at(schema, "$ref"));
  return reference === "" ? schema : at(document, "components", "schemas", reference.split("/").at(-1) ?? "");
}

function fieldsView(schema: unknown, document: ApiDocument): Html {
  const shown = resolved(schema, document);
  const fields = Object.entries(at(shown, "properties") ?? {});
  if (fields.length === 0) return html`<p class="soft">${typeText(schema, document)}</p>`;
  const required = list(at(shown, "required"));
  return html`<ul class="fields">
    ${fields.map(
      ([name, field]) =>
        html`<li>
          <code>${name}</code>${required.includes(name) ? "" : html`<span class="soft">?</span>`}
          ${typeText(field, document)} <span class="soft">${text(at(resolved(field, document), "description"))}</span>
        </li>`,
    )}
  </ul>`;
}

/** A schema's type in a few words. */
function typeText(schema: unknown, document: ApiDocument): string {
  const reference = text(at(schema, "$ref"));
  if (reference !== "") return reference.split("/").at(-1) ?? "";
  const choices = list(at(schema, "enum"));
  if (choices.length > 0) return choices.map((choice) => JSON.stringify(choice)).join(" | ");
  const options = [...list(at(schema, "anyOf")), ...list(at(schema, "oneOf")), ...list(at(schema, "allOf"))];
  if (options.length > 0) return options.map((option) => typeText(option, document)).join(" | ");
  const type = at(schema, "type");
  if (type === "array") return `list of ${typeText(at(schema, "items"), document)}`;
  const format = text(at(schema, "format"));
  const name = Array.isArray(type) ? type.join(" | ") : text(type);
  return format === "" ? name : `${name} (${format})`;
}

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: light-dark(#555, #aaa); --back: light-dark(#f6f7f9, #1b1d21); }
body { background: light-dark(#fff, #121417); color: light-dark(#1c2024, #e8eaed); font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1.5rem; overflow-wrap: anywhere; }
h1 { margin: 0 0 .5rem; } h2 { margin: 2rem 0 .25rem; } h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
nav a { display: inline-block; margin-right: 1rem; }
.soft { color: var(--soft); }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; padding: .5rem .75rem; }
summary { cursor: pointer; } .says { color: var(--soft); margin-left: .5rem; }
.method { display: inline-block; font: 700 .8rem/1.6 ui-monospace, monospace; min-width: 3.5rem; }
.get { color: light-dark(#0b62b8, #6db3ff); } .post { color: light-dark(#1a7a36, #6fd58c); }
.put, .patch { color: light-dark(#8a5a00, #f0b95b); } .delete { color: light-dark(#b3261e, #ff8a80); }
pre { background: var(--back); border-radius: .5rem; overflow-x: auto; padding: .75rem; }
table { border-collapse: collapse; width: 100%; } th, td { border-bottom: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; }
.fields { margin: .25rem 0; padding-left: 1.25rem; } .response { border-top: 1px solid var(--line); margin: .5rem 0 0; padding-top: .5rem; }
.response p { margin: 0; }
`;
