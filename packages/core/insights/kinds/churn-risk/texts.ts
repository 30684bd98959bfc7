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

/** What pages say of its evidence: what was checked, and how its figures are made. */
export const evidenceTexts = {
  en: {
    "check.CH1": "first order plus {mnth, plural, one {# month} other {# months}}, on or before the day",
    "check.CH2": "days with an order",
    "check.CH3":
      "days silent, over the {base, select, previous {previous} max {max} mean {mean} median {median} other {usual}} gap",
    "rule.CH.levelRule":
      "Of customers with such a rhythm and silence about <perc> % order nothing in the next {days, plural, one {# day} other {# days}}: 50 % or more is high, 40 % or more is medium. Of such gaps <shar> % are longer than the silence; where that is over 25 % the silence is ordinary, and it is only watched.",
    "rule.CH.severityRule":
      "kappa = sqrt(shape), A = 1 + kappa·n, B = 1.3·G/kappa + s, S(u) = I(B/(B+u); A, kappa), q = (pi + (1 - pi)·S(t+H)) / (pi + (1 - pi)·S(t)); G is the tenant's mean gap up to the month before",
    "rule.CH.atStakeRule": "3 months of monthlyMinor, times q90",
  },
  da: {
    "check.CH1": "første ordre plus {mnth, plural, one {# måned} other {# måneder}}, senest på dagen",
    "check.CH2": "dage med en ordre",
    "check.CH3":
      "dage uden ordrer, over {base, select, previous {det forrige interval} max {det længste interval} mean {gennemsnittet af intervallerne} median {medianen af intervallerne} other {det sædvanlige interval}}",
    "rule.CH.levelRule":
      "Af kunder med sådan en rytme og så lang en pause bestiller omkring <perc> % intet {days, plural, one {den næste dag} other {de næste # dage}}: 50 % eller mere er Høj, 40 % eller mere er Middel. Af sådanne intervaller er <shar> % længere end pausen; er det over 25 %, er pausen helt almindelig, og niveauet er Hold øje.",
    "rule.CH.severityRule":
      "kappa = sqrt(shape), A = 1 + kappa·n, B = 1.3·G/kappa + s, S(u) = I(B/(B+u); A, kappa), q = (pi + (1 - pi)·S(t+H)) / (pi + (1 - pi)·S(t)); G er firmaets gennemsnitlige interval til og med måneden før",
    "rule.CH.atStakeRule": "3 måneder af monthlyMinor, gange q90",
  },
  "pt-BR": {
    "check.CH1": "primeiro pedido mais {mnth, plural, one {# mês} other {# meses}}, até o dia",
    "check.CH2": "dias com pedido",
    "check.CH3":
      "dias sem pedido, acima {base, select, previous {do intervalo anterior} max {do maior intervalo} mean {do intervalo médio} median {do intervalo mediano} other {do intervalo habitual}}",
    "rule.CH.levelRule":
      "De clientes com esse ritmo e essa pausa, cerca de <perc>% não pedem nada {days, plural, one {no próximo dia} other {nos próximos # dias}}: 50% ou mais é Alta, 40% ou mais é Média. Desses intervalos, <shar>% são mais longos que a pausa; acima de 25%, a pausa é comum e o nível é só Observar.",
    "rule.CH.severityRule":
      "kappa = sqrt(shape), A = 1 + kappa·n, B = 1.3·G/kappa + s, S(u) = I(B/(B+u); A, kappa), q = (pi + (1 - pi)·S(t+H)) / (pi + (1 - pi)·S(t)); G é o intervalo médio da empresa até o mês anterior",
    "rule.CH.atStakeRule": "3 meses de monthlyMinor, vezes q90",
  },
  uk: {
    "check.CH1":
      "перше замовлення плюс {mnth, plural, one {# місяць} few {# місяці} many {# місяців} other {# місяця}}, не пізніше цього дня",
    "check.CH2": "дні із замовленням",
    "check.CH3":
      "дні без замовлень, більше за {base, select, previous {попередню паузу} max {найдовшу паузу} mean {середню паузу} median {медіанну паузу} other {звичну паузу}}",
    "rule.CH.levelRule":
      "Серед клієнтів із таким ритмом і такою паузою близько <perc> % нічого не замовляють протягом {days, plural, =1 {наступного дня} one {наступних # дня} few {наступних # днів} many {наступних # днів} other {наступних # дня}}: 50 % і більше – високий рівень, 40 % і більше – середній. Серед таких проміжків <shar> % довші за цю паузу; якщо їх понад 25 %, пауза звичайна, і за нею лише спостерігають.",
    "rule.CH.severityRule":
      "kappa = sqrt(shape), A = 1 + kappa·n, B = 1.3·G/kappa + s, S(u) = I(B/(B+u); A, kappa), q = (pi + (1 - pi)·S(t+H)) / (pi + (1 - pi)·S(t)); G – середній проміжок компанії до попереднього місяця включно",
    "rule.CH.atStakeRule": "3 місяці від monthlyMinor, помножені на q90",
  },
};
