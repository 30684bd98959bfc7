/** The kind's texts in the languages other than English. */
export const translations = {
  da: {
    title: "Varer, der hører sammen",
    counted:
      "{numb, plural, one {# kunde, der mangler varer, som hører sammen} other {# kunder, der mangler varer, som hører sammen}}",
    why: "<lost>: <quan> og <qlnk> {mths, plural, one {den seneste måned} other {de seneste # måneder}}, {diff, select, more {flere} other {færre}} end de ventede <expc>",
    followUp:
      "Hej <pers>, de fleste kunder bestiller <lost> sammen. Må jeg lægge det, der mangler, på din næste ordre, eller har du nok lige nu? Venlig hilsen <cont>",
  },
  "pt-BR": {
    title: "Produtos que andam juntos",
    counted:
      "{numb, plural, one {# cliente com produtos que andam juntos} other {# clientes com produtos que andam juntos}}",
    why: "<lost>: <quan> e <qlnk> {mths, plural, =1 {no último mês} one {nos últimos # meses} other {nos últimos # meses}}, {diff, select, more {mais} other {menos}} que o esperado (<expc>)",
    followUp:
      "Olá, <pers>! A maioria dos clientes pede <lost> juntos. Posso incluir o que falta no seu próximo pedido, ou você tem o suficiente por enquanto? Atenciosamente, <cont>",
  },
  uk: {
    title: "Пов’язані товари",
    counted:
      "{numb, plural, one {# клієнт із пов’язаними товарами} few {# клієнти з пов’язаними товарами} many {# клієнтів із пов’язаними товарами} other {# клієнта з пов’язаними товарами}}",
    why: "<lost>: <quan> і <qlnk> за {mths, plural, =1 {останній місяць} one {останні # місяць} few {останні # місяці} many {останні # місяців} other {останні # місяця}}, {diff, select, more {більше} other {менше}}, ніж очікувалося (<expc>)",
    followUp:
      "Вітаю, <pers>! Більшість клієнтів замовляє <lost> разом. Додати те, чого бракує, до вашого наступного замовлення, чи поки що вам вистачає? З повагою, <cont>",
  },
};

/** What pages say of its evidence: what was checked, and how its figures are made. */
export const evidenceTexts = {
  en: {
    "check.LP1": "quantity off the expected one, times 100, against <perc> times the expected one, in millionths",
    "rule.LP.levelRule":
      "Too few of the linked item is medium: in the digest. Too many, so that the item is bought elsewhere, is watched.",
    "rule.LP.atStakeRule": "the missing quantity times missingUnitMinor",
  },
  da: {
    "check.LP1": "afvigelse fra den forventede mængde gange 100, mod <perc> gange den forventede, i milliontedele",
    "rule.LP.levelRule":
      "For lidt af den forbundne vare er Middel: det er med i den daglige oversigt. For meget, så varen købes et andet sted, er Hold øje.",
    "rule.LP.atStakeRule": "den manglende mængde gange missingUnitMinor",
  },
  "pt-BR": {
    "check.LP1":
      "diferença em relação à quantidade esperada, vezes 100, contra <perc> vezes a esperada, em milionésimos",
    "rule.LP.levelRule":
      "Pouco do item vinculado é Média: entra no resumo diário. Demais, de modo que o item é comprado em outro lugar, fica em Observar.",
    "rule.LP.atStakeRule": "a quantidade que falta vezes missingUnitMinor",
  },
  uk: {
    "check.LP1":
      "відхилення від очікуваної кількості, помножене на 100, проти очікуваної, помноженої на <perc>, у мільйонних частках",
    "rule.LP.levelRule":
      "Замало пов’язаного товару – середній рівень: у щоденному зведенні. Забагато, тобто товар купують деінде, – лише спостерігають.",
    "rule.LP.atStakeRule": "кількість, якої бракує, помножена на missingUnitMinor",
  },
};
