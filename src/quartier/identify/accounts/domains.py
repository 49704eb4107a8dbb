"""Domains of e-mail addresses and websites, and whether they are a company's own."""

import re

from quartier.identify.cleaning.texts import tidied

_FREE_MAIL = """
gmail.com googlemail.com outlook.com outlook.fr outlook.be outlook.de outlook.es outlook.it hotmail.com hotmail.fr
hotmail.be hotmail.ch hotmail.de hotmail.es hotmail.it hotmail.co.uk live.com live.fr live.be live.nl live.co.uk live.de
live.it msn.com yahoo.com yahoo.fr yahoo.de yahoo.es yahoo.it yahoo.co.uk yahoo.ca yahoo.co.jp yahoo.co.in yahoo.com.br
ymail.com rocketmail.com aol.com aol.fr aim.com icloud.com me.com mac.com proton.me protonmail.com protonmail.ch pm.me
tutanota.com tuta.io tuta.com mail.com gmx.com gmx.fr gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de
posteo.de posteo.net mailbox.org arcor.de 1und1.de mail.ru bk.ru list.ru inbox.ru yandex.ru yandex.com zoho.com
fastmail.com fastmail.fm hushmail.com mailfence.com runbox.com hey.com duck.com
orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr cegetel.net club-internet.fr bbox.fr numericable.fr aliceadsl.fr
noos.fr voila.fr caramail.com caramail.fr libertysurf.fr tele2.fr nordnet.fr 9online.fr 9business.fr dartybox.com
skynet.be telenet.be proximus.be voo.be scarlet.be belgacom.net pandora.be
bluewin.ch sunrise.ch hispeed.ch romandie.com netplus.ch vtxnet.ch swissonline.ch bluemail.ch
libero.it virgilio.it tin.it alice.it tiscali.it fastwebnet.it inwind.it iol.it
telefonica.net terra.es ono.com movistar.es sapo.pt iol.pt netcabo.pt
ziggo.nl kpnmail.nl home.nl xs4all.nl planet.nl hetnet.nl upcmail.nl casema.nl
btinternet.com virginmedia.com sky.com talktalk.net ntlworld.com blueyonder.co.uk tiscali.co.uk
comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com
videotron.ca sympatico.ca rogers.com shaw.ca bell.net
wp.pl onet.pl o2.pl interia.pl seznam.cz centrum.cz abv.bg freemail.hu citromail.hu
qq.com 163.com 126.com sina.com naver.com hanmail.net daum.net rediffmail.com uol.com.br bol.com.br
luxembourg.lu pt.lu vo.lu monaco.mc
"""
FREE_MAIL = frozenset(_FREE_MAIL.split())
"""Where anybody has an address: providers of mail and of access in Europe and beyond, by our own listing."""

_FOR_EXAMPLES = frozenset(["example.com", "example.org", "example.net"])
"""Domains of nobody (RFC 2606)."""

_DOMAIN = re.compile(r"^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$")


def domain_of(text: str) -> str | None:
    """The domain of a website or an e-mail address, in small letters and ASCII, no `www.`; None for other texts."""
    written = tidied(text).lower()
    host = re.sub(r"^[a-z]+://", "", written).split("/")[0].split("?")[0].rsplit("@", 1)[-1].partition(":")[0]
    host = host.strip(". ").removeprefix("www.")
    try:
        plain = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return None
    return plain if _DOMAIN.match(plain) else None


def is_own(domain: str) -> bool:
    """Whether a domain may be a company's own: no provider of mail, nor kept for examples."""
    return domain not in FREE_MAIL and domain not in _FOR_EXAMPLES
