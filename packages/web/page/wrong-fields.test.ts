import { describe, expect, it } from "vitest";
import { withWrongFields, withWrongFilters } from "./wrong-fields.ts";

const form = (hidden: string, fields: string, id = ""): string =>
  `<form ${id} method="post" action="/x"><input type="hidden" name="of" value="${hidden}" />${fields}</form>`;
const page = (...forms: readonly string[]): string =>
  `<main><p class="refused" role="alert"><strong>Not done:</strong> <bdi>All of it.</bdi></p>${forms.join("")}</main>`;
const mistake = (path: string, message = "weight “<9>” is too much") => ({ path, code: "bad-value", message });

describe("a page with a refused form", () => {
  it("has the mistake below its field and a link to the field in the summary, as letters", () => {
    const drawn = page(form("a", `<label>Weight <input name="weight" autofocus value="9" /></label>`));
    expect(withWrongFields(drawn, [mistake("weight")], { of: "a" })).toBe(
      page(
        form(
          "a",
          `<span class="wrong"><label>Weight <input id="wrong-0" aria-invalid="true" aria-describedby="wrong-0-why" name="weight" value="9" /></label><span class="why-wrong" id="wrong-0-why"><bdi>Weight “&lt;9&gt;” is too much.</bdi></span></span>`,
        ),
      ).replace("<bdi>All of it.</bdi>", `<a href="#wrong-0"><bdi>Weight “&lt;9&gt;” is too much.</bdi></a>`),
    );
  });

  it("marks the field of the form that was sent, not of one like it", () => {
    const fields = `<input name="weight" aria-label="Weight" />`;
    for (const [of, written] of [
      ["b", "b"],
      [`O'Neil & "Co"`, "O&#39;Neil &amp; &quot;Co&quot;"],
    ] as const) {
      const marked = withWrongFields(page(form("a", fields), form(written, fields)), [mistake("weight")], { of });
      expect(marked.indexOf("aria-invalid")).toBeGreaterThan(marked.indexOf(`value="${written}"`));
      expect(marked.split("aria-invalid")).toHaveLength(2);
    }
  });

  it("finds a field that stands outside of its form, one that is described already, and the first of several boxes", () => {
    const outside = `<select form="f" name="to" aria-describedby="how"><option>1</option></select>`;
    const boxes = `<input type="hidden" name="days" value="" /><label><input type="checkbox" name="days.monday" /> Mon</label>`;
    const marked = withWrongFields(page(outside, form("a", boxes, `id="f"`)), [mistake("to"), mistake("days")], {});
    expect(marked).toContain(`aria-describedby="how wrong-0-why" form="f" name="to"`);
    expect(marked).toContain(`</select><span class="why-wrong"`);
    expect(marked).toMatch(/aria-invalid="true"[^>]*type="checkbox" name="days.monday"/);
  });

  it("marks one field where the line breaks within the tag that closes its label or a choice", () => {
    const fields = `<label>To <input name="to" /></label\n><label>Kind <select name="kind"></select\n></label\n><label>Size <input name="size" /></label>`;
    for (const [name, end] of [
      ["to", "</label\n>"],
      ["kind", "</select\n></label\n>"],
    ] as const) {
      const [, marked = ""] =
        /<span class="wrong">([^]*?)<span class="why-wrong"/.exec(
          withWrongFields(page(form("a", fields)), [mistake(name)], {}),
        ) ?? [];
      expect([marked.split("<label").length - 1, marked.endsWith(end)]).toEqual([1, true]);
    }
    const bare = page(form("a", `<select name="kind"></select\n><p>more</p>`));
    expect(withWrongFields(bare, [mistake("kind")], {})).toContain(`</select\n><span class="why-wrong"`);
  });

  it("marks a field without a label whole, and each of several that stand side by side", () => {
    const marked = (name: string, i: number) =>
      `<span class="wrong"><input id="wrong-${i}" aria-invalid="true" aria-describedby="wrong-${i}-why" name="${name}" aria-label="A ${name}" /><span class="why-wrong" id="wrong-${i}-why"><bdi>Wrong.</bdi></span></span>`;
    const fields = `<input name="to" aria-label="A to" /><input name="size" aria-label="A size" />`;
    for (const names of [["to"], ["size"], ["to", "size"], ["size", "to"]]) {
      const told = withWrongFields(
        page(form("a", fields)),
        names.map((name) => mistake(name, "wrong")),
        {},
      );
      for (const [i, name] of names.entries()) expect(told).toContain(marked(name, i));
    }
    const labelled = `<label>To <input name="to" /></label><label>Size <input name="size" /></label>`;
    const both = withWrongFields(page(form("a", labelled)), [mistake("to"), mistake("size")], {});
    expect(both).toMatch(
      /<\/label><span class="why-wrong" id="wrong-0-why">.*?<\/span><\/span><span class="wrong"><label>Size/,
    );
  });

  it("unfolds what its mistake is folded away in, and nothing else", () => {
    const field = `<input name="to" aria-label="To" />`;
    const folded = `<details><p></p></details><details class="open"><details open>${field}</details></details><details></details>`;
    const marked = withWrongFields(page(form("a", folded)), [mistake("to")], {});
    expect(marked.match(/<details[^>]*>/g)).toEqual([
      "<details>",
      `<details open class="open">`,
      "<details open>",
      "<details>",
    ]);
  });

  it("stays as it is when the form has no such field", () => {
    const drawn = page(form("a", `<input name="weight" />`));
    expect(withWrongFields(drawn, [mistake("size")], {})).toBe(drawn);
  });
});

describe("a page with a wrong filter", () => {
  const list = (...parts: readonly string[]): string =>
    `<div class="unused" role="alert">Not used: <ul>${parts.map((part) => `<li>${part}</li>`).join("")}</ul></div>`;
  const named = (part: string): string => `<code><bdi>${part}</bdi></code>`;
  const filters = (id = ""): string =>
    `<form method="get" action="/x"><label>Day <input ${id} name="day" /></label><select name="sort"></select></form>`;

  it("has a link to each filter with a mistake in the list above it; what is of no filter has none", () => {
    const drawn = `${list(`${named("day=x")}: why`, named("limit=y"), named("sort=z"), named("utm=1"))}${filters()}`;
    const told = withWrongFilters(drawn, [mistake("day"), mistake("limit"), mistake("sort")]);
    expect(told).toContain(
      list(
        `<a href="#wrong-0">${named("day=x")}</a>: why`,
        named("limit=y"),
        `<a href="#wrong-2">${named("sort=z")}</a>`,
        named("utm=1"),
      ),
    );
    for (const id of ["wrong-0", "wrong-2"]) expect(told).toContain(`id="${id}" aria-invalid="true"`);
  });

  it("leads to the id that a filter has of its own", () => {
    const told = withWrongFilters(`${list(named("day=x"))}${filters('id="from"')}`, [mistake("day")]);
    expect(told).toContain(`<a href="#from">${named("day=x")}</a>`);
  });
});
