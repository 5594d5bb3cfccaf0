"""Words around names in by-lines, in many languages: what introduces a name, follows it, or is none."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WRITES = (
    r"(?:written|hosted|post(?:ed)?|published|reported|reporting|compiled|presented|submitted|created|story|words|te(?:x|ks)t\w{0,2}|reporta(?:gem|je)|interview|opinion"
    r"|publiée?|écrit|rédigé|moderiert|protokolliert|entretien|intervista|testo|servizio"
    r"|propos recueillis|recueilli|geschrieben|verfasst|escrito|publicado|redactado"
    r"|scritto|pubblicato|a cura|skrevet|skriven|publisert|publicerad|geschreven|gepubliceerd|napisał\w*|opublikowa\w*"
    r"|scris|publicat)"
)
_ROLES_BEFORE = (
    r"(?:[\w.]+-){0,3}(?:expert(?:e|in)|redaktionsmitglied\w*|toimittaja|verslagge(?:ver|efster)"
    r"|[^\W\d_]*(?:correspondent|redacteur|reporter|[ck]olumnist(?:in)?|korrespondent\w*|redakteur\w*|autor(?:in)?|auteur|journalist\w*)"
    r"|correspondante?|envoyée? spéciale?|corresponsal|enviad[oa] especial|corrispondente|inviat[oa]|correspondente"
    r"|кореспондент\w*|корреспондент\w*|журналіст\w*|журналист\w*|автори?|авторка|авторы|autor(?:en|in|a)?|auteure?|autrice|author)"
)
_NOTES = (
    r"(?:aus|in) \S+(?: \S+)? berichte(?:t|n)|protokoll|moderation|hosts?(?=:)|report(?:ing)?(?=:)"
    r"|(?:das gespräch|das interview) führten?"
    r"|die fragen stellten?|aufgezeichnet von|dal nostro (?:inviato|corrispondente)"
    r"|dalla nostra (?:inviata|corrispondente)|van onze (?:verslaggever|correspondent|redacteur)\w*|teksti"
    r"|op(?:rac|r)\.|oprac\w+|rozmawia[łl]\w*|piše|pišu|napisao|napisala|pripremi\w+|izvor|γράφ(?:ει|ουν)(?: [οη])?"
    r"|επιμέλεια|ρεπορτάζ|κείμενο"
    r"|συντάκτ\w+|haber(?=\s?:)|kaynak(?=\s?:)|yazan|hazırlayan|oleh|laporan|pewarta|jurnalis|wartawan|подготовил\w*|підготува\w+"
    r"|записал\w*|записа(?:в|л[аи])|беседовал\w*|розмовля(?:в|л[аи])|كتبت?|بقلم|إعداد|تقرير|מאת|نویسنده|خبرنگار|گزارش|লেখক|প্রতিবেদক"
)
_EAST_ASIAN = (
    r"[【\[(（]?(?:本報|本报|新华社|新華社|中央社)?(?:記者|记者|特派員|取材・文|文・写真|文)\s*[・:：/／]?\s*(?=[\u3040-\u9fff])"
    r"|[^\s＝=】、]{2,10}[＝=](?=[\u4e00-\u9fff])|[\u4e00-\u9fff]{1,5}部[・\s]\s*(?=[\u4e00-\u9fff]{2})"
    r"|[가-힣]{2,4}\s*=\s*(?=[가-힣]{2,4})|글[·ㆍ]사진\s+"
)
PREFIX = re.compile(
    rf"^(?:(?:{_NOTES})\s*[:：–-]?\s+|{_EAST_ASIAN}|(?-i:Του|Της|Των)\s+(?=(?-i:[Α-ΩΆΈΉΊΌΎΏ]))"
    r"|(?:(?:an?|ein|eine|un|une|una)\s+)?(?:(?:commentary|analysis|opinion|essay|interview|report|review|story|words|article"
    r"|exclusive|column|feature|[^\W\d_]*(?:kritik|porträt|kolumne|interview|bericht|essay|beitrag)|kommentar|analyse|gastbeitrag|gastkommentar|bericht|reportage|glosse|rezension|meinung|leitartikel|comment)\s+)?"
    r"(?:by|von|par|por|(?-i:di)|door|deur|af|av|przez|від|от|(?-i:From|from))(?:\s+|:\s*)"
    r"|(?:(?:of|the|article|story|post)\s+)*(?:authors?|autor[/*:_]in(?:nen)?|auto[rř]\w*|auteurs?"
    r"|szerz[őo]|írta|yazar|te(?:x|ks)t\w{0,2}|testo|penulis|tác giả|інтерв.ю|интервью"
    r"|writer|written|reporter|аутори?|लेखक|লেখক|автори?|авторы?|авторка|текст"
    r"|interview|журналіст\w*|журналист\w*|kirjoittaja|forfatter\w*|skrevet|skriven|verfasst|geschrieben|文|記者|记者|責編|责编|责任编辑|作者)"
    r"(?:\s+(?:by|von|av|af|par|of the article))?\s*(?:[:：/|]\s*|(?<=\bby)\s+|(?<=\bvon)\s+|(?<=\ba[fv])\s+)"
    rf"|(?:guest\s+|live\s+|article\s+|articolo?\s+|artículo\s+|artigo\s+|texte\s+|récit\s+)?{_WRITES}\s+(?:by|von|par|por|da|di|de|av|af|door|przez)(?:\s+|\s*:\s*)"
    r"|(?:une?|una|um|een)\s+(?:article|reportage|texte|dossier|entretien|chronique|portrait|enquête|analyse|artículo|reportaje|texto"
    r"|articolo|servizio|artigo|artikel|reportagem)\s+(?:de|di|par|por|van|door)\s+"
    r"|(?:text[eos]?|tekst[iy]?|текст)\s+(?=(?-i:[A-ZÀ-ÞА-ЯІЇЄҐ])\S+\s+(?-i:[A-ZÀ-ÞА-ЯІЇЄҐ]))"
    r"|(?:une?\s+)?(?:article|reportage|texte|dossier|récit|enquête)\s+signée?\s+"
    r"|(?:una?\s+)?(?:informe|crónica|reporte|nota)\s+de\s+"
    r"|(?:published|posted|updated)\s+(?:on\s+)?[\w ,.:]{3,30}?\s+by\s+"
    r"|un\s+(?:material|articol|reportaj|interviu)\s+de\s+"
    r"|bài(?: viết)?(?:\s?(?:,|và)\s?ảnh)?\s?:\s*"
    # "Di Marco Rossi" and "de Marco Popescu" say who wrote; "Di Maio" and "de Vries" are names.
    r"|(?-i:Di|de)\s+(?=(?-i:[A-ZÀ-Þ])\S+\s+(?-i:[A-ZÀ-Þ]))"
    rf"|(?:(?:de\s+)?(?:our|onze|unser\w*|наш\w*|notre|nuestr[oa]|nostr[oa]|noss[oa]|vår|vores)\s+)?{_ROLES_BEFORE}\s+(?=(?-i:[A-ZÀ-ÞА-ЯІЇЄҐ])\S+\s+(?:v[ao]n\s+|de\s+)?(?-i:[A-ZÀ-ÞА-ЯІЇЄҐ]))"
    r"|(?-i:and|und|et|e|og|och|та|и|&)\s+)",
    re.IGNORECASE,
)
"""What introduces names."""

AND = re.compile(
    r"\s+(?:and|und|et|y|e|og|och|i|ja|en|és|ve|și|si|at|a|un|dhe|dan|và|na|eta|agus|и|та|й|і|και|κι|و|और|ও|&|\+)\s+|\s+(?:with|mit|avec|con|med)\s+",
    re.IGNORECASE,
)
WITH = re.compile(r"\s(?:avec|mit|with|con|med|com|et|og|och|e|y)\s", re.IGNORECASE)
COMMA = re.compile(r"\s*[,;/|•·、，；،]\s*|\s+[-–—]\s+|\s{2,}|\n")

AFTER = re.compile(
    r"(?<=[\u4e00-\u9fff])\s*[／/@]?\s*[\u4e00-\u9fff]{2}(?:即時)?(?:報導|报道|綜合報導|專訪|電|专电)[】\])）]?$"
    r"|(?<=[\u3040-\u9fff])\s*(?:記者|特派員|編集委員|論説委員)$|(?<=[가-힣])\s+\S{0,4}(?:기자|특파원|논설위원|PD)(?=$|\s+[\w.+-]+@)"
    r"|(?<=^[가-힣]{3})(?:기자|특파원)$"
)
"""What follows names in Chinese, Japanese and Korean by-lines: reporter, and from where."""

TEXT_AND_PICTURES = re.compile(
    r"^(?:(?:te(?:x|ks)t\w{0,2}|testo|words|story|report\w*|текст)\s*(?:und|and|&|\+|et|og|och|e|y|en|i|і|и|та|/|,)\s*"
    r"(?:fotos?|photo(?:s|graph\w*)?|bild(?:er)?|pictures|zdjęcia|kuvat|video|фото)"
    r"|(?:fotos?|photos?|bilder|pictures|фото)\s*(?:und|and|&|\+|et|og|och|e|y|en|i|і|и|та|/|,)\s*(?:te(?:x|ks)t\w{0,2}|testo|words|текст))"
    r"(?:\s*:\s*|\s+(?:by|von|par|de|di|av|af)\s+|\s+(?=(?-i:[A-ZÀ-Þ])\S+\s(?-i:[A-ZÀ-Þ])))",
    re.IGNORECASE,
)
"""What introduces one whose the pictures are too: "Text und Fotos: Eva Roth"."""

OTHER_WORK = re.compile(
    r"[\s,;|/.]+(?:fotos?|kuvat?|bild(?:er)?)\s(?=(?-i:[A-ZÀ-Þ])\S+\s(?-i:[A-ZÀ-Þ])).*$|"
    r"(?:^|[\s;,|/.(]+)(?:(?:photos?|photographs?|photography|portraits?|pictures|video|illustrations?|graphics?|editors?|editing|edited|edição|edición|fotos?|bilder"
    r"|illustration|kamera|bearbeitung|фото|відео|видео|ілюстрац\w+|иллюстрац\w+|редактор\w*|zdjęcia|kuvat?|kuvaaja|bild|foto[gğ]raf\w*|fotó\w*|fotografie|写真|撮影|ảnh)"
    r"(?:\s+(?:by|von|par|de|di|av|af)\s+|\s*:\s*)"
    r"|(?:with (?:files|reporting|material|input|contributions?|additional)|additional reporting"
    r"|as told to|(?:produced|translated|adapted) by|übersetz(?:t|ung)|aus dem \w+ von|traduit"
    r"|traducci[óo]n|traduzione|produktion|mitarbeit"
    r"|(?:medically |clinically |expert )?(?:reviewed|fact[- ]checked) by"
    r"|mit (?:material|informationen)|unter verwendung|avec (?:les )?agences|avec l['’](?:ats|afp|agence)"
    r"|con (?:información|agencias))\b).*$",
    re.IGNORECASE,
)
"""What tells of pictures, editors and sources; a by-line ends there."""

_CONJUNCTION = r"\s(?:und|and|et|y|e|og|och|en|i|та|и)\s"
PHOTOGRAPHER = re.compile(
    rf"(?:^|[,;/&]|{_CONJUNCTION})(?:(?!{_CONJUNCTION})[^,;/&()]){{3,60}}\((?:fotos?|photos?|photographies?|fotografia|bild(?:er)?"
    r"|text und fotos?|video|gra(?:f|ph)ik|illustration\w*|foto og \w+|zdjęcia|fotó|фото|відео|видео)\)",
    re.IGNORECASE,
)
"""One whose own work is named in brackets: "Eva Roth (Fotos)"."""

DATED = re.compile(
    r"(?<=\w)\s+(?:(?:published|updated|posted|last|aktualisiert|veröffentlicht|publié|mis à jour|actualizado|publicado"
    r"|опубліковано|оновлено|опубликовано|обновлено|pubblicato|aggiornato|publicado|atualizado|gepubliceerd|bijgewerkt"
    r"|publicerad|uppdaterad|publisert|oppdatert|offentliggjort|opdateret|julkaistu|päivitetty|opublikowano|zaktualizowano"
    r"|publikováno|aktualizováno|publicat|actualizat|közzétéve|frissítve|güncelle\w+|yayınlan\w+)\b.*"
    r"|(?-i:reports|reporting|berichte[nt]|rapporterar|rapporterer)(?: (?:from|for|aus|från|fra)\b.*)?"
    r"|on (?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b.*"
    r"|(?:on\s+)?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
    r"\s+\d.*)$",
    re.IGNORECASE,
)
REST = re.compile(
    r"\s*(?:\b[\w.+-]+@[\w-]+\.\S+|@\w+|https?://\S+|www\.\S+|(?:\b(?-i:em|on|am|le|el|il|den|dne|op)\s+)?\b\d.*)$"
    r"|\s+(?:twitter|facebook|instagram|linkedin|mastodon|bluesky|e-?mail|(?-i:X))$",
    re.IGNORECASE,
)
"""Addresses, accounts and numbers behind a name."""

DEGREE = re.compile(r",?\s+(?:M\.?D|Ph\.?D|Dr\.?PH|R\.?N|MPH|MSc|BSc|MBA|Esq|CFA|CFP|J\.?D|LL\.?M)\b\.?(?=$|[,;\s])")
JUNIOR = re.compile(r",\s*((?:Jr|Sr)\b\.?|II+\b|IV\b)")
FOR = re.compile(r"\s+[Ff]or\s+(?:the\s+)?[A-Z].*$")
FOR_WHOM = re.compile(r"(?:para|pour|für|per|for|voor|för|for|dla|для)\s", re.IGNORECASE)
ORGANISED = re.compile(
    r"\b(?:cent(?:er|re)|institute?|council|committee|campaign|foundation|coalition|society|association|organi[sz]ation|union"
    r"|department|agency|office|fund|alliance|league|network|project|movement|party|initiative|team|group)\b",
    re.IGNORECASE,
)
EMPLOYER = re.compile(
    r"(?:^(?:regional|landes|hauptstadt|funk|auslands)?(?:studio|büro)\s|^university|university$|universität|\bcollege$|^institute\b|institut\b|\bnews$|^tv\b|\btv$|^r[aá]dio\b"
    r"|\bслужба$|\bредакці\w+|\bредакци\w+|^the\s"
    r"|\s(?:bureau|desk|online|network|media|business|sports?)$)",
    re.IGNORECASE,
)
"""What stands behind a name with a comma and is where its bearer works."""

CITY = re.compile(
    r"^(?:New (?:York|Delhi|Orleans)(?: City)?|Los Angeles|San (?:Francisco|Diego|José|Juan|Salvador)|Las Vegas"
    r"|Washington,? D\.?C\.?"
    r"|Mexico City|Ciudad de México|São Paulo|Rio de Janeiro|Buenos Aires"
    r"|Belo Horizonte|Santiago de Chile|La Paz|Den Haag|The Hague|Tel Aviv"
    r"|(?:Port|Fort|Cape|Mount|Saint|Santa|Lake|Kuala|Kota|Bandar|Bad|Tel|Ciudad|Vila|Villa|Nova|Novi|Нижний|Великий"
    r"|Кривий|Кривой|Біла|Белая) [^\W\d_]+"
    r"|Abu Dhabi|Hong Kong|Kuala Lumpur|Phnom Penh|Ho Chi Minh City|Cape Town|Addis Ababa"
    r"|St\.? Petersburg|Sankt Petersburg)$"
)
"""Cities of two words and more that reports come from; one word behind a full name is no name anyway."""
COMPANY = re.compile(
    r"\s(?:(?:Ltd|Limited|Inc|LLC|LLP|PLC|plc|GmbH|Corp|Pty|S\.p\.A|S\.r\.l|Oyj?|A/S)(?!\w)|(?:AB|AG|KG|SA)\.?$)"
)
"""Legal forms of companies."""

STATION = re.compile(r"[A-ZÄÖÜ]{2,4}(?:-Studio)? (?=\w*[a-zäöü])")
"""What stands behind a name with a comma and is a station's office: "ABC Berlin"."""

