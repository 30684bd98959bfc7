import type { backtests as english } from "../en/backtests.ts";

/** Texts of the page of backtests in Ukrainian. */
export const backtests = {
  "backtests.titleAt": "Наскільки правила влучні – <firm>",
  "backtests.lead":
    "перевірка на минулому проходить ваші власні замовлення день за днем, записує, що сказало б кожне правило з відомого тоді, і чи воно справдилося. Вона нічого не змінює.",
  "backtests.run": "Запустити перевірку",
  "backtests.running": "Перевірка триває; ця сторінка показує її перебіг.",
  "backtests.list": "Перевірки",
  "backtests.none": "Жодної перевірки ще не було.",
  "backtests.noneByAdmin": "Жодної перевірки ще не було. Її запускає адміністратор.",
  "backtests.rightWhen": "Сповіщення влучне, якщо сказане в ньому лишається правдою <days> днів",
  "backtests.button": "Запустити",
  "backtests.requested": "Замовлено",
  "backtests.horizon": "Горизонт",
  "backtests.progress": "Перебіг",
  "backtests.report": "Звіт",
  "backtests.open": "Відкрити звіт",
  "backtests.days": "{numb, plural, one {# день} few {# дні} many {# днів} other {# дня}}",
  "backtests.queued": "◌ чекає на початок",
  "backtests.read": "◔ прочитано {numb, plural, one {# клієнта} few {# клієнтів} many {# клієнтів} other {# клієнта}}",
  "backtests.tried":
    "◑ перевірено <done> із {numb, plural, one {# клієнта} few {# клієнтів} many {# клієнтів} other {# клієнта}}",
  "backtests.done": "● готово: {numb, plural, one {# клієнт} few {# клієнти} many {# клієнтів} other {# клієнта}}",
  "backtests.failed": "✗ <text>",
  "backtests.itFailed": "сталася помилка",
  "backtests.badHorizon": "Горизонт має бути від <from> до <upto> днів.",
  "backtests.noReport": "Ця перевірка не має звіту.",
} satisfies Readonly<Record<keyof typeof english, string>>;
