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
