"""The words of limits in English, Danish, German, French and Spanish, and the Chinese words for counts.

Of Norwegian, Swedish and Portuguese it has the common ones.

There is one table for each part of the grammar in `limit_grammar.py`. Phrases are in lower case with one blank between
words. A new wording is one more phrase in the right table.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Sign(str, Enum):
    """The bound that a word before or after a number makes it."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    ABOUT = "about"
    EXACTLY = "exactly"


class Scope(str, Enum):
    """What a limit applies to, if its words say more than "here"."""

    EACH = "each"
    TOTAL = "total"


def _phrases(table: Mapping[str, Iterable[str]]) -> dict[tuple[str, ...], str]:
    return {tuple(phrase.split()): meaning for meaning, phrases in table.items() for phrase in phrases}


def _split(*lines: str) -> list[str]:
    """Split lines of phrases that are separated by commas."""
    return [phrase.strip() for line in lines for phrase in line.split(",")]


UNITS = {
    "words": _split(
        "word, words, wds, w, ord, wort, wörter, worte, wörtern, mot, mots, palabra, palabras, palavra, palavras, 词"
    ),
    "characters": _split(
        "character, characters, char, chars, letters, tegn, anslag, zeichen, caractère, caractères",
        "signes, carácter, caracteres, caractere, tecken, 字, 字符, 个字",
    ),
    "sentences": _split(
        "sentence, sentences, sætning, sætninger, satz, sätze, sätzen, phrase, phrases, frase, frases",
        "oración, oraciones, setning, setninger, mening, meningar, 句, 句话",
    ),
    "paragraphs": _split(
        "paragraph, paragraphs, para, paras, afsnit, absatz, absätze, absätzen, paragraphe, paragraphes",
        "párrafo, párrafos, parágrafo, parágrafos, avsnitt, 段",
    ),
    "lines": _split(
        "line, lines, linje, linjer, zeile, zeilen, ligne, lignes, línea, líneas, renglón, renglones, linha, linhas",
        "rader, 行",
    ),
    "pages": _split(
        "page, pages, page a4, pages a4, page recto verso",
        "side of a4, sides of a4, a4, a4 page, a4 pages, a4 side, a4 sider, a4 seite, a4 seiten, side",
        "sider, siders, normalside, normalsider, seite, seiten, normseite",
        "normseiten, din a4 seite, din a4 seiten, página, páginas, hoja, hojas, folio, folios, carilla, carillas",
        "cuartilla, cuartillas, lauda, laudas, sida, sidor, 页",
    ),
    "minutes": _split(
        "min read, min' read, mins read, minute read, minutes read, minutes' read, minute's read",
        "minutes of reading, minutes reading, minutes reading time, min reading time, minutes to read",
        "minutters læsning, minuten lesezeit, minute lesezeit, min lesezeit, minutes de lecture",
        "minute de lecture, min de lecture, minutos de lectura, min de lectura",
    ),
    "images": _split(
        "image, images, screenshot, screenshots, screen shot, screen shots, figure, figures, plot, plots",
        "picture, pictures, diagram, diagrams, photo, photos, chart, charts, graph, graphs, illustration",
        "illustrations, sketch, sketches, drawing, drawings, skitse, skitser, tegning, tegninger, skizze, skizzen",
        "zeichnung, zeichnungen, foto, fotos, grafik, grafiken, croquis, dessin, dessins, schéma, schémas, dibujo",
        "dibujos, esquema, esquemas, diagrama, diagramas, desenho, desenhos",
        "billede, billeder, skærmbillede, skærmbilleder, figur, figurer, bild, bilder",
        "abbildung, abbildungen, bildschirmfoto, bildschirmfotos, diagramm, diagramme, capture d'écran",
        "captures d'écran, capture, captures, imagen, imágenes, captura de pantalla",
        "capturas de pantalla, figura, figuras, bilde, bilder, skjermbilde, skjermbilder, skärmbild, skärmbilder",
        "imagem, imagens, 图, 张图, 张图片, 幅图",
    ),
    "code blocks": _split(
        "code block, code blocks, code snippet, code snippets, fenced block, fenced blocks, kodeblok",
        "kodeblokke, codeblock, codeblöcke, bloc de code, blocs de code, bloque de código",
        "bloques de código",
    ),
    "links": _split("link, links, url, urls, hyperlink, hyperlinks, lien, liens, enlace, enlaces"),
    "references": _split(
        "reference, references, citation, citations, reference, referencer, referenz, referenzen",
        "référence, références, referencia, referencias, referência, referências, referanse, referanser, referenser",
        "literaturangabe, literaturangaben, quellenangabe",
        "quellenangaben",
    ),
}
"""The names of units, by kind of limit. The key is the plural that outputs show."""

SPACES = _phrases(
    {
        "characters": _split(
            "with spaces, without spaces, including spaces, incl spaces, excluding spaces, excl spaces",
            "spaces included, med mellemrum, uden mellemrum, inkl mellemrum, inklusive mellemrum",
            "ekskl mellemrum, mit leerzeichen, ohne leerzeichen, inkl leerzeichen, inklusive leerzeichen",
            "einschließlich leerzeichen, espaces compris, espaces comprises, espaces inclus, avec espaces",
            "sans espaces, con espacios, sin espacios, incluyendo espacios, espacios incluidos",
        )
    }
)
"""What may follow "characters" and belongs to it."""