AGENCIES_IN_GENERAL = re.compile(
    r"^(?:(?:news )?agencies|agenturen|agences|agencias|agenzie|staff(?: (?:writers?|reporters?))?|wires?|агент\w+)$",
    re.IGNORECASE,
)
AGENCY_NAMES = _words(
    "AP AFP dpa DPA Reuters AAP PA ANSA EFE APA sda SDA NTB Ritzau TT PAP ČTK CTK TASR MTI Lusa LUSA ANP Belga BNS ELTA"
    " STA Hina Tanjug Agerpres Xinhua Kyodo Jiji Yonhap PTI IANS ANI Bernama UPI UNN Anadolu ТАСС Укрінформ УНІАН УНН"
    " РБК РИА Интерфакс Інтерфакс afp ap reuters apa epd KNA SID sid DHA İHA AGI Adnkronos LaPresse Colpisa Antara"
    " STT TASS BTA FENA SRNA Azertag Télam Andina GNA NAN رويترز Танјуг Бета ФоНет БТА"
)
AGENCY_SERVICE = re.compile(r"(?:dpa|afp|apa|sda|sid|epd|kna)/[a-z]{2,4}$")
"""An agency's regional or foreign-language service: "dpa/lrs"."""

AGENCY_BEHIND = re.compile(
    r"(?<=\w)\s+(?:of\s+)?(?:the\s+)?"
    r"(?:associated press|agence france-presse|united press international|press association)$",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"(?:the|le|la|les|der|die|das|el|il)\s", re.IGNORECASE)
