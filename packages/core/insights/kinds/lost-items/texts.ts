/** The kind's texts in the languages other than English. */
export const translations = {
  da: {
    title: "Mistede varer",
    counted: "{numb, plural, one {# kunde med mistede varer} other {# kunder med mistede varer}}",
    why: "<lost>: ikke med i {wout, plural, one {den seneste ordre} other {de seneste # ordrer}}, normalt i <usul>; senest <lsal>, sædvanlig mængde <quan>",
    followUp:
      "Hej <pers>, <lost> var ikke med i dine seneste ordrer. Skal jeg lægge den på den næste, <quan> som du plejer? Og hvis den ikke passede dig, så sig til: Jeg finder gerne noget andet. Venlig hilsen <cont>",
    every: "hver ordre",
    some: "én ud af {ordr, plural, one {# ordre} other {# ordrer}}",
  },
  "pt-BR": {
    title: "Itens perdidos",
    counted: "{numb, plural, one {# cliente com itens perdidos} other {# clientes com itens perdidos}}",
    why: "<lost>: fora {wout, plural, =1 {do último pedido} one {dos últimos # pedidos} other {dos últimos # pedidos}}, normalmente em <usul>; último em <lsal>, quantidade habitual <quan>",
    followUp:
      "Olá, <pers>! <lost> não estava nos seus últimos pedidos. Posso incluir no próximo, <quan> como de costume? E, se não agradou, me avise: terei prazer em encontrar outra opção. Atenciosamente, <cont>",
    every: "todos os pedidos",
    some: "um a cada {ordr, plural, one {# pedido} other {# pedidos}}",
  },
  uk: {
    title: "Втрачені товари",
    counted:
      "{numb, plural, one {# клієнт із втраченими товарами} few {# клієнти з втраченими товарами} many {# клієнтів із втраченими товарами} other {# клієнта з втраченими товарами}}",
    why: "<lost>: немає в {wout, plural, =1 {останньому замовленні} one {останніх # замовленні} few {останніх # замовленнях} many {останніх # замовленнях} other {останніх # замовлення}}, зазвичай <usul>; востаннє <lsal>, звична кількість <quan>",
    followUp:
      "Вітаю, <pers>! Товару «<lost>» не було у ваших останніх замовленнях. Додати його до наступного, <quan>, як зазвичай? А якщо він вам не підійшов, скажіть: я охоче підберу щось інше. З повагою, <cont>",
    every: "у кожному замовленні",
    some: "в одному з {ordr, plural, one {# замовлення} few {# замовлень} many {# замовлень} other {# замовлення}}",
  },
};