SINGULARS = {unit: "minute of reading" if unit == "minutes" else unit.removesuffix("s") for unit in UNITS}

UNIT_PHRASES = _phrases(UNITS)

THINGS = frozenset({"images", "code blocks", "links", "references"})
"""Kinds that are placed in an answer one by one, so that only an order demands them."""

_BEFORE: dict[str, list[str]] = {
    Sign.AT_LEAST: _split(
        "at least, at the least, minimum is, minimum length is, no fewer than, no less than, not less than",
        "not fewer than, more than",
        "over, min, minimum, minimum of, a minimum of, at minimum, min length, minimum length, mindst",
        "minimum på, ikke mindre end, minst, pelo menos, ao menos, no mínimo, não menos de, upwards of",
        "excéder, excède, dépasser, dépasse, dépassez, exceder, exceder de, exceda, superar, supere, sobrepasar",
        "ultrapassar, ultrapasse, overstige, overskride, overskrid, överstiga",
        "longer than, exceed, exceeds, exceeding, mere end, længere end, mindestens, mind, wenigstens",
        "nicht weniger als, mehr als, länger als, mindestumfang, mindestlänge",
        "au moins, au minimum, un minimum de, minimum de, pas moins de, plus de, al menos, como mínimo",
        "mínimo, mínima, mín, un mínimo de, mínimo de, por lo menos, no menos de, más de",
        "不少于, 至少, 不低于, ≥, >=, >",
    ),
    Sign.AT_MOST: _split(
        "at most, at the most, maximum is, maximum length is, limit is, up to, no more than, no bigger than",
        "no larger than, no greater than",
        "not more than, no longer than, not longer than",
        "less than, fewer than, shorter than, under, below, within, not exceed, not exceeding, not to exceed",
        "never exceed, max, maximum, maximum of, a maximum of, at maximum, max length, maximum length",
        "limit, limit of, limited to, strictly, högst, høyst, inntil, upp till, no máximo, até, não mais de",
        "não exceder",
        "højst, højst fylde, højst være, højst være på, maks, maksimum, maksimalt, maksimalt fylde, maximalt, op til",
        "ikke mere end, ikke overstige, mindre end, færre end, kortere end, inden for, höchstens, maximal, maximale",
        "bis zu, nicht mehr als, weniger als, kürzer als, unter, höchstumfang, höchstlänge, maximalumfang",
        "maximallänge",
        "au plus, au maximum, un maximum de",
        "maximum de, maximale, jusqu'à, pas plus de, pas dépasser, sans dépasser, moins de, como máximo",
        "ne dépassez pas, ne dépasse pas, máximo, máxima, máx, un máximo de, máximo de, a lo sumo, hasta",
        "no más de, menos de, no exceder",
        "no superar, no debe exceder, no debe superar, sin exceder, sin superar, 不超过, 不多于, 至多, 最多",
        "≤, <=, <",
    ),
    Sign.EXACTLY: _split("exactly, precisely, præcis, genau, exakt, exactement, exactamente"),
    Sign.ABOUT: _split(
        "about, approx, aprox, appr, env, richtwert, approximately, around, roughly, circa, ca, aim for, aim at",
        "cirka, omkring, etwa, c, ungefär, unos, umas, uns, on the order of",
        "ungefähr, rund, zirka, environ, à peu près, autour de, aproximadamente, alrededor de, cerca de",
        "ideally, recommended, suggested, target, preferably, anbefalet, helst, idealerweise, empfohlen, idéalement",
        "recommandé, idealmente, recomendado, unas, 约, 大约, 大概, ~, ≈",
    ),
}
_AFTER: dict[str, list[str]] = {
    Sign.AT_LEAST: _split(
        "minimum, min, mini, or more, or longer, at least, at the least, at the very least, at minimum, and above",
        "eller mere",
        "eller flere, oder mehr, mindestens, mindst, ou plus, au moins, au minimum, o más, como mínimo",
        "no mínimo, mínimo, no less, no fewer, not less, and no less, and not less, but no less, nicht weniger",
        "ikke mindre, pas moins, no menos, não menos, 以上",
    ),
    Sign.AT_MOST: _split(
        "maximum, max, maxi, limit, or less, or fewer, or shorter, at most, at the most, at maximum, or under",
        "no more, not more, and no more, and not more, but no more, nicht mehr, ikke mere, pas plus, no más, não mais",
        "tops, eller mindre, eller færre, eller derunder, maks, maksimum, højst, oder weniger, maximal",
        "höchstens, nicht überschreiten, nicht übersteigen, begrenzt, ou moins, au plus, au maximum, o menos",
        "como máximo, no máximo, máximo, máx, 以内, 以下",
    ),
    Sign.ABOUT: _split(
        "approximately, approx, aprox, or so, environ, ungefähr, aproximadamente, cirka, 左右", "+/-, ±, plus or minus"
    ),
}
_SCOPES: dict[str, list[str]] = {
    Scope.EACH: _split(
        "each, every, per section, per answer, per question, per heading, per part, hver, hvert",
        "pr afsnit, pr spørgsmål, jede, jeder, jedes, pro abschnitt, pro frage, pro antwort, chaque",
        "par section, par question, par réponse, cada, por sección, por pregunta, por respuesta, per seksjon, per svar",
        "per spørsmål, por seção, por pergunta, varje, 每个, 每",
    ),
    Scope.TOTAL: _split(
        "in total, total, altogether, overall, combined, whole report, whole document, whole paper, entire report",
        "entire document, entire paper, the abstract as a whole, i alt, samlet, insgesamt, au total, en total",
        "总共, 全文",
    ),
}
_DOCUMENTS = _split(
    "the paper, the report, your report, the document, the essay, the proposal, rapporten, rapport, opgaven",
    "der bericht, die arbeit, le rapport, le document, el informe, el documento",
)
_SCOPES[Scope.TOTAL] += _DOCUMENTS
SIGNS_BEFORE = _phrases(_BEFORE)
SIGNS_AFTER = _phrases(_AFTER)
SCOPES = _phrases(_SCOPES)
DOCUMENTS = frozenset(tuple(phrase.split()) for phrase in _DOCUMENTS)
"""Names of the whole document. They are a scope as the subject of a sentence, not in "a summary of the paper"."""
LONGEST_PHRASE = max(map(len, (*UNIT_PHRASES, *SPACES, *SIGNS_BEFORE, *SIGNS_AFTER, *SCOPES)))

