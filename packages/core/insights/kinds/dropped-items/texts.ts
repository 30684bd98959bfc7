/** The kind's texts in the languages other than English. */
export const translations = {
  da: {
    title: "Fravalgte varer",
    counted: "{numb, plural, one {# kunde med fravalgte varer} other {# kunder med fravalgte varer}}",
    why: "<lost>: <quan> {mths, plural, one {den seneste måned} other {de seneste # måneder}} mod <qbef> før; i <ordr> af {allo, plural, one {# ordre} other {# ordrer}} mod <obef> af <abef>, senest <lsal>",
    followUp:
      "Hej <pers>, du har bestilt mindre af <lost> end før. Skal jeg lægge den på den næste ordre? Og hvis den ikke passede dig, så sig til: Jeg finder gerne noget andet. Venlig hilsen <cont>",
  },
  "pt-BR": {
    title: "Itens deixados de lado",
    counted: "{numb, plural, one {# cliente com itens deixados de lado} other {# clientes com itens deixados de lado}}",
    why: "<lost>: <quan> {mths, plural, =1 {no último mês} one {nos últimos # meses} other {nos últimos # meses}}, antes <qbef>; em <ordr> de {allo, plural, one {# pedido} other {# pedidos}}, antes <obef> de <abef>; último em <lsal>",
    followUp:
      "Olá, <pers>! Você tem pedido menos <lost> do que antes. Posso incluir no próximo pedido? E, se não agradou, me avise: terei prazer em encontrar outra opção. Atenciosamente, <cont>",
  },
  uk: {
    title: "Товари, які беруть менше",
    counted:
      "{numb, plural, one {# клієнт, який бере деяких товарів менше} few {# клієнти, які беруть деяких товарів менше} many {# клієнтів, які беруть деяких товарів менше} other {# клієнта, які беруть деяких товарів менше}}",
    why: "<lost>: <quan> за {mths, plural, =1 {останній місяць} one {останні # місяць} few {останні # місяці} many {останні # місяців} other {останні # місяця}} проти <qbef> раніше; у <ordr> з {allo, plural, one {# замовлення} few {# замовлень} many {# замовлень} other {# замовлення}} проти <obef> з <abef>, востаннє <lsal>",
    followUp:
      "Вітаю, <pers>! Ви стали замовляти менше товару «<lost>». Додати його до наступного замовлення? А якщо він вам не підійшов, скажіть: я охоче підберу щось інше. З повагою, <cont>",
  },
};

/** What pages say of its evidence: what was checked, and how its figures are made. */
export const evidenceTexts = {
  en: {
    "check.DI1": "orders with the item in the compared period",
    "check.DI2": "quantity that is missing, times 100, against <perc> times the one before",
    "check.DI3": "chance of so few orders with the item, by the share of the customer's orders",
    "rule.DI.levelRule": "Confirmed items are medium: in the digest, not told at once.",
    "rule.DI.suppressed": "nobody buys it",
    "rule.DI.chanceRule":
      "chance = P[Bin(ordersBefore + orders, allOrders / (allOrdersBefore + allOrders)) <= orders]; chanceLimit is that of Benjamini and Hochberg's procedure at 10 % over itemsCompared items",
    "rule.DI.atStakeRule": "valueBeforeMinor less valueMinor, at least 0",
  },
  da: {
    "check.DI1": "ordrer med varen i sammenligningsperioden",
    "check.DI2": "mængden, der mangler, gange 100, mod <perc> gange mængden før",
    "check.DI3": "chance for så få ordrer med varen efter kundens andel af ordrer",
    "rule.DI.levelRule": "Bekræftede varer er Middel: de er med i den daglige oversigt og meldes ikke straks.",
    "rule.DI.suppressed": "ingen køber den",
    "rule.DI.chanceRule":
      "chance = P[Bin(ordersBefore + orders, allOrders / (allOrdersBefore + allOrders)) <= orders]; chanceLimit er den fra Benjamini og Hochbergs metode ved 10 % over itemsCompared varer",
    "rule.DI.atStakeRule": "valueBeforeMinor minus valueMinor, mindst 0",
  },
  "pt-BR": {
    "check.DI1": "pedidos com o item no período comparado",
    "check.DI2": "quantidade que falta, vezes 100, contra <perc> vezes a anterior",
    "check.DI3": "chance de tão poucos pedidos com o item, pela proporção dos pedidos do cliente",
    "rule.DI.levelRule": "Itens confirmados são de nível Média: entram no resumo diário e não são avisados na hora.",
    "rule.DI.suppressed": "ninguém compra",
    "rule.DI.chanceRule":
      "chance = P[Bin(ordersBefore + orders, allOrders / (allOrdersBefore + allOrders)) <= orders]; chanceLimit é o do procedimento de Benjamini e Hochberg a 10% sobre itemsCompared itens",
    "rule.DI.atStakeRule": "valueBeforeMinor menos valueMinor, no mínimo 0",
  },
  uk: {
    "check.DI1": "замовлення з товаром у періоді порівняння",
    "check.DI2": "кількість, якої бракує, помножена на 100, проти попередньої, помноженої на <perc>",
    "check.DI3": "ймовірність так мало замовлень із товаром за часткою замовлень клієнта",
    "rule.DI.levelRule":
      "Підтверджені товари мають середній рівень: вони у щоденному зведенні, одразу про них не повідомляють.",
    "rule.DI.suppressed": "його ніхто не купує",
    "rule.DI.chanceRule":
      "chance = P[Bin(ordersBefore + orders, allOrders / (allOrdersBefore + allOrders)) <= orders]; chanceLimit – межа за процедурою Бенджаміні – Гохберга на рівні 10 % для itemsCompared товарів",
    "rule.DI.atStakeRule": "valueBeforeMinor мінус valueMinor, щонайменше 0",
  },
};
