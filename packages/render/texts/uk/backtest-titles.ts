import type { backtestTitles as english } from "../en/backtest-titles.ts";

/** Names of the rules and orders that a backtest compares, and what counts as right, in Ukrainian. */
export const backtestTitles = {
  "title.Regulars, high: alerted immediately": "Regulars, високий рівень: одразу",
  "title.Regulars, medium or high: in the digest": "Regulars, середній або високий рівень: у зведенні",
  "title.The seed's words: longer than the gap before": "Буквальне правило: довше за попередній проміжок",
  "title.Silent for 30 days": "Пауза 30 днів",
  "title.Silent for 60 days": "Пауза 60 днів",
  "title.Silent for 90 days": "Пауза 90 днів",
  "title.Twice the longest gap": "Удвічі довше за найдовший проміжок",
  "title.Rare by a gamma curve of its gaps: 1 %": "Рідкісна за гамма-кривою: 1 %",
  "title.MBG/NBD: more likely nothing comes": "MBG/NBD: імовірніше нічого не буде",
  "title.RFM at month's end: at risk": "RFM наприкінці місяця: під ризиком",
  "title.Regulars": "Regulars",
  "title.Longest silence": "Найдовша пауза",
  "title.The seed's words: most times the gap before": "Буквальне правило: найбільше попередніх проміжків",
  "title.Most times the longest gap": "Найбільше найдовших проміжків",
  "title.RFM: at risk, then longest silence": "RFM: під ризиком, далі найдовша пауза",
  "title.Rarest by a gamma curve of its gaps": "Найрідкісніша за гамма-кривою",
  "title.MBG/NBD: least likely to order": "MBG/NBD: найменш імовірно замовить",
  "title.Regulars, high: told by the score": "Regulars, високий рівень: за оцінкою",
  "title.Regulars, listed by rule or score": "Regulars, за правилом або оцінкою",
  "title.The seed's words": "Буквальне правило",
  "title.Not bought for 14 days": "Не купували 14 днів",
  "title.Not bought for 30 days": "Не купували 30 днів",

  "says.silences":
    "Одне сповіщення на кожну паузу, у перший день, коли правило діє за тим, що було відомо тоді, до її 120-го дня. Правильно: протягом власного горизонту клієнта після цього нічого не замовлено (три звичні проміжки, 14–90 днів). Знайти: паузи, довші за 120 днів і горизонт. Паузи, про які цього не знаємо, вилучено для всіх правил.",
  "says.items":
    "Одне сповіщення на кожну відсутність товару, який був у п’яти замовленнях за рік, у клієнта з понад десятьма за 90 днів, до її 90-го дня. Правильно: не куплено протягом горизонту після цього (вигадані клієнти: від товару відмовилися). Знайти: відсутності, довші за 90 днів і горизонт, поки клієнт замовляє. Ті, про які цього не знаємо, вилучено для всіх правил.",
} satisfies Readonly<Record<keyof typeof english, string>>;
