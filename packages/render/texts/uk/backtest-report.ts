import type { backtestReport as english } from "../en/backtest-report.ts";

/** Texts of a backtest's report in Ukrainian. */
export const backtestReport = {
  "report.of": "Перевірка на минулому: <name>",
  "report.back": "‹ Наскільки правила влучні",
  "report.lead":
    "{cust, plural, one {# клієнт} few {# клієнти} many {# клієнтів} other {# клієнта}}, {days, plural, one {# день із замовленням} few {# дні із замовленням} many {# днів із замовленням} other {# дня із замовленням}} з <from> до <upto> Кожного дня правила бачать лише те, що було відомо тоді; сповіщення правильне, якщо воно лишається правдивим протягом названих днів, щонайбільше <most>. Смуги – це 95 % інтервали з <draw> бутстреп-вибірок клієнтів (seed <seed>).",
  "report.enough":
    "{numb, plural, one {# клієнт має} few {# клієнти мають} many {# клієнтів мають} other {# клієнта мають}} достатню історію; знайти можна було <trth>.",
  "report.enoughNone":
    "{numb, plural, one {# клієнт має} few {# клієнти мають} many {# клієнтів мають} other {# клієнта мають}} достатню історію; знайти не було чого: замало, щоб судити.",
  "report.nothing":
    "Минулих замовлень замало, щоб судити про будь-яке правило: нічого не повідомили б, і знайти не було чого. Імпортуйте давніші замовлення, а потім перевірте ще раз.",
  "report.plot": "Точність і повнота кожного правила, <name>",
  "report.rules": "Правила, <name>",
  "report.rule": "Правило",
  "report.alerts": "Сповіщень",
  "report.right": "Правильних",
  "report.precision": "Точність",
  "report.equal": "За стількох сповіщень, як високий рівень",
  "report.money": "Від грошей",
  "report.recall": "Повнота",
  "report.per100": "Сповіщень на 100",
  "report.silent": "Днів паузи",
  "report.lead-days": "Днів випередження",
  "report.tooFew": "замало, щоб судити",
  "report.share": "<text> (від <from> до <upto>)",
  "report.ofAlerts": "<text> із <numb>",

  "report.order": "Порядок списку",
  "report.orderLead":
    "Щосьомого дня {list, plural, one {# список} few {# списки} many {# списків} other {# списку}}, {entr, plural, one {# запис} few {# записи} many {# записів} other {# запису}}. Кожен порядок має стільки дзвінків, як наш, щонайбільше десять на менеджера й список, і телефонує клієнту раз за паузу. Втрачені гроші: закупівлі за три місяці клієнтів, які потім 90 днів нічого не замовляли.",
  "report.orderOf": "Порядок",
  "report.average": "Середня точність",
  "report.calls": "Дзвінків",
  "report.lostMoney": "Втрачені гроші, яким дзвонили",
  "report.stated": "Що сказано і що справдилося",
  "report.statedCol": "Сказано",
  "report.statements": "Тверджень",
  "report.statedMean": "Сказано в середньому",
  "report.cameTrue": "Справдилося",
  "report.bin": "від <from> до <upto> %",
  "report.note":
    "Там, де сказано близько <perc> %, <true> % із <numb> нічого не замовили: за цих замовлень читайте це так.",
  "report.error": "Названі ймовірності хибні в середньому на <perc>.",
  "report.errorIn": "Названі ймовірності хибні в середньому на <perc> (від <from> до <upto>).",
  "report.levels": "Із записів списків справдилося: <list>.",
  "report.level.high": "із <numb> високого рівня <shar>, сказано <perc>",
  "report.level.medium": "із <numb> середнього рівня <shar>, сказано <perc>",
  "report.noMoney": "Грошей не втрачено.",
  "report.moneyOf": "<what> названо під загрозою, <lost> втрачено: у <fact> раза.",
  "report.moneyIn": "<what> названо під загрозою, <lost> втрачено: у <fact> раза (від <from> до <upto>).",
  "report.inNumber": "За кількістю: сказано <numb>, втрачено <lost>.",
  "report.largest": "Троє клієнтів мають <perc> названих грошей.",
  "report.ended":
    "Із {numb, plural, one {# паузи, що закінчилася} few {# пауз, що закінчилися} many {# пауз, що закінчилися} other {# паузи, що закінчилися}} замовленням, середнього рівня сягнули <medi>, високого – <high>.",

  "headline.none": "З <from> до <upto> вам не повідомили б про жодного клієнта: замало, щоб судити.",
  "headline.says":
    "З {numb, plural, one {# клієнта} few {# клієнтів} many {# клієнтів} other {# клієнта}}, про яких вам повідомили б з <from> до <upto>, відпали <left>; список найдовших пауз мав би <othr>.",
  "headline.saysOf":
    "З {numb, plural, one {# клієнта} few {# клієнтів} many {# клієнтів} other {# клієнта}}, про яких вам повідомили б з <from> до <upto>, відпали <left>; список найдовших пауз мав би <othr> із <totl>.",
  "headline.longest": "Тут найдовша пауза має рацію частіше.",
  "headline.longestWaits": "Тут найдовша пауза має рацію частіше, але на <days>-й день паузи замість <ownd>-го.",
  "headline.few": "Цього замало, щоб судити.",

  "better.sure": "Порівнюване правило тут краще: <list>.",
  "better.chance": "Тут краще, але не більше, ніж пояснює випадок: <list>.",
  "better.one": "«<name>» – <what>, <othr> замість <ours>",
  "better.oneLater": "«<name>» – <what>, <othr> замість <ours>, але на <days>-й день замість <ownd>-го",
  "better.what.precision, finding no less": "точність, не знаходячи менше",
  "better.what.precision at as many alerts, its limit moved": "точність за стількох сповіщень, зі зсунутою межею",
  "better.what.average precision": "середня точність",
  "better.what.right calls of as many": "правильні дзвінки з такої ж кількості",
  "better.what.lost money called": "втрачені гроші, яким дзвонили",
} satisfies Readonly<Record<keyof typeof english, string>>;
