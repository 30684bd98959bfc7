import type { findings as english } from "../en/findings.ts";

/** Texts of a finding's page in Ukrainian. */
export const findings = {
  "contacts.title": "Кому зателефонувати",
  "contacts.none": "Немає ні телефону, ні адреси e-mail. Щоб додати їх, імпортуйте файли клієнтів та осіб із <code>.",

  "finding.nothing": "нічого",
  "finding.atStake": "Під загрозою",
  "finding.since": "Триває з",
  "finding.nobody": "ще ніхто",
  "finding.sinceNote":
    "«Триває з» – перший день, відколи це так без перерви; те, про що йдеться сьогодні, може бути новішим.",
  "finding.others": "Також у цього клієнта",
  "finding.whatToWrite": "Що написати",
  "finding.writeMail": "✉ Написати листа",
  "finding.why": "Чому я це бачу",
  "finding.evidence": "Докази: усі числа й документи за цим",
  "finding.resolved": "Вирішено.",
  "finding.resolvedWhy": "Нічний запуск <date> більше цього не знайшов.",
  "finding.elsewhere": "Те, що потребує уваги зараз, – на <link>.",
  "finding.pageOf": "сторінці: <name>",

  "review.title": "Ваш відгук",
  "review.note": "Примітка",
  "review.useful": "Це було корисно",
  "review.known_reason": "Причина відома",
  "review.wrong": "Це було хибно",
  "review.notesCall": "записує сьогоднішній дзвінок",
  "review.contactedOn": "Зв’язалися <date>",
  "review.until": "До",
  "review.snooze": "Відкласти",
  "review.dismiss": "Відкласти, доки не станеться щось нове",
  "review.dismissed": "Відкладено, доки не станеться щось нове",
  "review.until.day": "Відкладено до <date>",
  "review.reopen": "Повернути",

  "note.high": "Знахідки високого рівня одразу надсилають сповіщення – у Slack та електронною поштою.",
  "note.medium": "Знахідки середнього рівня входять до щоденного зведення.",
  "note.watch": "Знахідки під наглядом є лише на сторінці: повідомлення не надсилаються.",
  "note.lapsed": "Втрачений: мовчить так довго, що клієнта треба повертати. Повідомлення не надсилаються.",
  "note.disputed": "Спірне: владнайте суперечку, перш ніж просити оплату. Повідомлення не надсилаються.",
  "note.credit_hold":
    "Кредит клієнта заблоковано: він не може купувати, тож його мовчання нічого не означає. Повідомлення не надсилаються.",
  "note.unwanted":
    "Ніхто цього більше не купує: за останні 30 днів жоден інший клієнт цього не замовляв. Повідомлення не надсилаються.",
  "note.dismissed": "Відкладено. Повідомлення не надсилаються, доки це не відкриють знову або не станеться щось нове.",
  "note.values": "Правило бере цей рівень зі значень нижче.",
  "note.share": "За власними звичками цей клієнт заходив би так далеко у <text> випадків.",
  "note.shareAndLevels":
    "За власними звичками цей клієнт заходив би так далеко у <text> випадків. 1 % або менше – високий рівень, 5 % або менше – середній, більше – нагляд.",
  "note.lessThan": "менш ніж <text> %",

  "evidence.checks": "Перевірки",
  "evidence.whatChecked": "Що перевірено",
  "evidence.check": "Перевірка",
  "evidence.value": "Значення",
  "evidence.compared": "порівняно",
  "evidence.limit": "Межа",
  "evidence.holds": "Виконано",
  "evidence.numbers": "Усі числа за цим",
  "evidence.documents": "Вихідні документи",
  "evidence.rule": "Правило та його версія <code>",
  "evidence.atMost": "щонайбільше",
  "evidence.less": "менше ніж",
  "evidence.atLeast": "щонайменше",
  "evidence.moreThan": "більше ніж",
  "evidence.none": "Немає: використано лише числа вище.",
} satisfies Readonly<Record<keyof typeof english, string>>;