PLACE = re.compile(r"\s+(?:in|aus|from|à|desde|depuis|vanuit|från|fra|із|из)\s+[A-ZÄÖÜÉ][\w-]+(?:\s[A-ZÄÖÜÉ][\w-]+)?$")
BRACKETS = re.compile(r"(?<=.)\([^()]*\)|(?<=.)\[[^\[\]]*\]|(?<=.)（[^（）]*）")
ROLE = re.compile(
    r"\b(?:special to|reporter|correspondent|editor|journalist|writer|columnist|producer|director"
    r"|staff|contributor|contributing|chief|president|professor|analyst|redakt\w+|korrespondent\w*|journalist\w*|reporter\w*"
    r"|volont[äa]r\w*|autorin|chef\w*|leiter\w*|envoyée?s?|enviad[oa]"
    r"|r[ée]dact\w+|correspond\w+|journalist[ea]|reda[ck]tor\w*|corresponsal|periodista|giornalista|inviat[oa]|jornalista"
    r"|verslaggever|colunista|columnista|editorialista|zpravodaj\w*|novinář\w*|újságíró|szerkesztő|muhabir\w*|yazarı?"
    r"|jurnalist\w*|skribent\w*|оглядач\w*|обозревател\w*|колумніст\w*|колумнист\w*|репортер\w*|репортёр\w*"
    r"|dziennikar\w+|journalis\w+|кореспондент\w*|корреспондент\w*|журналіст\w*|журналист\w*|редактор\w*|profesorius|toimittaja)\b",
    re.IGNORECASE,
)
PRESS_ROLE = re.compile(
    r"\b(?:reporter\w*|\w*correspond\w+|correspond\w+|editor"
    r"|(?:staff|senior|contributing|science|feature|sports?) writer|columnist\w*"
    r"|\w*journalis\w+|\w*redakt\w+|redact(?:eur|rice|or|ora)\w*|rédact\w+|\w*korrespondent\w*|volont[äa]r\w*|autorin|verslaggever\w*"
    r"|periodista\w*|giornalist\w*|jornalista\w*|colunista|columnista"
    r"|editorialista|zpravodaj\w*|novinář\w*|újságíró|szerkesztő|muhabir\w*|jurnalist\w*|skribent\w*|dziennikar\w+"
    r"|toimittaja|envoyée? spéciale?|corresponsal|inviat[oa]|спецкор\w*|оглядач\w*|обозревател\w*"
    r"|колумніст\w*|колумнист\w*|репорт[её]р\w*|кореспондент\w*|корреспондент\w*|журналіст\w*|журналист\w*|редактор\w*)\b",
    re.IGNORECASE,
)
"""Roles in a newsroom; those of ROLE that people in the news have too ("president", "director") are left out."""