COMPARATIVES = {
    **dict.fromkeys(
        _split(
            "more than, longer than, over, exceed, exceeds, exceeding, mere end, længere end, mehr als, länger als",
            "plus de, más de, excéder, excède, dépasser, dépasse, dépassez, exceder, exceder de, exceda, superar",
            "supere",
            "sobrepasar, ultrapassar, ultrapasse, overstige, overskride, overskrid, överstiga",
        ),
        Sign.AT_MOST,
    ),
    **dict.fromkeys(
        _split(
            "less than, fewer than, shorter than, under, below, mindre end, færre end, kortere end, weniger als",
            "kürzer als, unter, moins de, menos de",
        ),
        Sign.AT_LEAST,
    ),
}
"""Signs that mean the opposite after a negation ("not be more than") and where something follows from them ("answers of
more than 300 words will not be read"), with what they say there."""

SOFT_SIGNS = frozenset(
    tuple(phrase.split())
    for phrase in (
        *COMPARATIVES,
        *_split("within, up to, op til, bis zu, jusqu'à, hasta, até, upp till, inntil, mind, strictly, <, >"),
    )
)
"""Signs that prose uses so often that a number after them is no limit unless a unit follows ("under 5 seconds")."""

CJK_PHRASES = frozenset(
    phrase
    for (phrase, *_) in (*UNIT_PHRASES, *SIGNS_BEFORE, *SIGNS_AFTER, *SCOPES)
    if "\u3400" <= phrase[0] <= "\u9fff"
)
"""Chinese is written without blanks, so its phrases are tokens of their own."""

NUMBERS = {
    word: value
    for value, words in {
        1.5: _split("anderthalb, eineinhalb, halvanden"),
        1: _split("one, single, én, ét, en, et, ein, eine, einen, einem, un, une, una, um, uma, 一"),
        2: _split("two, to, zwei, deux, dos, dois, duas, två, couple, 两, 二"),
        3: _split("three, tre, drei, trois, tres, três, 三"),
        4: _split("four, fire, vier, quatre, cuatro, quatro, fyra, 四"),
        5: _split("five, fem, fünf, cinq, cinco, 五"),
        6: _split("six, seks, sechs, seis"),
        7: _split("seven, syv, sieben, sept, siete"),
        8: _split("eight, otte, acht, huit, ocho"),
        9: _split("nine, ni, neun, neuf, nueve"),
        10: _split("ten, ti, zehn, dix, diez, 十, dizaine, decena"),
        12: _split("twelve, dozen, tolv, zwölf, dutzend, douze, douzaine, doce, docena"),
        15: _split("fifteen, femten, fünfzehn, quinze, quinzaine, quince"),
        20: _split("twenty, tyve, zwanzig, vingt, vingtaine, veinte, veintena"),
        30: _split("thirty, tredive, dreißig, trente, trentaine, treinta"),
        50: _split("fifty, halvtreds, fünfzig, cinquante, cinquantaine, cincuenta"),
        100: _split("hundred, hundrede, hundert, einhundert, cent, centaine, cien"),
        200: _split("zweihundert, doscientas, doscientos"),
        300: _split("dreihundert, trescientas, trescientos"),
        500: _split("fünfhundert, quinientas, quinientos"),
    }.items()
    for word in words
}
"""Number words. Danish "to" and the English preposition are told apart by what follows."""

CJK_NUMBERS = frozenset(word for word in NUMBERS if word >= "\u3400")
"""Prose uses these as articles, so one with an unknown noun is not reported."""
MULTIPLES = {
    **dict.fromkeys(_split("hundred, hundrede, hundert, cent, cents"), 100),
    **dict.fromkeys(_split("thousand, tusind, tausend, mille, mil"), 1000),
}
"""Words that multiply the number before them: "two hundred"."""

