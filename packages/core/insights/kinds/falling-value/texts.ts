/** The kind's texts in the languages other than English. */
export const translations = {
  da: {
    title: "Faldende køb",
    counted: "{numb, plural, one {# kunde i tilbagegang} other {# kunder i tilbagegang}}",
    why: "<lost> ned {mths, plural, one {den seneste måned} other {de seneste # måneder}}{ago0, select, year { i forhold til året før} other {}}: <caus>",
    followUp:
      "Hej <pers>, jeg kan se, at du har bestilt mindre hos os på det seneste, og ville høre, om alt er i orden. Er der noget, vi skal gøre bedre, eller som du nu har brug for på en anden måde? Svar bare her, eller fortæl mig, hvornår jeg må ringe. Venlig hilsen <cont>",
    asEverybody: "<mony> som hos alle andre",
    unlikeEverybody: "mens alle andre gik <mony> frem",
    fewerDays: "<mony> fra færre arbejdsdage",
    moreDays: "modvirket af <mony> fra flere arbejdsdage",
    fewerOrders: "<mony> fra færre ordrer",
    moreOrders: "modvirket af <mony> fra flere ordrer",
    smallerOrders: "<mony> fra mindre ordrer",
    largerOrders: "modvirket af <mony> fra større ordrer",
    moreCredits: "<mony> fra flere kreditnotaer",
    fewerCredits: "modvirket af <mony> fra færre kreditnotaer",
    otherLoss: "<mony> fra andre ændringer",
    otherGain: "modvirket af <mony> fra andre ændringer",
  },
  "pt-BR": {
    title: "Queda nas compras",
    counted: "{numb, plural, one {# cliente em queda} other {# clientes em queda}}",
    why: "queda de <lost> {mths, plural, =1 {no último mês} one {nos últimos # meses} other {nos últimos # meses}}{ago0, select, year { em relação ao ano anterior} other {}}: <caus>",
    followUp:
      "Olá, <pers>! Vi que você tem pedido menos de nós ultimamente e queria saber se está tudo bem. Há algo que devamos fazer melhor, ou de que você agora precise de outra forma? É só responder ou me dizer quando posso ligar. Atenciosamente, <cont>",
    asEverybody: "<mony> como em todos os clientes",
    unlikeEverybody: "enquanto os demais ganharam <mony>",
    fewerDays: "<mony> por menos dias úteis",
    moreDays: "compensação de <mony> por mais dias úteis",
    fewerOrders: "<mony> por menos pedidos",
    moreOrders: "compensação de <mony> por mais pedidos",
    smallerOrders: "<mony> por pedidos menores",
    largerOrders: "compensação de <mony> por pedidos maiores",
    moreCredits: "<mony> por mais notas de crédito",
    fewerCredits: "compensação de <mony> por menos notas de crédito",
    otherLoss: "<mony> por outras mudanças",
    otherGain: "compensação de <mony> por outras mudanças",
  },
  uk: {
    title: "Спад продажів",
    counted:
      "{numb, plural, one {# клієнт зі спадом продажів} few {# клієнти зі спадом продажів} many {# клієнтів зі спадом продажів} other {# клієнта зі спадом продажів}}",
    why: "мінус <lost> за {mths, plural, =1 {останній місяць} one {останні # місяць} few {останні # місяці} many {останні # місяців} other {останні # місяця}}{ago0, select, year { проти попереднього року} other {}}: <caus>",
    followUp:
      "Вітаю, <pers>! Бачу, що останнім часом ви замовляєте в нас менше, і хочу запитати, чи все гаразд. Чи варто нам щось робити краще, чи тепер вам потрібно щось інакше? Просто дайте відповідь або скажіть, коли вам зручно поговорити телефоном. З повагою, <cont>",
    asEverybody: "<mony> – як у всіх",
    unlikeEverybody: "тоді як решта додала <mony>",
    fewerDays: "<mony> через меншу кількість робочих днів",
    moreDays: "компенсація <mony> завдяки більшій кількості робочих днів",
    fewerOrders: "<mony> через меншу кількість замовлень",
    moreOrders: "компенсація <mony> завдяки більшій кількості замовлень",
    smallerOrders: "<mony> через менші замовлення",
    largerOrders: "компенсація <mony> завдяки більшим замовленням",
    moreCredits: "<mony> через більше кредит-нот",
    fewerCredits: "компенсація <mony> завдяки меншій кількості кредит-нот",
    otherLoss: "<mony> через інші зміни",
    otherGain: "компенсація <mony> завдяки іншим змінам",
  },
};

