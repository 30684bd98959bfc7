import type { nights as english } from "../en/nights.ts";

/** Texts of the console in Ukrainian: nightly runs and the quality of the data. */
export const nights = {
  "nights.none": "Нічного запуску ще не було. Почніть його зараз:",
  "nights.last":
    "Останній нічний запуск врахував усе до <date> і прочитав {numb, plural, one {# клієнта} few {# клієнтів} many {# клієнтів} other {# клієнта}}.",
  "nights.kind": "Інсайт",
  "nights.eligible": "Клієнти з достатньою історією",
  "nights.found": "Знайдено",
  "nights.failures": "Збої",
  "nights.noFailure": "Жодного клієнта не пропущено.",
  "nights.setAside":
    "{numb, plural, one {# клієнта пропущено; його знахідки лишилися, як були.} few {# клієнтів пропущено; їхні знахідки лишилися, як були.} many {# клієнтів пропущено; їхні знахідки лишилися, як були.} other {# клієнта пропущено; їхні знахідки лишилися, як були.}}",
  "nights.untold": "Нікому не повідомлено",
  "nights.allTold": "Усе до опрацювання є в чиємусь зведенні.",
  "nights.entries":
    "{numb, plural, one {# запис} few {# записи} many {# записів} other {# запису}} у {cust, plural, one {# клієнта} few {# клієнтів} many {# клієнтів} other {# клієнта}}:",
  "nights.history": "Останні ночі",
  "nights.day": "До",
  "nights.missing": "{days, plural, one {# день} few {# дні} many {# днів} other {# дня}} без запуску",
  "nights.failed.outage":
    "Збій <date>: база даних не відповідала. Запуск повториться сам; відоме лишилося як було. Якщо збій лишиться, запустіть його знову:",
  "nights.failed.fault":
    "Збій <date>, причина є в журналі<text>. Запуск повториться сам; відоме лишилося як було. Якщо збій лишиться, повідомте тих, хто обслуговує Regulars для вас, і запустіть його знову:",
  "nights.reference": " як <code>",
  "nights.lastFailed":
    "Запуск за <date> не вдався: ви бачите дані попереднього. Останні ночі нижче кажуть чому і що робити.",
  "nights.startAgain": "Запустіть його знову:",
  "quality.all":
    "{numb, plural, one {Перевірено # клієнта.} few {Перевірено # клієнтів.} many {Перевірено # клієнтів.} other {Перевірено # клієнта.}}",
  "quality.first":
    "Перевірено перших {numb, plural, one {# клієнта} few {# клієнтів} many {# клієнтів} other {# клієнта}} за ідентифікатором.",
  "quality.none": "Жодного клієнта ще не відомо: імпортуйте їх командою <code>",
  "quality.lead": "Те, чого бракує, не дає повідомити про знахідку або зателефонувати клієнтові.",
  "quality.gap": "Чого бракує",
  "quality.count": "Скільки",
  "quality.who": "Перші з них",
  "quality.no-name": "Назва",
  "quality.no-rep": "Той, чий це клієнт",
  "quality.unknown-rep": "Його менеджер не є користувачем",
  "quality.rep-left": "Його менеджер більше не працює",
  "quality.no-phone": "Номер телефону",
  "quality.no-email": "Адреса e-mail",
  "quality.userEmail": "Користувачі без адреси e-mail",
  "quality.complete": "Усе є: <list>.",
  "quality.has.no-name": "назви",
  "quality.has.no-rep": "менеджери",
  "quality.has.unknown-rep": "менеджери, які є користувачами",
  "quality.has.rep-left": "менеджери, які ще працюють",
  "quality.has.no-phone": "номери телефонів",
  "quality.has.no-email": "адреси e-mail",
  "quality.has.userEmail": "адреси e-mail користувачів",
  "quality.do":
    "Щоб виправити, імпортуйте файли клієнтів і користувачів із цими полями: чого у файлі немає, лишається як є.",
} satisfies Readonly<Record<keyof typeof english, string>>;