HALVES = {
    **dict.fromkeys(_split("half, halv, halve, halvt, halbe, halben, demi, demie, media, medio, meia, meio"), 0.5),
    **dict.fromkeys(_split("quarter, viertel, kvart"), 0.25),
    "dreiviertel": 0.75,
}
"""Parts of one, with an article before or after them or none: "half a page", "a quarter page"."""
THIRDS = {
    **dict.fromkeys(
        _split("third, thirds, drittel, tredjedel, tredjedele, tiers, tercio, tercios, terço, terços"), 1 / 3
    ),
    **dict.fromkeys(_split("fourth, fourths, quarters, fjerdedel, fjerdedele, quart, quarts, cuarto, cuartos"), 0.25),
}
"""Parts of one only before "of a page": elsewhere "the third page" is an ordinal number."""
WHOLES = frozenset(_split("whole, full, ganze, ganzen, hel, helt, hele, entière, entera, completa"))
"""Say "one" at the upper end of a range: "a half to a full page"."""
COLLECTIVES = frozenset(
    _split(
        "single, couple, dozen, hundred, dizaine, douzaine, quinzaine, vingtaine, trentaine, cinquantaine, centaine",
        "dutzend, decena, docena, veintena",
    )
)
"""Number words with an article before them, perhaps with "of" after them: "a single page", "une dizaine de lignes"."""
ARTICLES = frozenset(_split("a, an, en, et, ein, eine, einen, einem, un, une, una, um, uma, the"))

BEFORE_PAGE = frozenset(_split("einer, de, d'une"))
"""Stand for "of a" after a part: "ein Drittel einer Seite", "un tiers de page"."""

BETWEEN = frozenset(_split("between, mellem, mellom, mellan, zwischen, entre"))
FROM = frozenset(_split("from, fra, von, de, desde"))
TO = frozenset(_split("to, til, till, bis, à, a, hasta, or, eller, oder, ou, o, 到, 至"))
AND = frozenset(_split("and, &, og, och, und, et, y, e"))
"""Joins the ends of a range only after one of `BETWEEN`; elsewhere it separates two limits."""
BUT = frozenset(_split("but, men, aber, mais, pero, plus"))
IN = frozenset(_split("in, i, på, auf, en, dans, em"))

ORDERS = frozenset(
    _split(
        "insert, upload, include, add, provide, attach, use, give, show, paste, embed, submit, put, cite",
        "indsæt, vedhæft, tilføj, vis, füge, fügen, zeige, zeigen, lade, laden, insérez, insérer",
        "ajoutez, ajouter, joignez, incluez, montrez, fournissez, inserte, insertar, incluya, añada",
        "adjunte, muestre",
    )
)
"""Verbs that demand the things after them."""
MODALS = frozenset(
    _split(
        "must, should, shall, need, needs, required, expect, expected, ask, recommend, require, want, prefer, please",
        "skal, må, bør, forventer, beder, anbefaler, ska, bør, muss, müssen, soll, sollen, sollte, sollten, darf",
        "dürfen, bitte, erwarten, bitten, empfehlen, wünschen, doit, doivent, devez, faut, demandons, attendons",
        "recommandons, debe, deben, deberá, esperamos, pedimos, recomendamos, deve, devem, deverá",
    )
)
"""Words that make an instruction of a sentence, also of one in the first person."""
FIRST_PERSON = frozenset(
    _split(
        "i, we, i've, we've, my, our, he, she, they, mine, vores, unser, unsere, notre, nos, nuestro, nuestra",
        "nosso, nossa",
        " jeg, vi, ich, wir, je, nous, j'ai, j'avais, ils, elles, hemos, habíamos",
        "nosotros, escribí, escribimos, usamos, recogimos, eu, nós, escrevi, escrevemos, coletámos, coletamos",
        "recolhemos, utilizamos",
    )
)
"""Subjects (and verbs that have theirs in them) of sentences that tell what someone did."""
POSSESSIVES = frozenset(_split("my, our, vores, unser, unsere, notre, nos, nuestro, nuestra, nosso, nossa"))
"""Those of them that may begin a title."""
STATING = frozenset(
    _split(
        "was, were, had, wrote, took, found, made, spent, trained, collected, removed, used, dropped, read, print",
        "output, show, return, accept, support, supports, accepts, allows, takes, store, visit, recognise",
        "recognize, var, havde, hatte, hatten, war",
        "waren, gibt, zeigt, druckt, était, étaient, avait, fait, faisait, affiche, imprime, accepte, era, eran",
        "liest, lädt, lit, lee, lê, læser, tenía, tenían, tinha, tinham, muestra, acepta, mostra, aceita, viser",
        "udskriver, skriver",
    )
)
"""Verbs of statements, right before a number."""
AFTER_VERBS = frozenset(_split("on, to, of, with, from, in, på, auf, mit, med, sur, avec, de, con, com, em, string"))
"""Words between such a verb and its number."""
SUBJECTS = frozenset(_split("the, it, this, that, a, an, our, my, his, her, each, every, last, one"))
"""First words of sentences whose verb in -s states a fact: "it prints at most 10 lines"."""
WITH = frozenset(_split("with, and, med, og, mit, und, avec, et, con, y, com, e"))
POLITE = frozenset(_split("please, also, then, must, should, to, venligst, bitte, veuillez, por, favor"))
"""Words that may come right before an order."""
PERMISSIONS = frozenset(_split("free, welcome, allowed, encouraged, able, want, wish, like, choose"))
"""Words after which "to" opens an offer, not an order."""
MAY = frozenset({*(("you", verb) for verb in ("may", "can", "might", "could")), ("vous", "pouvez"), ("du", "kannst")})
"""Words that make the orders after them an offer: "you may want to add links"."""
CONDITIONS = frozenset(
    _split(
        "if, optionally, unless, hvis, wenn, falls, si, optional, etc, osv, usw, ggf, gegebenenfalls, evtl, evt",
        "eventuelt, éventuellement, opcionalmente",
    )
)
"""Words that turn an order into an offer, or its objects into examples, anywhere in its sentence."""
OR = frozenset(_split("or, eller, oder, ou, o"))
"""Joins alternatives, of which none is demanded by itself."""
WHERE_CONDITIONS = frozenset(
    _split(
        "there, possible, applicable, relevant, available, appropriate, needed, necessary, useful, helpful, help",
        "helps, required, suitable, nødvendigt, muligt, sinnvoll, nötig, möglich, passend, utile, nécessaire",
        "útil, necesario, necesaria, posible",
    )
)
"""Words after "where" or "as" that make the order before it an offer."""
CONDITION_SUBJECTS = frozenset(_split("it, they, this, that, that's, it's, is, det, er, es, c'est, sea"))
"""Words between "where" and such a word: "where it helps"."""
NEGATIONS = frozenset(
    _split(
        "no, not, don't, cannot, can't, mustn't, shouldn't, never, without, ingen, ikke, nicht, nie, kein, keine",
        "keinen, não, inte, pas, ne, aucun, aucune, sin, ningún",
    )
)

