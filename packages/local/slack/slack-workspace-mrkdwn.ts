import { escapeFor } from "@regulars/core/platform/template";
import { raw } from "hono/html";

const SEQUENCE = /<([^<>\n]+)>/g;
const KEPT = /\ue000(\d+)\ue001/g;
const SAFE_LINK = /^(https?:|mailto:|tel:)/i;

/**
 * A text as Slack draws it: its three entities, mentions, links, bold, italic, struck, code and quotes; nothing else is
 * markup.
 */
export function renderMrkdwn(text: string) {
  const kept: string[] = [];
  const keep = (html: string) => `\ue000${kept.push(html) - 1}\ue001`;
  const marked = text
    .replace(/[\ue000\ue001]/g, "")
    .replace(SEQUENCE, (_all, inside: string) => keep(sequence(inside)));
  const html = quotes(formats(escapeFor("html", decode(marked)), keep));
  return raw(html.replace(KEPT, (_all, index: string) => kept[Number(index)] ?? ""));
}

/** A text without formatting: only the three entities are decoded; the page escapes the result. */
export const decode = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const escaped = (text: string): string => escapeFor("html", decode(text));

/** The text between < and >: a mention, a broadcast, a channel or a link. */
function sequence(inside: string): string {
  const bar = inside.indexOf("|");
  const target = bar === -1 ? inside : inside.slice(0, bar);
  const label = bar === -1 ? target : inside.slice(bar + 1);
  if (target.startsWith("@") || target.startsWith("#")) return `<span class="mention">${escaped(target)}</span>`;
  if (target.startsWith("!")) return `<span class="broadcast">@${escaped(target.slice(1))}</span>`;
  if (!SAFE_LINK.test(target)) return escaped(`<${inside}>`);
  return `<a href="${escaped(target)}" target="_blank" rel="noreferrer">${escaped(label)}</a>`;
}

const formats = (html: string, keep: (html: string) => string): string =>
  html
    .replace(/```(?!\u200b)\n?([\s\S]+?)```/g, (_all, code: string) => keep(`<pre>${code}</pre>`))
    .replace(/`(?!\u200b)([^`\n]+)`/g, (_all, code: string) => keep(`<code>${code}</code>`))
    .replace(span("\\*"), "<strong>$1</strong>")
    .replace(span("_"), "<em>$1</em>")
    .replace(span("~"), "<s>$1</s>");

/** A mark opens after anything but a word character and closes before anything but one. */
const span = (mark: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}${mark}])${mark}(?![\\s\\u200b${mark}])([^\\n${mark}]*[^\\s${mark}])${mark}(?![\\p{L}\\p{N}${mark}])`,
    "gu",
  );

/** Consecutive lines that begin with > form one quote. */
function quotes(html: string): string {
  const quoted = html.replace(/(?:^&gt; ?.*(?:\n|$))+/gm, (block) => {
    const lines = block.trimEnd().split("\n");
    return `<blockquote>${lines.map((line) => line.replace(/^&gt; ?/, "")).join("<br>")}</blockquote>`;
  });
  return quoted.replaceAll("\n", "<br>");
}
