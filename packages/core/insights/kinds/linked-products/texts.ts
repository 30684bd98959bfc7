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