SILENT = frozenset(
    _split(
        # marks, time, money, size
        "point, points, pts, pt, mark, marks, credit, credits, ects, grade, hour, hours, hrs, h, day, days",
        "week, weeks, month, months, year, years, yr, percent, %, euro, euros, dollar, dollars, minute, minutes",
        "min, mins, second, seconds, time, times, mb, gb, kb, ms, s, px, cm, mm, timer, dage, uger, år, procent",
        "stunden, tage, wochen, jahre, prozent, punkte, heures, jours, semaines, ans, horas, días, semanas, años",
        "puntos",
        "attempt, attempts, tries, absence, absences, forsøg, versuche, versuchen, essais, intentos, itens",
        "post, posts, classmate, classmates, minuten, minutos, minutter, sekunden",
        # people
        "developer, developers, engineer, engineers, maintainer, maintainers, teacher, teachers, employees",
        "people, person, persons, member, members, student, students, participant, participants, group, groups",
        "team, teams, user, users, reviewer, reviewers, approver, approvers, author, authors, contributor",
        "contributors, stars, personer, medlem, medlemmer, deltagere, personen, mitglieder, personnes",
        "membres, personas, miembros",
        # work on code and data
        "commit, commits, branch, branches, request, requests, review, reviews, approval, approvals",
        "test, tests, file, files, folder, folders, class, classes, function, functions, method, methods, module",
        "modules, feature, features, endpoint, endpoints, sprint, sprints, meeting, meetings, interview, interviews",
        "channel, channels, layer, layers, epoch, epochs, core, cores, gpu, gpus, model, models, parameter",
        "parameters, hyperparameter, hyperparameters, rate, rates, dataset, datasets, sample, samples, run, runs",
        "experiment, experiments, iteration, iterations, version, versions, release, releases, paper, papers",
        "book, books, chapter, chapters, lecture, lectures, course, courses, filer, dateien, fichiers, archivos",
    )
)
"""Nouns after a number that are never a limit of an answer, and never reported as one that was not understood."""