NEWS_SERVICE = re.compile(
    r"\b(?:news (?:service|network|bureau)|press (?:service|agency|bureau)|staff)$", re.IGNORECASE
)
"""Where a reporter works, as a line below the name has it."""

RANKS = _words(
    "Deputy Senior Political Politics Chief News Sports Diplomatic Defence Defense Science Health World Foreign"
    " Assistant Executive Content Staff Special Crime Business Royal Showbiz Consumer Money Digital"
    " Associate Managing Economics Education Environment Home Court Legal Media"
    " Transportation Entertainment Lifestyle Religion Weather Video Data Climate Energy Housing Immigration Justice"
    " Government Statehouse Retail Markets Finance Property Film TV Arts Theatre Food Travel Fashion Football"
    " Cricket Rugby Tennis Soccer Audience Trends Trending Breaking Live Lead Principal Global European"
    " Technology Tech Culture Features National International US Guest City Local Investigative Regional Transport"
)
NO_NAME = re.compile(
    r"^(?:share|follow|read more|more|by|von|par|por|av|af|di|door|przez|від|от"
    r"|comment\w*|subscribe|login|log in|sign (?:in|up)"
    r"|l[ea]|el|il|am|den|dne|vom|view profile|about the authors?|see (?:more|all)|bio|email|e-mail"
    r"|twitter|facebook|x|null|none|undefined|n/?a"
    r"|unknown|anonymous|author|guest|user|.*\b(?:min read|minutes?|comments?|kommentare?|cookies?"
    r"|enabled|disabled|loading|watch live|updated?|published|posted|aktualisiert|veröffentlicht)\b.*"
    r"|(?:publi(?:ée?|cado|cerad|sert|cat)|pubblicato|mis à jour|modifié|actuali[sz]ado|atualizado"
    r"|aggiornato|gepubliceerd|bijgewerkt|uppdaterad|oppdatert|offentliggjort|opdateret|julkaistu|päivitetty|opublikowano|zaktualizowano|publikováno|aktualizováno"
    r"|közzétéve|frissítve|megjelent|опубліковано|оновлено|опубликовано|обновлено)\b.*)$",
    re.IGNORECASE,
)
ADMINISTRATOR = re.compile(r"(?:(?:web|site|super|blog) ?)?(?:admin\w*|master)$", re.IGNORECASE)
"""An account that tells nothing of anybody."""

