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