WORK = frozenset(
    _split(
        "implement, build, develop, deploy, train, try, read, watch, visit, solve, attend, install, complete, finish",
        "pick, choose, select, answer, ask, run, perform, conduct, collect, test, implementér, byg, besvar, vælg, løs",
        "implementiere, implementieren, baue, lies, lese, wähle, wählen, beantworte, beantworten, löse, lösen",
        "choisissez, répondez, elija, elige, responda, escolha, implémentez, implémenter, lisez, implemente",
        "implementar",
        "lea, load, process, serve, support, handle, detect, download, scrape, crawl, label, classify, gather",
    )
)
"""Verbs of work: what they count is not text of the answer ("implement at least 3 pages")."""
PURPOSES = frozenset(_split("train, training, test, testing, validate, validation, evaluation"))
"""What data are for: "use at least 500 images for training" is no demand on the answer."""
PRODUCTS = frozenset(
    _split(
        "app, application, website, webpage, site, bot, bots, chatbot, chatbots, assistant, agent, tool, program",
        "programme, system, robot, service, server, game, prototype, gallery, model, network, algorithm, crawler",
        "script, dashboard, interface, ui, frontend, backend, software, pipeline, classifier, summariser",
        "summarizer, generator, translator, plugin, extension, api, appen, chatbotten, botten, programmet, systemet",
        "modellen, værktøjet, programm, anwendung, modell, werkzeug, système, outil, modèle, programa, herramienta",
        "sistema, modelo",
    )
)
"""Subjects whose work is no limit of an answer: "the bot answers in at most 3 sentences"."""
OPENING = frozenset(_split("your, das, der, die, den, det, le, la, el, o, ein, eine, en, et, un, une, una, um, uma"))
"""First words of a sentence about a product, besides `SUBJECTS`."""
PRODUCT_MODALS = frozenset(_split("must, should, shall, will, can, may, needs"))
"""Verbs between such a subject and its work; "the bot should be described in 3 sentences" is none."""
PRONOUNS = frozenset(_split("it, es, er, il, elle"))
ACTING = frozenset(
    _split(
        "svarer, svare, skriver, skrive, giver, opsummerer, opsummere, antwortet, antworten, schreibt, schreiben",
        "fasst, liefert, erzeugt, erklärt, répond, répondre, écrit, écrire, résume, résumer, génère, responde",
        "responder, resume, resumir, escribe, genera, escreve, gera",
    )
)
"""What products do, in languages whose verbs do not end in -s."""
OTHER_THINGS = frozenset(
    _split(
        "password, passwords, username, usernames, name, names, commit, commits, message, messages, line, lines",
        "function, functions, method, methods, class, classes, script, scripts, program, programs, code, file, files",
        "website, site, page, pages, app, application, image, images, variable, variables, dataset, data, model",
        "models, network, test, tests, sequence, sequences, talk, talks, session, video, slide, slides",
        "presentation, corpus, team, teams",
        "group, groups, repository, repo, book, novel, tweet, tweets, documents, api, vocabulary, manual, filename",
        "filenames, subject, field, fields, string, strings, database, table, column, columns, requests, sms, log",
        "passwörter, adgangskoden, senha, contraseña, buch, bogen, livre, libro, livro, passe, dateiname",
        "adgangskode, passwort, linje, linjer, zeile, zeilen, ligne, lignes, línea, líneas, funktion",
        "funktioner, funktionen, fonction, fonctions, función, funciones, gruppe, gruppen, groupe, grupo, side",
        "hjemmeside, seite, programm, fil, datei, fichier, archivo",
    )
)
"""Subjects whose size is no limit of an answer: "a password must have at least 8 characters"."""
TOPICS = PRODUCTS.union(_split("data, dataset, team, group, database, corpus, presentation, video, repository, tests"))
"""Things that may be a title before a colon: "Dataset: at most 100 words" limits the text about the dataset."""
LINKING = frozenset(
    _split(
        "must, should, shall, will, may, can, need, needs, has, have, is, are, be, to, not, never, only, also, contain",
        "contains, include, includes, use, på, skal, må, bør, kan, har, er, være, have, ikke, indeholde, muss, müssen",
        "soll, sollen, darf, dürfen, hat, haben, ist, sind, doit, doivent, peut, contient, est, sont, debe, deben",
        "puede, tiene, tienen, es, son, tener, ne, faire, contenir, avoir, doivent, contener, deve, devem, ter, conter",
        "no, não, inte, får, vara, fera, podrá",
    )
)
"""Words between a subject and its size."""
BULLET = frozenset({"bullet"})
"""Makes "points" an amount of text."""
PART_NOUNS = frozenset(
    _split(
        "title, titles, subtitle, subtitles, heading, headings, caption, captions, bullet, bullets, item, items",
        "keyword, keywords, footnote, footnotes, slide, slides, titel, titeln, titlen, titler, überschrift",
        "überschriften, stichpunkt, overskrift, overskrifter, titre, titres, légende, légendes, título, títulos",
        "leyenda, leyendas, legenda, rubrik, tittel, tittelen",
    )
)
"""Subjects that are parts of an answer. A limit of theirs is reported as one that is not understood."""
RATES = frozenset(_split("minute, min, second, hour, day, week, slide, line, page, minut, minuto, jour, día, tag"))
"""Words after "per" that make a rate of an amount: "40 words per minute"."""
DETAILS = frozenset(
    _split(
        "double, single, excluding, excl, exclusive, including, incl, inclusive, without, plus, ekskl, inkl, uden",
        "ohne, inklusive, exkl, hors, sans, sin, excluyendo, incluyendo, in, each, total",
    )
)
"""Words that continue a limit in brackets: "(2 pages double-spaced)"."""
PARTS = frozenset({"sentences", "paragraphs"})
"""Units that are themselves measured in others: "5 sentences per paragraph"."""
PER = frozenset(_split("per, pr, pro, je, par, por"))
TOLERANCES = frozenset(_split("±, +/-, plus"))
"""First words of a tolerance after a limit: "200 words ± 10 %"."""
PLUS_MINUS = frozenset({"±", "+/-"})

DETERMINERS = ARTICLES | {"your"}
INDEFINITE = ARTICLES - {"the"}
ANSWER_NOUNS = frozenset(
    _split(
        "description, response, answer, summary, statement, abstract, essay, paragraph, explanation",
        "reflection, overview, bio, biography, report, discussion, justification, text, proposal",
        "introduction, conclusion, review, analysis, write-up, writeup, reply, note, pitch, memo, letter, blurb",
        "synopsis, article, beskrivelse",
        "svar, resumé, rapport, opsummering, beschreibung, antwort, zusammenfassung",
        "résumé, réponse, descripción, respuesta",
        "resumen, paragraphe, absatz, párrafo, parágrafo, texte, texto, resumo, tekst, afsnit, sammendrag",
    )
)
"""Nouns for the answer itself: "a 150 word description" limits it, "a 150 word list" may be anything."""

SECTIONS = frozenset(
    _split(
        "background, motivation, method, methods, methodology, results, findings, aims, goals, outlook, problem",
        "objectives, evaluation, limitations, introductions, einleitung, ergebnisse, methode, methoden, fazit",
        "indledning, metode, resultater, konklusion, méthode, résultats, métodos, resultados, introducción",
        "conclusión, introdução, conclusão, abstracts, appendix",
    )
)
"""Titles of sections that a number of words after a comma may limit: "Methods, 300 words"."""

