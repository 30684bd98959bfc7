import type { findings as english } from "../en/findings.ts";

/** Texts of a finding's page in Brazilian Portuguese. */
export const findings = {
  "contacts.title": "Para quem ligar",
  "contacts.none":
    "Nenhum telefone ou e-mail é conhecido. Para adicioná-los, importe arquivos de clientes e de pessoas com <code>.",

  "finding.nothing": "nada",
  "finding.atStake": "Em jogo",
  "finding.since": "Em curso desde",
  "finding.nobody": "ninguém ainda",
  "finding.sinceNote":
    "“Em curso desde” é o primeiro dia a partir do qual isso ocorre sem interrupção; aquilo de que se trata hoje pode ser mais recente.",
  "finding.others": "Também neste cliente",
  "finding.whatToWrite": "O que escrever",
  "finding.writeMail": "✉ Escrever um e-mail",
  "finding.why": "Por que estou vendo isto",
  "finding.evidence": "Evidência: todos os números e documentos por trás disto",
  "finding.resolved": "Resolvido.",
  "finding.resolvedWhy": "A execução noturna de <date> não o encontrou mais.",
  "finding.elsewhere": "O que há para fazer agora está na <link>.",
  "finding.pageOf": "página de <name>",

  "review.title": "Seu retorno",
  "review.note": "Observação",
  "review.useful": "Foi útil",
  "review.known_reason": "Há um motivo conhecido",
  "review.wrong": "Estava errado",
  "review.notesCall": "anota uma ligação de hoje",
  "review.contactedOn": "Contatado em <date>",
  "review.until": "Até",
  "review.snooze": "Adiar",
  "review.dismiss": "Deixar de lado até que algo novo aconteça",
  "review.dismissed": "Deixado de lado até que algo novo aconteça",
  "review.until.day": "Deixado de lado até <date>",
  "review.reopen": "Retomar",

  "note.high": "Achados de nível Alta enviam um alerta imediato, no Slack e por e-mail.",
  "note.medium": "Achados de nível Média estão no resumo diário.",
  "note.watch": "Achados de nível Observar ficam só na página: nenhuma mensagem é enviada.",
  "note.lapsed":
    "Perdido: em silêncio há tanto tempo que o cliente precisa ser reconquistado. Nenhuma mensagem é enviada.",
  "note.disputed": "Em disputa: resolva a disputa antes de cobrar. Nenhuma mensagem é enviada.",
  "note.credit_hold":
    "O cliente está com o crédito bloqueado: não pode comprar, então seu silêncio não diz nada. Nenhuma mensagem é enviada.",
  "note.unwanted": "Ninguém mais compra: nenhum outro cliente o pediu nos últimos 30 dias. Nenhuma mensagem é enviada.",
  "note.dismissed": "Deixado de lado. Nenhuma mensagem é enviada até que seja reaberto ou algo novo aconteça.",
  "note.values": "A regra tira este nível dos valores abaixo.",
  "note.share": "Pelos próprios hábitos, este cliente chegaria a este ponto <text> das vezes.",
  "note.shareAndLevels":
    "Pelos próprios hábitos, este cliente chegaria a este ponto <text> das vezes. 1% ou menos é Alta, 5% ou menos é Média, mais é Observar.",
  "note.lessThan": "menos de <text>%",

  "evidence.checks": "Verificações",
  "evidence.whatChecked": "O que foi verificado",
  "evidence.check": "Verificação",
  "evidence.value": "Valor",
  "evidence.compared": "comparado",
  "evidence.limit": "Limite",
  "evidence.holds": "Vale",
  "evidence.numbers": "Todos os números por trás disto",
  "evidence.documents": "Documentos de origem",
  "evidence.rule": "Regra e sua versão <code>",
  "evidence.atMost": "no máximo",
  "evidence.less": "menos que",
  "evidence.atLeast": "no mínimo",
  "evidence.moreThan": "mais que",
  "evidence.none": "Nenhum: só os números acima foram usados.",
} satisfies Readonly<Record<keyof typeof english, string>>;
