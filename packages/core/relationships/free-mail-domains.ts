import { emailIdentity } from "../platform/contact-point.ts";

/** Domains at which anybody gets an address: sharing one says nothing about a company. */
const FREE_MAIL_DOMAINS: ReadonlySet<string> = new Set(
  `
  126.com 163.com abv.bg aim.com alice.it aol.com arcor.de aruba.it att.net azet.sk bellsouth.net bigpond.com bk.ru
  bluewin.ch btinternet.com centrum.cz charter.net comcast.net cox.net daum.net duck.com earthlink.net email.cz email.it
  fastmail.com fastmail.fm free.fr freemail.hu freenet.de frontier.com gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.fr
  gmx.net googlemail.com hanmail.net hey.com hotmail.be hotmail.ca hotmail.co.uk hotmail.com hotmail.com.br hotmail.de
  hotmail.es hotmail.fr hotmail.it hotmail.nl hushmail.com i.ua icloud.com inbox.lv inbox.ru interia.pl juno.com kpnmail.nl
  laposte.net libero.it list.ru live.be live.ca live.co.uk live.com live.com.au live.de live.fr live.it live.nl mac.com
  mail.bg mail.com mail.de mail.ee mail.ru mailbox.org mailfence.com me.com meta.ua msn.com naver.com neuf.fr nifty.com
  ntlworld.com o2.pl online.de online.no onet.pl optonline.net orange.fr outlook.at outlook.be outlook.com outlook.com.br
  outlook.de outlook.dk outlook.es outlook.fr outlook.it outlook.jp planet.nl pm.me poczta.onet.pl posteo.de proton.me
  protonmail.ch protonmail.com qq.com rambler.ru rediffmail.com rocketmail.com rogers.com sapo.pt sbcglobal.net seznam.cz
  sfr.fr shaw.ca sina.com sky.com skynet.be sohu.com spoluzaci.cz sympatico.ca t-online.de talktalk.net telenet.be
  telia.com telus.net terra.com.br tin.it tiscali.it tlen.pl tuta.com tuta.io tutanota.com tutanota.de ukr.net uol.com.br
  verizon.net virgilio.it virginmedia.com volny.cz wanadoo.fr web.de wp.pl xs4all.nl xtra.co.nz ya.ru yahoo.ca
  yahoo.co.id yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.mx yahoo.de
  yahoo.es yahoo.fr yahoo.in yahoo.it yandex.com yandex.ru yeah.net ymail.com ziggo.nl zoho.com zohomail.com
  `
    .trim()
    .split(/\s+/),
);

/** The domain of an address, as name servers have it; `undefined` when the text is no address. */
export function mailDomainOf(email: string | undefined): string | undefined {
  const identity = email === undefined ? undefined : emailIdentity(email);
  return identity?.slice(identity.lastIndexOf("@") + 1);
}

export const isFreeMail = (domain: string): boolean => FREE_MAIL_DOMAINS.has(domain);