AMBIGUOUS_NUMBERS = frozenset({"en", "et", "to"})
"""Danish number words that are common words of other languages: numbers only before a Danish unit."""
AFTER_DANISH_NUMBERS = frozenset(
    _split(
        "til, till, eller, ord, tegn, side, sider, sætning, sætninger, linje, linjer, afsnit, figur, figurer, billede",
        "billeder, skærmbilleder, referencer, links",
    )
)
NO_ADJECTIVES = frozenset(
    _split(
        "of, the, in, for, per, a, an, and, or, to, from, on, at, with, by, is, are, was, were, that",
        "which, your, our, my, more, less, other, than, as, thousand, including, de, des, du, la, le, les, der, die",
        "das, af, på, og, und, et, y, el, los, las",
    )
)
"""Words that cannot be the adjective between a number and its unit."""
LIMITING = frozenset(
    _split(
        "limit, restrict, keep, confine, limited, restricted, beschränken, beschränke, begrenzen, limité, limitée",
        "limitez, limiter, limítese, limitarse, limitado, limitada, limite, begræns, begrænses, begränsa",
    )
)
"""Verbs that make "to" before a number a limit: "keep it to one page"."""
LIMITED_TO = frozenset(_split("to, auf, à, a, til, till"))
BEFORE_NUMBERS = frozenset(_split("a, an, the, las, los, les, die, ein, eine, einen, einem"))
"""Articles between a sign and its number: "no superar las 500 palabras"."""
LENGTHS = frozenset(
    _split("length, lengths, size, omfang, længde, länge, umfang, longueur, taille, longitud, extensión")
)
OF_LENGTH = frozenset(_split("of, på, von, de"))
"""Words between a sign and its number: "a maximum length of 255 characters"."""
IF = frozenset(_split("if, when, unless, hvis, når, wenn, falls, si"))
HAS = frozenset(_split("has, had, contains, har, hat, hatte, tiene, contient"))
"""Verbs of statements: "the novel has more than 500 pages"."""
WILL = frozenset(_split("will, won't, vil, bliver, werden, wird, sera, seront, será, serán"))
"""Verbs for the consequence of a text's length."""
NEEDED = frozenset(_split("needed, required, expected, enough, suffice, do, nødvendige, nötig, erwartet"))
"""Words after `WILL` that make it a demand after all: "more than 100 words will be required"."""
LENGTH_WORDS = frozenset({"long", "text", "total"})
"""Words that may come between a unit and the sign after it."""
FOR = frozenset(_split("for, für, pour, para"))
OF = frozenset(_split("of, af, von, de"))
IS = frozenset(_split("is, are, er, ist, est, es"))
NOT_PROSE = frozenset(_split("code, código, data, output, input, logs, log, csv, kode, python, java, memory"))
"""Things counted in lines or words that are no answer: "100 lines of code"."""
WHERE = frozenset(
    _split("where, wherever, when, whenever, as, hvor, når, wo, où, lorsque, donde, cuando"),
)
WEAK_ORDERS = frozenset(_split("use, show, give, zeige, zeigen, vis, montrez, muestre"))
"""Orders that demand a thing only with a number: "use the figure above" demands none."""
AWAY = frozenset(_split("to, in, into, for, from, with, on, such, like, som, wie, comme, como"))
"""Words after which a thing is no object of the order: "add text to the figure", "add evidence such as plots"."""
CLEAR_POSTS = frozenset(
    _split(
        "minimum, maximum, min, max, mindst, højst, mindestens, höchstens, mínimo, máximo",
    )
)
"""Signs after a noun that announce a limit even if the noun is unknown."""

ABBREVIATIONS = frozenset(
    _split(
        "max, min, mind, approx, aprox, appr, ca, maks, pr, mín, máx, c, env, mins, incl, excl, inkl, ekskl, exkl, evtl"
    )
)
"""Words whose full stop does not end a sentence."""

