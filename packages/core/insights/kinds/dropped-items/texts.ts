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