/** What pages say of its evidence: what was checked, and how its figures are made. */
export const evidenceTexts = {
  en: {
    "check.LI1":
      "order days in the last {days, plural, one {# day} other {# days}}{held, select, yes {, on <date>} other {}}",
    "check.LI2":
      "order days with the item in the last {days, plural, one {# day} other {# days}}{held, select, yes {, on <date>} other {}}",
    "check.LI3":
      "orders without it times (item orders - 1), over twice the orders it usually took{held, select, yes {, on <date>} other {}}",
    "check.LI4": "days without the item, over its longest gap{held, select, yes {, on <date>} other {}}",
    "check.LI5": "last order with the item, before the latest order{held, select, yes {, on <date>} other {}}",
    "check.LI6": "it was lost and has not been bought since: days without it, until the finding expires",
    "check.LS2":
      "order days with the item in the last {days, plural, one {# day} other {# days}}{held, select, yes {, on <date>} other {}}",
    "check.LS3": "probability of so many orders without it, by its own rate{held, select, yes {, on <date>} other {}}",
    "rule.LI.levelRule":
      "High, and told, is what the score finds: so many orders without the item are 1 % or less likely by its own rate. What only the rule finds is watched.",
    "rule.LI.suppressed": "nobody buys it",
    "rule.LI.suppressedRule":
      "no other customer ordered it in the 30 days up to the day, while at least 3 did in the 90 days before",
    "rule.LI.atStakeRule":
      "windowNetMinor, times how likely the item stays away in the next windowOrders orders by itemOrders, steps and ordersWithout",
  },
  da: {
    "check.LI1":
      "ordredage i {days, plural, one {den sidste dag} other {de sidste # dage}}{held, select, yes {, den <date>} other {}}",
    "check.LI2":
      "ordredage med varen i {days, plural, one {den sidste dag} other {de sidste # dage}}{held, select, yes {, den <date>} other {}}",
    "check.LI3":
      "ordrer uden varen gange (ordrer med varen - 1), over det dobbelte af de ordrer, der plejede at gå{held, select, yes {, den <date>} other {}}",
    "check.LI4": "dage uden varen, over dens længste interval{held, select, yes {, den <date>} other {}}",
    "check.LI5": "sidste ordre med varen, før den nyeste ordre{held, select, yes {, den <date>} other {}}",
    "check.LI6": "varen var mistet og er ikke købt siden: dage uden den, indtil fundet udløber",
    "check.LS2":
      "ordredage med varen i {days, plural, one {den sidste dag} other {de sidste # dage}}{held, select, yes {, den <date>} other {}}",
    "check.LS3":
      "sandsynlighed for så mange ordrer uden varen efter dens egen hyppighed{held, select, yes {, den <date>} other {}}",
    "rule.LI.levelRule":
      "Det, som scoren finder, er Høj og meldes: så mange ordrer uden varen er højst 1 % sandsynlige efter dens egen hyppighed. Det, som kun reglen finder, er Hold øje.",
    "rule.LI.suppressed": "ingen køber den",
    "rule.LI.suppressedRule":
      "ingen anden kunde har bestilt den i de 30 dage til og med dagen, mens mindst 3 gjorde det i de 90 dage før",
    "rule.LI.atStakeRule":
      "windowNetMinor, gange sandsynligheden for, at varen bliver væk i de næste windowOrders ordrer efter itemOrders, steps og ordersWithout",
  },
  "pt-BR": {
    "check.LI1":
      "dias com pedido {days, plural, one {no último dia} other {nos últimos # dias}}{held, select, yes {, em <date>} other {}}",
    "check.LI2":
      "dias com pedido do item {days, plural, one {no último dia} other {nos últimos # dias}}{held, select, yes {, em <date>} other {}}",
    "check.LI3":
      "pedidos sem o item vezes (pedidos do item - 1), acima do dobro dos pedidos que costumava levar{held, select, yes {, em <date>} other {}}",
    "check.LI4": "dias sem o item, acima do maior intervalo dele{held, select, yes {, em <date>} other {}}",
    "check.LI5": "último pedido com o item, antes do pedido mais recente{held, select, yes {, em <date>} other {}}",
    "check.LI6": "o item foi perdido e não foi mais comprado: dias sem ele, até o achado expirar",
    "check.LS2":
      "dias com pedido do item {days, plural, one {no último dia} other {nos últimos # dias}}{held, select, yes {, em <date>} other {}}",
    "check.LS3":
      "probabilidade de tantos pedidos sem o item, pela frequência dele{held, select, yes {, em <date>} other {}}",
    "rule.LI.levelRule":
      "O que a pontuação encontra é Alta e é avisado: tantos pedidos sem o item têm 1% de chance ou menos, pela frequência dele. O que só a regra encontra fica em Observar.",
    "rule.LI.suppressed": "ninguém compra",
    "rule.LI.suppressedRule":
      "nenhum outro cliente pediu o item nos 30 dias até o dia, enquanto pelo menos 3 pediram nos 90 dias anteriores",
    "rule.LI.atStakeRule":
      "windowNetMinor, vezes a chance de o item continuar fora dos próximos windowOrders pedidos, segundo itemOrders, steps e ordersWithout",
  },
  uk: {
    "check.LI1":
      "дні із замовленням за {days, plural, =1 {останній день} one {останній # день} few {останні # дні} many {останні # днів} other {останні # дня}}{held, select, yes { на <date>} other {}}",
    "check.LI2":
      "дні із замовленням товару за {days, plural, =1 {останній день} one {останній # день} few {останні # дні} many {останні # днів} other {останні # дня}}{held, select, yes { на <date>} other {}}",
    "check.LI3":
      "замовлення без товару, помножені на (замовлення з товаром - 1), більше за подвоєну звичну кількість замовлень{held, select, yes { на <date>} other {}}",
    "check.LI4":
      "дні без товару, більше за найдовшу паузу між його замовленнями{held, select, yes { на <date>} other {}}",
    "check.LI5":
      "останнє замовлення з товаром, раніше за найновіше замовлення{held, select, yes { на <date>} other {}}",
    "check.LI6": "товар втрачено і відтоді не куплено: дні без нього, доки знахідка не застаріє",
    "check.LS2":
      "дні із замовленням товару за {days, plural, =1 {останній день} one {останній # день} few {останні # дні} many {останні # днів} other {останні # дня}}{held, select, yes { на <date>} other {}}",
    "check.LS3":
      "ймовірність стількох замовлень без товару за його власною частотою{held, select, yes { на <date>} other {}}",
    "rule.LI.levelRule":
      "Високий рівень, про який повідомляють, має те, що знаходить оцінка: стільки замовлень без товару мають імовірність 1 % або менше за його власною частотою. За тим, що знаходить лише правило, спостерігають.",
    "rule.LI.suppressed": "його ніхто не купує",
    "rule.LI.suppressedRule":
      "жоден інший клієнт не замовляв його протягом 30 днів до цього дня, тоді як за 90 днів до того замовляли щонайменше 3",
    "rule.LI.atStakeRule":
      "windowNetMinor, помножене на ймовірність того, що товару не буде в наступних windowOrders замовленнях, за itemOrders, steps та ordersWithout",
  },
};
