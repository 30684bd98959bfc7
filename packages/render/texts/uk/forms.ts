import type { forms as english } from "../en/forms.ts";

/** Texts about forms that are refused, in Ukrainian. */
export const forms = {
  "form.tooLong":
    "<name>: {numb, plural, one {# символ} few {# символи} many {# символів} other {# символу}}; зберегти можна щонайбільше <most>",
  "form.missing": "<name>: не заповнено. Заповніть поле й надішліть форму ще раз",
  "form.notOffered": "<name>: «<valu>» немає серед варіантів, виберіть <list>",
  "form.notListed": "<name>: «<valu>» немає серед варіантів, виберіть зі списку",
  "form.wrong": "<name>: «<valu>» <text>",
  "form.quoted": "«<valu>»",
  "form.cannot": "не можна використати",
  "form.noReview": "У формі немає дозволеної дії зі знахідкою",
  "form.feedback": "Відгук",
  "form.createdTo": "Створено до",
  "form.by": "За",
  "form.from": "З",
  "form.to": "До",
  "form.withClarifications": "З уточненнями",
  "form.noMany": "Деякі з вибраних угод не можна змінити",
  "form.noDeals": "не вибрано жодної угоди: виберіть принаймні одну",
  "form.noManyAction": "у формі немає дозволеної дії з угодами",
  "form.unusable": "Цю форму не можна використати",
  "form.noChoice": "немає серед варіантів",
  "form.notLike": "записано не так, як <exam>",
  "form.member": "Учасник",
  "form.planChanged": "цей план тим часом змінив хтось інший: подивіться, який він тепер",
  "form.noPlanAction": "у формі немає дозволеної дії з планом",
} satisfies Readonly<Record<keyof typeof english, string>>;