GENERIC = re.compile(
    r"^(?:(?:di|da|par|von|by)\s)?(?:(?-i:red)|admin\w*|administrator|(?:web|site|super|blog) ?(?:admin|editor|master)"
    r"|(?:redaktion|redakcja|redakce|redactie|redaksjon|redacci[óo]n|redazione|r[ée]daction|reda[çc][ãa]o|редакція|редакция)\s.+"
    r"|redaktion\w*|redaksjon\w*|redaktsiya|redacci[óo]n|redazione"
    r"|r[ée]daction"
    r"|redakcja|redakce|redakcia|redactie|reda[çc][ãa]o|redac[țt]ia|toimitus|szerkesztőség|haber merkezi|編集部|编辑部"
    r"|newsroom|news ?desk|editors?|editorial(?: team| staff| board)?|staff(?: writers?| reporters?)?|nachrichten|news"
    r"|team|online|web|the editors|редакц\w+(?: (?:сайт[ау]|видання|издания|новин|новостей))?"
    r"|редколегія|редколлегия|пресслужба|пресс-служба"
    r"|новини|новости|various|agencias?|agenc(?:y|ies)|agentur\w*"
    r"|(?:web|online|national|sports?|digital|foreign|city|world|business) desk|desk"
    r"|l[ae] r[ée]daction|la redacci[óo]n|la redazione|de redactie|die redaktion|da reda[çc][ãa]o"
    r"|agency report(?:er)?|(?:from )?(?:staff|wire|news|agency)(?: and wire)? reports?"
    r"|(?:our|special|staff|own) (?:bureau|correspondents?|reporters?)|correspondent|reporter|tim redaksi|ban biên tập"
    r"|নিজস্ব প্রতিবেদক|ডেস্ক|온라인뉴스팀|디지털뉴스팀|本報訊|綜合報導)$",
    re.IGNORECASE,
)
"""Names that say no more than the site's."""

DOMAIN = re.compile(r"^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}$", re.IGNORECASE)
PARTICLES = _words(
    "los las degli dalla dal фон ван де да ди дель аль"
    " de del della dello dei di da dos das do du des van von vom der den dem zu zur ter ten te la le el al bin bint ibn"
    " y e i of the and und et af av für for d' 't in ye o"
)
