import { weekdays } from "@regulars/core/notifications/preferences";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { ZONES } from "../page/code-choices.ts";
import type { Html } from "../page/layout.ts";
import type { PreferenceField } from "./preference-fields.ts";

/** A field as it is drawn: its name in the form, what stands in it, and what it says without a choice. */
interface Drawn {
  readonly name: string;
  readonly value: string;
  /** The element that describes it. */
  readonly describedBy?: string | undefined;
  /** What holds without a choice; a field without it has to be filled. */
  readonly usual?: string;
}

/** What a preference is chosen with: a list, a day, a time of day, or a text. */
export function controlView(
  field: PreferenceField,
  { name, value, describedBy, usual }: Drawn,
  words: PageWords,
): Html {
  const { choices, isZone = false, maxLength } = field;
  const described = describedBy === undefined ? "" : html`aria-describedby="${describedBy}"`;
  if (choices === undefined)
    return html`<input
      name="${name}"
      value="${value}"
      ${described}
      ${kindOf(field) ?? (usual === undefined ? "" : html`placeholder="${usual}"`)}
      ${isZone ? html`list="${ZONES}"` : ""}
      ${maxLength === undefined ? "" : html`maxlength="${maxLength}"`}
    />`;
  return html`<select name="${name}" ${described}>
    ${usual === undefined ? "" : html`<option value="">${words.say("prefs.otherwise", { text: usual })}</option>`}
    ${offered(choices, value).map(
      (choice) =>
        html`<option value="${choice.value}" ${choice.value === value ? html`selected` : ""}>${choice.name}</option>`,
    )}
  </select>`;
}

/** A browser writes times by its own clock, of twelve hours or of twenty-four, and sends them as they are stored. */
const kindOf = ({ isDate = false, stepMinutes }: PreferenceField): Html | undefined =>
  isDate ? html`type="date"` : stepMinutes === undefined ? undefined : html`type="time" step="${stepMinutes * 60}"`;

/** A refused value stays chosen. */
const offered = (choices: NonNullable<PreferenceField["choices"]>, value: string) =>
  value === "" || choices.some((choice) => choice.value === value) ? choices : [...choices, { value, name: value }];

/** Days of the week to tick. The hidden field says that the form has them, also when none is ticked. */
export const daysControlView = (name: string, ticked: readonly string[], { say }: PageWords): Html =>
  html`<input type="hidden" name="${name}" value="" /> ${weekdays.map(
      (day) =>
        html`<label
          ><input type="checkbox" name="${name}.${day}" ${ticked.includes(day) ? html`checked` : ""} />
          ${say(`shortDay.${day}`)}</label
        >`,
    )}`;
