/** The kind's texts in the languages other than English. */
export const translations = {
  da: {
    title: "Risiko for frafald",
    counted: "{numb, plural, one {# kunde i risiko for at falde fra} other {# kunder i risiko for at falde fra}}",
    why: "stille i {dlst, plural, one {# dag} other {# dage}}, bestiller normalt hver {usul, plural, =1 {dag} other {#. dag}}; seneste ordre <lsal>; af kunder med den rytme og så lang en pause bestiller <risk> intet de næste {hrzn, plural, one {# dag} other {# dage}}",
    followUp:
      "Hej <pers>, det er et stykke tid siden din ordre den <lsal>, så jeg ville høre, hvordan det går. Er der noget, du mangler, eller noget, vi kan gøre bedre? Svar bare her, eller fortæl mig, hvornår jeg må ringe. Venlig hilsen <cont>",
    chance: "omkring <perc> %",
    under: "under <perc> %",
    over: "over <perc> %",
  },
  "pt-BR": {
    title: "Risco de perda",
    counted: "{numb, plural, one {# cliente em risco de perda} other {# clientes em risco de perda}}",
    why: "{dlst, plural, one {# dia} other {# dias}} sem pedir, normalmente pede a cada {usul, plural, =1 {dia} one {# dias} other {# dias}}; último pedido em <lsal>; de clientes com esse ritmo e esse silêncio, <risk> não pedem nada nos próximos {hrzn, plural, one {# dia} other {# dias}}",
    followUp:
      "Olá, <pers>! Já faz um tempo desde o seu pedido de <lsal>, então eu queria saber como vão as coisas. Está precisando de algo, ou há algo que possamos fazer melhor? É só responder ou me dizer quando posso ligar. Atenciosamente, <cont>",
    chance: "cerca de <perc>%",
    under: "menos de <perc>%",
    over: "mais de <perc>%",
  },
  uk: {
    title: "Ризик відтоку",
    counted:
      "{numb, plural, one {# клієнт із ризиком відтоку} few {# клієнти з ризиком відтоку} many {# клієнтів із ризиком відтоку} other {# клієнта з ризиком відтоку}}",
    why: "{dlst, plural, one {# день} few {# дні} many {# днів} other {# дня}} без замовлень, зазвичай замовляє раз на {usul, plural, =1 {день} one {# день} few {# дні} many {# днів} other {# дня}}; останнє замовлення <lsal>; серед клієнтів із таким ритмом і такою паузою <risk> нічого не замовляють протягом {hrzn, plural, =1 {наступного дня} one {наступних # дня} few {наступних # днів} many {наступних # днів} other {наступних # дня}}",
    followUp:
      "Вітаю, <pers>! Минуло вже чимало часу від вашого замовлення (<lsal>), тож хочу запитати, як ваші справи. Чи потрібно вам щось, чи можемо ми щось робити краще? Просто дайте відповідь або скажіть, коли вам зручно поговорити телефоном. З повагою, <cont>",
    chance: "близько <perc> %",
    under: "менше ніж <perc> %",
    over: "понад <perc> %",
  },
};
