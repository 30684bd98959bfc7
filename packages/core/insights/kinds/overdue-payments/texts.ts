/** The kind's texts in the languages other than English. */
export const translations = {
  da: {
    title: "Forfaldne betalinger",
    counted: "{numb, plural, one {# kunde med forfalden betaling} other {# kunder med forfaldne betalinger}}",
    why: "skylder <ovrd> på {invo, plural, one {# faktura} other {# fakturaer}}{disp, plural, =0 {} one {, hvoraf # er omtvistet} other {, hvoraf # er omtvistede}}; den ældste forfaldt <dued>, for {dpdu, plural, one {# dag} other {# dage}} siden",
    followUp:
      "Hej <pers>, det er måske smuttet: <ovrd> på {invo, plural, one {# faktura} other {# fakturaer}} mangler stadig at blive betalt, den ældste siden <dued>. Vil du se på det og fortælle mig, hvornår betalingen kommer? Er den allerede på vej, eller er der noget galt med en faktura, så svar bare på denne besked. Venlig hilsen <cont>",
  },
  "pt-BR": {
    title: "Pagamentos em atraso",
    counted: "{numb, plural, one {# cliente com pagamento em atraso} other {# clientes com pagamentos em atraso}}",
    why: "deve <ovrd> em {invo, plural, one {# fatura} other {# faturas}}{disp, plural, =0 {} other {, # em contestação}}; a mais antiga venceu em <dued>, há {dpdu, plural, one {# dia} other {# dias}}",
    followUp:
      "Olá, <pers>! Talvez tenha passado despercebido: <ovrd> em {invo, plural, one {# fatura} other {# faturas}} ainda em aberto, a mais antiga desde <dued>. Você poderia verificar e me dizer quando o pagamento será feito? Se ele já estiver a caminho ou se houver algo errado com alguma fatura, é só responder. Atenciosamente, <cont>",
  },
  uk: {
    title: "Прострочені платежі",
    counted:
      "{numb, plural, one {# клієнт із простроченою оплатою} few {# клієнти з простроченою оплатою} many {# клієнтів із простроченою оплатою} other {# клієнта з простроченою оплатою}}",
    why: "борг <ovrd> за {invo, plural, one {# рахунком} few {# рахунками} many {# рахунками} other {# рахунку}}{disp, plural, =0 {} one {, з них # оскаржується} few {, з них # оскаржуються} many {, з них # оскаржуються} other {, з них # оскаржуються}}; найдавніший мав бути сплачений <dued>, {dpdu, plural, one {# день} few {# дні} many {# днів} other {# дня}} тому",
    followUp:
      "Вітаю, <pers>! Можливо, це випало з уваги: <ovrd> за {invo, plural, one {# рахунком} few {# рахунками} many {# рахунками} other {# рахунку}} досі не сплачено, термін найдавнішого минув <dued>. Чи могли б ви перевірити й повідомити, коли надійде оплата? Якщо її вже надіслано або з рахунком щось не так, просто дайте відповідь на це повідомлення. З повагою, <cont>",
  },
};

/** What pages say of its evidence: what was checked, and how its figures are made. */
export const evidenceTexts = {
  en: {
    "check.OV1": "open amount of the oldest invoice, in minor units of its currency",
    "check.OV2": "due day of the oldest invoice plus {days, plural, one {# day} other {# days}} of grace",
    "rule.OV.levelRule":
      "The oldest undisputed invoice decides: more than {days, plural, one {# day} other {# days}} past due is high, else medium; while all are disputed, watch.",
    "rule.OV.atStakeRule":
      "each open amount times unpaidChance of its age, the chance that it is not paid in 30 days by the tenant's own payments",
  },
  da: {
    "check.OV1": "ubetalt beløb på den ældste faktura, i valutaens mindste enheder",
    "check.OV2": "den ældste fakturas forfaldsdag plus {days, plural, one {# dags} other {# dages}} frist",
    "rule.OV.levelRule":
      "Den ældste faktura, der ikke er omtvistet, afgør det: mere end {days, plural, one {# dag} other {# dage}} efter forfald er Høj, ellers Middel; så længe alle er omtvistede, Hold øje.",
    "rule.OV.atStakeRule":
      "hvert ubetalt beløb gange unpaidChance for dets alder, chancen for, at det ikke betales inden for 30 dage, efter firmaets egne betalinger",
  },
  "pt-BR": {
    "check.OV1": "valor em aberto da fatura mais antiga, na menor unidade da moeda",
    "check.OV2": "vencimento da fatura mais antiga mais {days, plural, one {# dia} other {# dias}} de tolerância",
    "rule.OV.levelRule":
      "Decide a fatura mais antiga sem contestação: mais de {days, plural, one {# dia} other {# dias}} de atraso é Alta, senão Média; enquanto todas são contestadas, Observar.",
    "rule.OV.atStakeRule":
      "cada valor em aberto vezes unpaidChance da sua idade, a chance de não ser pago em 30 dias segundo os pagamentos da própria empresa",
  },
  uk: {
    "check.OV1": "неоплачена сума найдавнішого рахунку, у найменших одиницях валюти",
    "check.OV2":
      "термін оплати найдавнішого рахунку плюс {days, plural, one {# день} few {# дні} many {# днів} other {# дня}} відстрочки",
    "rule.OV.levelRule":
      "Вирішує найдавніший неоскаржений рахунок: прострочення понад {days, plural, one {# день} few {# дні} many {# днів} other {# дня}} – високий рівень, інакше середній; поки всі оскаржено, лише спостерігають.",
    "rule.OV.atStakeRule":
      "кожна неоплачена сума, помножена на unpaidChance її віку – ймовірність того, що її не сплатять за 30 днів, за платежами самої компанії",
  },
};