SOFT_LABELS = frozenset(
    _split(
        "length, limit, max length, min length, længde, omfang, länge, umfang",
        "limite, longueur, límite, longitud, extensión",
    )
)
"""Labels whose value may be a limit, but also a talk's duration; one that cannot be read is not reported."""
LABEL_UNITS = {
    label: unit
    for unit, labels in {
        "words": _split(
            "word limit, word count, max words, maximum words, min words, minimum words, number of words",
            "min word count, minimum word count, word count limit, wordcount",
            "mindestwortzahl, höchstwortzahl, maximalwortzahl, mindestwortanzahl, maximalwortanzahl",
            "ordgrænse, antal ord, wortlimit, wortzahl, wortanzahl, anzahl wörter, anzahl der wörter",
            "limite de mots, nombre de mots, nombre maximum de mots, límite de palabras, número de palabras",
            "máximo de palabras, mínimo de palabras",
        ),
        "characters": _split(
            "character limit, character count, max characters, maximum characters, min characters",
            "minimum characters, number of characters",
            "min character count, minimum character count, antal tegn, antal anslag, zeichenlimit, zeichenzahl",
            "mindestzeichenzahl, höchstzeichenzahl, maximalzeichenzahl, zeichenanzahl, anzahl zeichen",
            "anzahl der zeichen, limite de caractères, nombre de caractères",
            "límite de caracteres, número de caracteres, máximo de caracteres, 字 数, 字 数 要 求, 字 数 限 制",
        ),
        "pages": _split(
            "page limit, page count, max pages, maximum pages, min pages, minimum pages, number of pages",
            "antal sider, sidetal, seitenzahl, seitenumfang, anzahl seiten",
            "anzahl der seiten",
            "nombre de pages, limite de pages, número de páginas, límite de páginas",
        ),
        "minutes": _split("reading time, læsetid, lesezeit, temps de lecture, tiempo de lectura"),
    }.items()
    for label in labels
}
LABEL_UNITS.update((label.format(unit), unit) for unit in UNITS for label in ("max {}", "min {}", "number of {}"))
"""Labels that name the unit of the number after them."""
LIMIT_LABELS = {
    tuple(phrase.split()): phrase
    for phrase in (
        *SOFT_LABELS,
        *LABEL_UNITS,
        *_split(
            "answer length, expected length, recommended length, maximum length",
            "minimum length, svarlængde, anbefalet længde, antwortlänge, länge der antwort",
            "maximale länge",
            "mindestlänge, höchstlänge, maximallänge, mindestumfang, höchstumfang, maximalumfang, textlänge",
            "longueur de la réponse, longueur maximale, longitud de la respuesta, extensión máxima",
            "longitud máxima, extensión mínima",
        ),
    )
}
"""Labels whose value must be a limit: one that cannot be read is reported."""
_LENGTH_WORDS = _split(
    "length, size, limit, range, omfang, længde, länge, umfang, longueur, taille, longitud, extensión, limite, límite",
)
_COUNT_WORDS = _split("count, number, no., n, nº, antal, anzahl, zahl, nombre, número")
_SIGN_WORDS = _split(
    "max, maximum, maximal, maximale, maximaler, maks, maksimal, maksimale, maksimum, máx, máximo, máxima",
    "min, minimum, minimal, minimale, minimaler, mindste, mín, mínimo, mínima, höchste",
)
_LABEL_ADJECTIVES = _split(
    "allowed, permitted, recommended, suggested, expected, required, target, tilladt, tilladte, anbefalet, forventet",
    "zulässige, empfohlene, erwartete, autorisé, autorisée, recommandé, recommandée, permitido, permitida, recomendada",
)
LABEL_SIGNS = frozenset(_SIGN_WORDS)
LABEL_NOUNS = LABEL_SIGNS.union(_LENGTH_WORDS, _COUNT_WORDS)
"""Words of which a label that is put together has one."""
LABEL_WORDS = LABEL_NOUNS.union(_LABEL_ADJECTIVES, _split("of, in, de, en, der, af, i, total, the"))
"""All its words but units and what `SPACES` says."""
LABEL_STARTS = LABEL_NOUNS.union(_LABEL_ADJECTIVES, (phrase[0] for phrase in UNIT_PHRASES))
_LOWER, _UPPER = (
    ("min", "mín"),
    ("max", "maks", "máx", "höchst", "limit", "límit", "wortlimit", "zeichenlimit", "ordgrænse"),
)


_LENGTH_LABELS = {Sign.AT_LEAST: "minimum length", Sign.AT_MOST: "maximum length", None: "length"}
_COUNT_LABELS = {Sign.AT_LEAST: "min {}", Sign.AT_MOST: "max {}", None: "number of {}"}


def plain_label(words: Iterable[str], unit: str) -> str:
    """Return the label of `LIMIT_LABELS` that says the same as the words of a label and the unit that it names."""
    signs = set(filter(None, map(sign_of_label, words)))
    sign = signs.pop() if len(signs) == 1 else None  # "word count (min-max)"
    return _COUNT_LABELS[sign].format(unit) if unit else _LENGTH_LABELS[sign]


def sign_of_label(label: str) -> Sign | None:
    """Return what a label makes of a number without a sign of its own: "Minimum length: 200 words" is at least 200."""
    for word in label.split():
        if word.startswith((*_LOWER, *_UPPER)):
            return Sign.AT_LEAST if word.startswith(_LOWER) else Sign.AT_MOST
    return None


UNLIMITED = frozenset(
    _split("none, no, unlimited, any, ingen, ubegrænset, keine, kein, unbegrenzt, aucune, ninguno, ninguna")
)
"""First words after a limit's label that say that there is no limit."""
TELLING = frozenset(
    max((part for word in phrase for part in word.split("'")), key=len).rstrip(".")
    for phrase in (
        *UNIT_PHRASES,
        *SIGNS_BEFORE.keys() - SOFT_SIGNS,
        *(label for label in LIMIT_LABELS if LABEL_NOUNS.isdisjoint(label)),
        *((word,) for word in (CLEAR_POSTS | LIMITING | LABEL_NOUNS) - {"no."}),
        *((f"{part}seite",) for part in HALVES.keys() | THIRDS.keys()),
    )
)
"""The longest, and so mostly the rarest, word of each phrase without which there is neither a limit nor one that is not
understood."""
FIRST_WORDS = frozenset(
    phrase[0] for table in (UNIT_PHRASES, SPACES, SIGNS_BEFORE, SIGNS_AFTER, SCOPES, LIMIT_LABELS) for phrase in table
)
"""Words that begin a phrase of some table; all others need no search."""