/** What pages say of its evidence: what was checked, and how its figures are made. */
export const evidenceTexts = {
  en: {
    "check.FV1": "what was lost, times 100, against <perc> times the value before",
    "check.FV2": "months before the current ones",
    "check.FV3":
      "{even, select, yes {mean of the current months, under the equal ones before} other {t of the months' values}}",
    "check.FV4":
      "{even, select, yes {mean of the current months, under the equal ones before} other {t of the months' values per working day}}",
    "check.FV5": "share of its value that the customer kept, under that of all comparable customers",
    "rule.FV.levelRule":
      "Confirmed over at least three months and beyond the market is high, and told; else it is watched.",
    "rule.FV.bookRule":
      "{know, select, yes {book has all comparable customers together; who kept no smaller share than they is with the market} other {how all customers together changed is not known for this month, so nobody is told}}",
    "rule.FV.confirmationRule":
      "t = (meanBefore - meanCurrent) / sqrt(variance · (1/months + 1/monthsBefore)) over monthValues, the last one first; the .90 quantile of Student's t with monthsBefore - 1 degrees of freedom is the threshold. The values per working day must pass it too.",
    "rule.FV.atStakeRule":
      "previousMinor times keptShare (1 while the book is not known), less currentMinor, at least 0",
  },
  da: {
    "check.FV1": "det tabte gange 100, mod <perc> gange værdien før",
    "check.FV2": "måneder før de nuværende",
    "check.FV3":
      "{even, select, yes {gennemsnit af de nuværende måneder, under de ens måneder før} other {t for månedernes værdier}}",
    "check.FV4":
      "{even, select, yes {gennemsnit af de nuværende måneder, under de ens måneder før} other {t for månedernes værdier pr. arbejdsdag}}",
    "check.FV5": "andel af værdien, som kunden har bevaret, under andelen for alle sammenlignelige kunder",
    "rule.FV.levelRule": "Bekræftet over mindst tre måneder og mere end markedet er Høj og meldes; ellers Hold øje.",
    "rule.FV.bookRule":
      "{know, select, yes {book er alle sammenlignelige kunder under ét; den, der har bevaret en mindst lige så stor andel, følger markedet} other {det vides ikke, hvordan alle kunder under ét har ændret sig for denne måned, så ingen får besked}}",
    "rule.FV.confirmationRule":
      "t = (meanBefore - meanCurrent) / sqrt(variance · (1/months + 1/monthsBefore)) over monthValues, den sidste først; 0,90-fraktilen af Students t med monthsBefore - 1 frihedsgrader er threshold. Værdierne pr. arbejdsdag skal også bestå den.",
    "rule.FV.atStakeRule":
      "previousMinor gange keptShare (1, så længe markedet er ukendt), minus currentMinor, mindst 0",
  },
  "pt-BR": {
    "check.FV1": "o que foi perdido, vezes 100, contra <perc> vezes o valor anterior",
    "check.FV2": "meses antes dos atuais",
    "check.FV3":
      "{even, select, yes {média dos meses atuais, abaixo dos meses anteriores, todos iguais} other {t dos valores mensais}}",
    "check.FV4":
      "{even, select, yes {média dos meses atuais, abaixo dos meses anteriores, todos iguais} other {t dos valores mensais por dia útil}}",
    "check.FV5": "parte do valor que o cliente manteve, abaixo da de todos os clientes comparáveis",
    "rule.FV.levelRule": "Confirmado por pelo menos três meses e além do mercado é Alta e é avisado; senão, Observar.",
    "rule.FV.bookRule":
      "{know, select, yes {book são todos os clientes comparáveis juntos; quem manteve uma parte não menor acompanha o mercado} other {não se sabe como todos os clientes juntos mudaram neste mês, por isso ninguém é avisado}}",
    "rule.FV.confirmationRule":
      "t = (meanBefore - meanCurrent) / sqrt(variance · (1/months + 1/monthsBefore)) sobre monthValues, o último primeiro; o quantil 0,90 do t de Student com monthsBefore - 1 graus de liberdade é threshold. Os valores por dia útil também precisam passar.",
    "rule.FV.atStakeRule":
      "previousMinor vezes keptShare (1 enquanto o mercado não é conhecido), menos currentMinor, no mínimo 0",
  },
  uk: {
    "check.FV1": "втрачене, помножене на 100, проти попередньої вартості, помноженої на <perc>",
    "check.FV2": "місяці перед поточними",
    "check.FV3":
      "{even, select, yes {середнє поточних місяців, нижче за однакові попередні} other {t помісячних значень}}",
    "check.FV4":
      "{even, select, yes {середнє поточних місяців, нижче за однакові попередні} other {t помісячних значень на робочий день}}",
    "check.FV5": "частка вартості, яку клієнт зберіг, нижча за частку всіх порівнюваних клієнтів",
    "rule.FV.levelRule":
      "Підтверджене щонайменше за три місяці й більше, ніж на ринку, – високий рівень, про це повідомляють; інакше лише спостерігають.",
    "rule.FV.bookRule":
      "{know, select, yes {book – усі порівнювані клієнти разом; хто зберіг не меншу частку, ніж вони, той змінюється разом із ринком} other {як змінилися всі клієнти разом за цей місяць, невідомо, тому нікому не повідомляють}}",
    "rule.FV.confirmationRule":
      "t = (meanBefore - meanCurrent) / sqrt(variance · (1/months + 1/monthsBefore)) за monthValues, останній першим; квантиль 0,90 розподілу Стьюдента з monthsBefore - 1 ступенями свободи – це threshold. Значення на робочий день теж мають його перевищити.",
    "rule.FV.atStakeRule":
      "previousMinor, помножене на keptShare (1, поки ринок невідомий), мінус currentMinor, щонайменше 0",
  },
};
