"""The words of limits in English, Danish, German, French and Spanish, and the Chinese words for counts.

Of Norwegian, Swedish and Portuguese it has the common ones.

There is one table for each part of the grammar in `limit_grammar.py`. Phrases are in lower case with one blank between
words. A new wording is one more phrase in the right table.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Meaning = TypeVar("Meaning")


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


def _words(*lines: str) -> frozenset[str]:
    """Split lines of words and phrases that are separated by commas."""
    return frozenset(phrase.strip().casefold() for line in lines for phrase in line.split(","))


def _values(table: Mapping[Meaning, Iterable[str]]) -> dict[str, Meaning]:
    """Return the value of each word or phrase of a table that lists them by value."""
    return {word: value for value, words in table.items() for word in words}


Phrases = dict[str, list[tuple[list[str], Meaning]]]
"""The words of phrases with their meaning, by the first or the last word; the longest ones first."""


def _phrases(table: Mapping[Meaning, Iterable[str]], key: int = 0) -> Phrases[Meaning]:
    """List the phrases of each meaning by their first word, or by the word at the index `key`."""
    found: Phrases[Meaning] = {}
    for phrase, meaning in _values(table).items():
        words = phrase.split()
        found.setdefault(words[key], []).append((words, meaning))
    for phrases in found.values():
        phrases.sort(key=lambda each: -len(each[0]))
    return found


def phrases_of(table: Phrases[Meaning]) -> Iterator[list[str]]:
    """Yield the words of each phrase."""
    return (words for phrases in table.values() for words, _ in phrases)


UNITS = {
    "words": _words(
        "word, words, wds, w, ord, wort, wörter, worte, wörtern, mot, mots, palabra, palabras, palavra, palavras, 词"
    ),
    "characters": _words(
        "character, characters, char, chars, letters, tegn, anslag, zeichen, caractère, caractères, signes, carácter",
        "caracteres, caractere, tecken, 字, 字符, 个字",
    ),
    "sentences": _words(
        "sentence, sentences, sætning, sætninger, satz, sätze, sätzen, phrase, phrases, frase, frases, oración",
        "oraciones, setning, setninger, mening, meningar, 句, 句话",
    ),
    "paragraphs": _words(
        "paragraph, paragraphs, para, paras, afsnit, absatz, absätze, absätzen, paragraphe, paragraphes, párrafo",
        "párrafos, parágrafo, parágrafos, avsnitt, 段",
    ),
    "lines": _words(
        "line, lines, linje, linjer, zeile, zeilen, ligne, lignes, línea, líneas, renglón, renglones, linha, linhas",
        "rader, 行",
    ),
    "pages": _words(
        "page, pages, page a4, pages a4, page recto verso, side of a4, sides of a4, a4, a4 page, a4 pages, a4 side",
        "a4 sider, a4 seite, a4 seiten, a4 sida, a4 sidor, side, sider, siders, normalside, normalsider, seite, seiten",
        "normseite, normseiten, din a4 seite, din a4 seiten, página, páginas, hoja, hojas, folio, folios, carilla",
        "carillas, cuartilla, cuartillas, lauda, laudas, sida, sidor, 页",
    ),
    "minutes": _words(
        "min read, min' read, mins read, minute read, minutes read, minutes' read, minute's read, minutes of reading",
        "minutes reading, minutes reading time, min reading time, minutes to read, minutters læsning, minuten lesezeit",
        "minute lesezeit, min lesezeit, minutes de lecture, minute de lecture, min de lecture, minutos de lectura",
        "min de lectura",
    ),
    "images": _words(
        "image, images, screenshot, screenshots, screen shot, screen shots, figure, figures, plot, plots, picture",
        "pictures, diagram, diagrams, photo, photos, chart, charts, graph, graphs, illustration, illustrations, sketch",
        "sketches, drawing, drawings, skitse, skitser, tegning, tegninger, skizze, skizzen, zeichnung, zeichnungen",
        "foto, fotos, grafik, grafiken, croquis, dessin, dessins, schéma, schémas, dibujo, dibujos, esquema, esquemas",
        "diagrama, diagramas, desenho, desenhos, billede, billeder, skærmbillede, skærmbilleder, figur, figurer, bild",
        "bilder, abbildung, abbildungen, bildschirmfoto, bildschirmfotos, diagramm, diagramme, capture d'écran",
        "captures d'écran, capture, captures, imagen, imágenes, captura de pantalla, capturas de pantalla",
        "captura de tela, capturas de tela, figura",
        "figuras, bilde, skjermbilde, skjermbilder, skärmbild, skärmbilder, imagem, imagens, 图, 张图, 张图片, 幅图",
    ),
    "code blocks": _words(
        "code block, code blocks, code snippet, code snippets, fenced block, fenced blocks, kodeblok, kodeblokke",
        "codeblock, codeblöcke, bloc de code, blocs de code, bloque de código, bloques de código",
    ),
    "links": _words("link, links, url, urls, hyperlink, hyperlinks, lien, liens, enlace, enlaces"),
    "references": _words(
        "reference, references, citation, citations, referencer, referenz, referenzen, référence, références",
        "referencia, referencias, referência, referências, referanse, referanser, referenser, literaturangabe",
        "literaturangaben, quellenangabe, quellenangaben",
    ),
}
"""The names of units, by kind of limit. The key is the plural that outputs show."""

SPACES = _phrases(
    {
        "characters": _words(
            "with spaces, without spaces, including spaces, incl spaces, excluding spaces, excl spaces",
            "spaces included, med mellemrum, uden mellemrum, inkl mellemrum, inklusive mellemrum, ekskl mellemrum",
            "mit leerzeichen, ohne leerzeichen, inkl leerzeichen, inklusive leerzeichen, einschließlich leerzeichen",
            "espaces compris, espaces comprises, espaces inclus, avec espaces, sans espaces, con espacios",
            "sin espacios, incluyendo espacios, espacios incluidos",
        )
    }
)
"""What may follow "characters" and belongs to it."""

SINGULARS = {unit: "minute of reading" if unit == "minutes" else unit.removesuffix("s") for unit in UNITS}

UNIT_PHRASES = _phrases(UNITS)
UNITS_BY_END = _phrases(UNITS, -1)

THINGS = frozenset({"images", "code blocks", "links", "references"})
"""Kinds that are placed in an answer one by one, so that only an order demands them."""

# "Fit" alone is common in prose: "the number does not fit in 64 bits".
_FIT = ("must fit on, must fit in, must fit into, must fit within", "should fit on, should fit in, should fit into")
_BEFORE = {
    Sign.AT_LEAST: _words(
        "at least, at the least, minimum is, minimum length is, no fewer than, no less than, not less than",
        "not fewer than, more than, over, min, minimum, minimum of, a minimum of, at minimum, min length",
        "minimum length, mindst, minimum på, ikke mindre end, minst, pelo menos, ao menos, no mínimo, não menos de",
        "upwards of, excéder, excède, dépasser, dépasse, dépassez, exceder, exceder de, exceda, superar, supere",
        "sobrepasar, ultrapassar, ultrapasse, overstige, overskride, overskrid, överstiga, longer than, exceed",
        "exceeds, exceeding, mere end, længere end, mindestens, mind, wenigstens, nicht weniger als, mehr als",
        "länger als, mindestumfang, mindestlänge, au moins, au minimum, un minimum de, minimum de, pas moins de",
        "plus de, al menos, como mínimo, mínimo, mínima, mín, un mínimo de, mínimo de, por lo menos, no menos de",
        "más de, 不少于, 至少, 不低于, ≥, >=, >",
    ),
    Sign.AT_MOST: _words(
        "at most, at the most, maximum is, maximum length is, limit is, up to, no more than, no bigger than",
        "no larger than, no greater than, not more than, no longer than, not longer than, less than, fewer than",
        "shorter than, under, below, within, not exceed, not exceeding, not to exceed, never exceed, max, maximum",
        "maximum of, a maximum of, at maximum, max length, maximum length, limit, limit of, limited to, strictly",
        "högst, høyst, inntil, upp till, no máximo, até, não mais de, não exceder, højst, højst fylde, højst være",
        "højst være på, maks, maksimum, maksimalt, maksimalt fylde, maximalt, op til, ikke mere end, ikke overstige",
        "mindre end, færre end, kortere end, inden for, höchstens, maximal, maximale, bis zu, nicht mehr als",
        "weniger als, kürzer als, unter, höchstumfang, höchstlänge, maximalumfang, maximallänge, au plus, au maximum",
        "un maximum de, maximum de, jusqu'à, pas plus de, pas dépasser, sans dépasser, moins de, como máximo",
        "ne dépassez pas, ne dépasse pas, máximo, máxima, máx, un máximo de, máximo de, a lo sumo, hasta, no más de",
        "menos de, no exceder, no superar, no debe exceder, no debe superar, sin exceder, sin superar, 不超过, 不多于",
        "至多, 最多, ≤, <=, <",
        *_FIT,
    ),
    Sign.EXACTLY: _words("exactly, precisely, præcis, genau, exakt, exactement, exactamente"),
    Sign.ABOUT: _words(
        "about, approx, aprox, appr, env, richtwert, approximately, around, roughly, circa, ca, aim for, aim at, cirka",
        "omkring, etwa, c, ungefär, unos, umas, uns, on the order of, ungefähr, rund, zirka, environ, à peu près",
        "autour de, aproximadamente, alrededor de, cerca de, ideally, recommended, suggested, target, preferably",
        "anbefalet, helst, idealerweise, empfohlen, idéalement, recommandé, idealmente, recomendado, unas, 约, 大约",
        "大概, ~, ≈",
    ),
}
_AFTER = {
    Sign.AT_LEAST: _words(
        "minimum, min, mini, or more, or longer, at least, at the least, at the very least, at minimum, and above",
        "eller mere, eller flere, oder mehr, mindestens, mindst, ou plus, au moins, au minimum, o más, como mínimo",
        "no mínimo, mínimo, no less, no fewer, not less, and no less, and not less, but no less, nicht weniger",
        "ikke mindre, pas moins, no menos, não menos, 以上",
    ),
    Sign.AT_MOST: _words(
        "maximum, max, maxi, limit, or less, or fewer, or shorter, at most, at the most, at maximum, or under, no more",
        "not more, and no more, and not more, but no more, nicht mehr, ikke mere, pas plus, no más, não mais, tops",
        "eller mindre, eller færre, eller derunder, maks, maksimum, højst, oder weniger, maximal, höchstens",
        "nicht überschreiten, nicht übersteigen, begrenzt, ou moins, au plus, au maximum, o menos, como máximo",
        "no máximo, máximo, máx, 以内, 以下",
    ),
    Sign.ABOUT: _words("approximately, approx, aprox, or so, environ, ungefähr, aproximadamente, cirka, 左右"),
}
DOCUMENTS = _words(
    "the paper, the report, your report, the document, the essay, the proposal, rapporten, rapport, opgaven",
    "der bericht, die arbeit, le rapport, le document, el informe, el documento",
)
"""Names of the whole document. They are a scope as the subject of a sentence, not in "a summary of the paper"."""
_SCOPES = {
    Scope.EACH: _words(
        "each, every, per section, per answer, per question, per heading, per part, hver, hvert, pr afsnit",
        "pr spørgsmål, jede, jeder, jedes, pro abschnitt, pro frage, pro antwort, chaque, par section, par question",
        "par réponse, cada, por sección, por pregunta, por respuesta, per seksjon, per svar, per spørsmål, por seção",
        "por pergunta, varje, 每个, 每",
    ),
    Scope.TOTAL: DOCUMENTS.union(
        _words(
            "in total, total, altogether, overall, combined, whole report, whole document, whole paper, entire report",
            "entire document, entire paper, the abstract as a whole, i alt, samlet, insgesamt, au total, en total",
            "总共, 全文",
        )
    ),
}
SIGNS_BEFORE = _phrases(_BEFORE)
SIGNS_BY_END = _phrases(_BEFORE, -1)
SIGNS_AFTER = _phrases(_AFTER)
SCOPES = _phrases(_SCOPES)
COMPARATIVES = _values(
    {
        Sign.AT_MOST: _words(
            "more than, longer than, over, exceed, exceeds, exceeding, mere end, længere end, mehr als, länger als",
            "plus de, más de, excéder, excède, dépasser, dépasse, dépassez, exceder, exceder de, exceda, superar",
            "supere, sobrepasar, ultrapassar, ultrapasse, overstige, overskride, overskrid, överstiga",
        ),
        Sign.AT_LEAST: _words(
            "less than, fewer than, shorter than, under, below, mindre end, færre end, kortere end, weniger als",
            "kürzer als, unter, moins de, menos de",
        ),
    }
)
"""Signs that mean the opposite after a negation ("not be more than") and where something follows from them ("answers of
more than 300 words will not be read"), with what they say there."""

SOFT_SIGNS = _words(
    *COMPARATIVES,
    *_FIT,
    "within, up to, op til, bis zu, jusqu'à, hasta, até, upp till, inntil, mind, strictly, <, >",
)
"""Signs that prose uses so often that a number after them is no limit unless a unit follows ("under 5 seconds")."""

CJK_PHRASES = frozenset(
    phrase for phrase in (*UNIT_PHRASES, *SIGNS_BEFORE, *SIGNS_AFTER, *SCOPES) if "\u3400" <= phrase[0] <= "\u9fff"
)
"""Chinese is written without blanks, so its phrases are tokens of their own."""

NUMBERS = _values(
    {
        1.5: _words("anderthalb, eineinhalb, halvanden"),
        1: _words("one, single, én, ét, en, et, ett, ein, eine, einen, einem, un, une, una, um, uma, 一"),
        2: _words("two, to, zwei, deux, dos, dois, duas, två, couple, 两, 二"),
        3: _words("three, tre, drei, trois, tres, três, 三"),
        4: _words("four, fire, vier, quatre, cuatro, quatro, fyra, 四"),
        5: _words("five, fem, fünf, cinq, cinco, 五"),
        6: _words("six, seks, sechs, seis"),
        7: _words("seven, syv, sieben, sept, siete"),
        8: _words("eight, otte, acht, huit, ocho"),
        9: _words("nine, ni, neun, neuf, nueve"),
        10: _words("ten, ti, zehn, dix, diez, 十, dizaine, decena"),
        12: _words("twelve, dozen, tolv, zwölf, dutzend, douze, douzaine, doce, docena"),
        15: _words("fifteen, femten, fünfzehn, quinze, quinzaine, quince"),
        20: _words("twenty, tyve, zwanzig, vingt, vingtaine, veinte, veintena"),
        30: _words("thirty, tredive, dreißig, trente, trentaine, treinta"),
        50: _words("fifty, halvtreds, fünfzig, cinquante, cinquantaine, cincuenta"),
        100: _words("hundred, hundrede, hundert, einhundert, cent, centaine, cien"),
        200: _words("zweihundert, doscientas, doscientos"),
        300: _words("dreihundert, trescientas, trescientos"),
        500: _words("fünfhundert, quinientas, quinientos"),
    }
)
"""Number words. Danish "to" and the English preposition are told apart by what follows."""

CJK_NUMBERS = frozenset(word for word in NUMBERS if word >= "\u3400")
"""Prose uses these as articles, so one with an unknown noun is not reported."""
MULTIPLES = _values(
    {
        100: _words("hundred, hundrede, hundert, cent, cents"),
        1000: _words("thousand, tusind, tausend, mille, mil"),
    }
)
"""Words that multiply the number before them: "two hundred"."""

HALVES = _values(
    {
        0.5: _words("half, halv, halve, halvt, halbe, halben, demi, demie, media, medio, meia, meio"),
        0.25: _words("quarter, viertel, kvart"),
        0.75: _words("dreiviertel"),
    }
)
"""Parts of one, with an article before or after them or none: "half a page", "a quarter page"."""
THIRDS = _values(
    {
        1 / 3: _words("third, thirds, drittel, tredjedel, tredjedele, tiers, tercio, tercios, terço, terços"),
        0.25: _words("fourth, fourths, quarters, fjerdedel, fjerdedele, quart, quarts, cuarto, cuartos"),
    }
)
"""Parts of one only before "of a page": elsewhere "the third page" is an ordinal number."""
WHOLES = _words("whole, full, ganze, ganzen, hel, helt, hele, entière, entera, completa")
"""Say "one" at the upper end of a range: "a half to a full page"."""
COLLECTIVES = _words(
    "single, couple, dozen, hundred, dizaine, douzaine, quinzaine, vingtaine, trentaine, cinquantaine, centaine",
    "dutzend, decena, docena, veintena",
)
"""Number words with an article before them, perhaps with "of" after them: "a single page", "une dizaine de lignes"."""
ARTICLES = _words("a, an, en, et, ein, eine, einen, einem, un, une, una, um, uma, the")

BEFORE_PAGE = _words("einer, de, d'une")
"""Stand for "of a" after a part: "ein Drittel einer Seite", "un tiers de page"."""

BETWEEN = _words("between, mellem, mellom, mellan, zwischen, entre")
FROM = _words("from, fra, von, de, desde")
TO = _words("to, til, till, bis, à, a, hasta, or, eller, oder, ou, o, 到, 至")
AND = _words("and, &, og, och, und, et, y, e")
"""Joins the ends of a range only after one of `BETWEEN`; elsewhere it separates two limits."""
BUT = _words("but, men, aber, mais, pero, plus")
IN = _words("in, i, på, auf, en, dans, em")

ORDERS = _words(
    "insert, upload, include, add, provide, attach, use, give, show, paste, embed, submit, put, cite, indsæt, vedhæft",
    "tilføj, vis, füge, fügen, zeige, zeigen, lade, laden, insérez, insérer, ajoutez, ajouter, joignez, incluez",
    "montrez, fournissez, inserte, insertar, incluya, añada, adjunte, muestre",
    "fügt, inserta, añade, adjunta, incluye, insira, inclua, adicione, anexe, sett, legg, lägg, infoga, bifoga",
)
"""Verbs that demand the things after them."""
MODALS = _words(
    "must, should, shall, need, needs, required, expect, expected, ask, recommend, require, want, prefer, please, skal",
    "må, bør, forventer, beder, anbefaler, ska, muss, müssen, soll, sollen, sollte, sollten, darf, dürfen, bitte",
    "erwarten, bitten, empfehlen, wünschen, doit, doivent, devez, faut, demandons, attendons, recommandons, debe",
    "deben, deberá, esperamos, pedimos, recomendamos, deve, devem, deverá",
)
"""Words that make an instruction of a sentence, also of one in the first person."""
FIRST_PERSON = _words(
    "i, we, i've, we've, my, our, he, she, they, mine, vores, unser, unsere, notre, nos, nuestro, nuestra, nosso",
    "nossa, jeg, vi, ich, wir, je, nous, j'ai, j'avais, ils, elles, hemos, habíamos, nosotros, escribí, escribimos",
    "usamos, recogimos, eu, nós, escrevi, escrevemos, coletámos, coletamos, recolhemos, utilizamos",
)
"""Subjects (and verbs that have theirs in them) of sentences that tell what someone did."""
POSSESSIVES = _words("my, our, vores, unser, unsere, notre, nos, nuestro, nuestra, nosso, nossa")
"""Those of them that may begin a title."""
STATING = _words(
    "was, were, had, wrote, took, found, made, spent, trained, collected, removed, used, dropped, read, print, output",
    "show, return, accept, support, supports, accepts, allows, takes, store, visit, recognise, recognize, var, havde",
    "hatte, hatten, war, waren, gibt, zeigt, druckt, était, étaient, avait, fait, faisait, affiche, imprime, accepte",
    "era, eran, liest, lädt, lit, lee, lê, læser, tenía, tenían, tinha, tinham, muestra, acepta, mostra, aceita, viser",
    "udskriver, skriver",
)
"""Verbs of statements, right before a number."""
AFTER_VERBS = _words("on, to, of, with, from, in, på, auf, mit, med, sur, avec, de, con, com, em, string")
"""Words between such a verb and its number."""
SUBJECTS = _words("the, it, this, that, a, an, our, my, his, her, each, every, last, one")
"""First words of sentences whose verb in -s states a fact: "it prints at most 10 lines"."""
WITH = _words("with, and, med, og, mit, und, avec, et, con, y, com, e")
POLITE = _words("please, also, then, must, should, to, venligst, bitte, veuillez, por, favor")
"""Words that may come right before an order."""
PERMISSIONS = _words("free, welcome, allowed, encouraged, able, want, wish, like, choose")
"""Words after which "to" opens an offer, not an order."""
MAY = frozenset({*(("you", verb) for verb in ("may", "can", "might", "could")), ("vous", "pouvez"), ("du", "kannst")})
"""Words that make the orders after them an offer: "you may want to add links"."""
CONDITIONS = _words(
    "if, optionally, unless, hvis, wenn, falls, si, optional, etc, osv, usw, ggf, gegebenenfalls, evtl, evt, eventuelt",
    "éventuellement, opcionalmente",
)
"""Words that turn an order into an offer, or its objects into examples, anywhere in its sentence."""
OR = _words("or, eller, oder, ou, o")
"""Joins alternatives, of which none is demanded by itself."""
WHERE_CONDITIONS = _words(
    "there, possible, applicable, relevant, available, appropriate, needed, necessary, useful, helpful, help, helps",
    "required, suitable, nødvendigt, muligt, sinnvoll, nötig, möglich, passend, utile, nécessaire, útil, necesario",
    "necesaria, posible",
)
"""Words after "where" or "as" that make the order before it an offer."""
CONDITION_SUBJECTS = _words("it, they, this, that, that's, it's, is, det, er, es, c'est, sea")
"""Words between "where" and such a word: "where it helps"."""
NEGATIONS = _words(
    "no, not, don't, cannot, can't, mustn't, shouldn't, never, without, ingen, ikke, nicht, nie, kein, keine, keinen",
    "não, inte, pas, ne, aucun, aucune, sin, ningún",
)

SILENT = _words(
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
"""Nouns after a number that are never a limit of an answer, and never reported as one that was not understood."""

WORK = _words(
    "implement, build, develop, deploy, train, try, read, watch, visit, solve, attend, install, complete, finish, pick",
    "choose, select, answer, ask, run, perform, conduct, collect, test, implementér, byg, besvar, vælg, løs",
    "implementiere, implementieren, baue, lies, lese, wähle, wählen, beantworte, beantworten, löse, lösen, choisissez",
    "répondez, elija, elige, responda, escolha, implémentez, implémenter, lisez, implemente, implementar, lea, load",
    "process, serve, support, handle, detect, download, scrape, crawl, label, classify, gather",
)
"""Verbs of work: what they count is not text of the answer ("implement at least 3 pages")."""
PURPOSES = _words("train, training, test, testing, validate, validation, evaluation")
"""What data are for: "use at least 500 images for training" is no demand on the answer."""
PRODUCTS = _words(
    "app, application, website, webpage, site, bot, bots, chatbot, chatbots, assistant, agent, tool, program",
    "programme, system, robot, service, server, game, prototype, gallery, model, network, algorithm, crawler, script",
    "dashboard, interface, ui, frontend, backend, software, pipeline, classifier, summariser, summarizer, generator",
    "translator, plugin, extension, api, appen, chatbotten, botten, programmet, systemet, modellen, værktøjet",
    "programm, anwendung, modell, werkzeug, système, outil, modèle, programa, herramienta, sistema, modelo",
)
"""Subjects whose work is no limit of an answer: "the bot answers in at most 3 sentences"."""
OPENING = _words("your, das, der, die, den, det, le, la, el, o, ein, eine, en, et, un, une, una, um, uma")
"""First words of a sentence about a product, besides `SUBJECTS`."""
PRODUCT_MODALS = _words("must, should, shall, will, can, may, needs")
"""Verbs between such a subject and its work; "the bot should be described in 3 sentences" is none."""
PRONOUNS = _words("it, es, er, il, elle")
ACTING = _words(
    "svarer, svare, skriver, skrive, giver, opsummerer, opsummere, antwortet, antworten, schreibt, schreiben, fasst",
    "liefert, erzeugt, erklärt, répond, répondre, écrit, écrire, résume, résumer, génère, responde, responder, resume",
    "resumir, escribe, genera, escreve, gera",
)
"""What products do, in languages whose verbs do not end in -s."""
OTHER_THINGS = _words(
    "password, passwords, username, usernames, name, names, commit, commits, message, messages, line, lines, function",
    "functions, method, methods, class, classes, script, scripts, program, programs, code, file, files, website, site",
    "page, pages, app, application, image, images, variable, variables, dataset, data, model, models, network, test",
    "tests, sequence, sequences, talk, talks, session, video, slide, slides, presentation, corpus, team, teams, group",
    "groups, repository, repo, book, novel, tweet, tweets, documents, api, vocabulary, manual, filename, filenames",
    "subject, field, fields, string, strings, database, table, column, columns, requests, sms, log, passwörter",
    "adgangskoden, senha, contraseña, buch, bogen, livre, libro, livro, passe, dateiname, adgangskode, passwort, linje",
    "linjer, zeile, zeilen, ligne, lignes, línea, líneas, funktion, funktioner, funktionen, fonction, fonctions",
    "función, funciones, gruppe, gruppen, groupe, grupo, side, hjemmeside, seite, programm, fil, datei, fichier",
    "archivo, figure, figures, tables, diagram, diagrams, plot, plots, screenshot, screenshots",
)
"""Subjects whose size is no limit of an answer: "a password must have at least 8 characters"."""
TOPICS = PRODUCTS.union(_words("data, dataset, team, group, database, corpus, presentation, video, repository, tests"))
"""Things that may be a title before a colon: "Dataset: at most 100 words" limits the text about the dataset."""
LINKING = _words(
    "must, should, shall, will, may, can, need, needs, has, have, is, are, be, to, not, never, only, also, contain",
    "contains, include, includes, use, på, skal, må, bør, kan, har, er, være, ikke, indeholde, muss, müssen, soll",
    "sollen, darf, dürfen, hat, haben, ist, sind, doit, doivent, peut, contient, est, sont, debe, deben, puede, tiene",
    "tienen, es, son, tener, ne, faire, contenir, avoir, contener, deve, devem, ter, conter, no, não, inte, får, vara",
    "fera, podrá, take, takes, up, occupy, occupies",
)
"""Words between a subject and its size."""
BULLET = frozenset({"bullet"})
"""Makes "points" an amount of text."""
PART_NOUNS = _words(
    "title, titles, subtitle, subtitles, heading, headings, caption, captions, bullet, bullets, item, items, keyword",
    "keywords, footnote, footnotes, slide, slides, titel, titeln, titlen, titler, überschrift, überschriften",
    "stichpunkt, overskrift, overskrifter, titre, titres, légende, légendes, título, títulos, leyenda, leyendas",
    "legenda, rubrik, tittel, tittelen",
)
"""Subjects that are parts of an answer. A limit of theirs is reported as one that is not understood."""
RATES = _words("minute, min, second, hour, day, week, slide, line, page, minut, minuto, jour, día, tag")
"""Words after "per" that make a rate of an amount: "40 words per minute"."""
DETAILS = _words(
    "double, single, excluding, excl, exclusive, including, incl, inclusive, without, plus, ekskl, inkl, uden, ohne",
    "inklusive, exkl, hors, sans, sin, excluyendo, incluyendo, in, each, total",
)
"""Words that continue a limit in brackets: "(2 pages double-spaced)"."""
PARTS = frozenset({"sentences", "paragraphs"})
"""Units that are themselves measured in others: "5 sentences per paragraph"."""
PER = _words("per, pr, pro, je, par, por")
PLUS_MINUS = _phrases({Sign.ABOUT: _words("±, +/-, plus or minus")})
"""Open a tolerance after a number or a limit: "200 words ± 10 %"."""
PERCENT = _words("%, percent")

NUMBER_STARTS = ARTICLES.union(NUMBERS, HALVES)
"""Words that may begin a number."""
DETERMINERS = ARTICLES | {"your"}
INDEFINITE = ARTICLES - {"the"}
ANSWER_NOUNS = _words(
    "description, response, answer, summary, statement, abstract, essay, paragraph, explanation, reflection, overview",
    "bio, biography, report, discussion, justification, text, proposal, introduction, conclusion, review, analysis",
    "write-up, writeup, reply, note, pitch, memo, letter, blurb, synopsis, article, beskrivelse, svar, resumé, rapport",
    "opsummering, beschreibung, antwort, zusammenfassung, résumé, réponse, descripción, respuesta, resumen, paragraphe",
    "absatz, párrafo, parágrafo, texte, texto, resumo, tekst, afsnit, sammendrag",
)
"""Nouns for the answer itself: "a 150 word description" limits it, "a 150 word list" may be anything."""

SECTIONS = _words(
    "background, motivation, method, methods, methodology, results, findings, aims, goals, outlook, problem",
    "objectives, evaluation, limitations, introductions, einleitung, ergebnisse, methode, methoden, fazit, indledning",
    "metode, resultater, konklusion, méthode, résultats, métodos, resultados, introducción, conclusión, introdução",
    "conclusão, abstracts, appendix",
)
"""Titles of sections that a number of words after a comma may limit: "Methods, 300 words"."""

AMBIGUOUS_NUMBERS = frozenset({"en", "et", "to"})
"""Danish number words that are common words of other languages: numbers only before a Danish unit."""
AFTER_DANISH_NUMBERS = _words(
    "til, till, eller, ord, tegn, tecken, side, sider, sida, sidor, a4, sætning, sætninger, setning, setninger, mening",
    "meningar, linje, linjer, rader, afsnit, avsnitt, figur, figurer, billede, billeder, bilde, bilder, bild",
    "skærmbilleder, skjermbilder, skärmbilder, referencer, links",
)
NO_ADJECTIVES = _words(
    "of, the, in, for, per, a, an, and, or, to, from, on, at, with, by, is, are, was, were, that, which, your, our, my",
    "more, less, other, than, as, thousand, including, de, des, du, la, le, les, der, die, das, af, på, og, und, et, y",
    "el, los, las",
)
"""Words that cannot be the adjective between a number and its unit."""
LIMITING = _words(
    "limit, restrict, keep, confine, limited, restricted, beschränken, beschränke, begrenzen, limité, limitée, limitez",
    "limiter, limítese, limitarse, limitado, limitada, limite, begræns, begrænses, begränsa",
)
"""Verbs that make "to" before a number a limit: "keep it to one page"."""
LIMITED_TO = _words("to, auf, à, a, til, till")
BEFORE_NUMBERS = _words("a, an, the, las, los, les, die, ein, eine, einen, einem")
"""Articles between a sign and its number: "no superar las 500 palabras"."""
LENGTHS = _words("length, lengths, size, omfang, længde, länge, umfang, longueur, taille, longitud, extensión")
OF_LENGTH = _words("of, på, von, de")
"""Words between a sign and its number: "a maximum length of 255 characters"."""
IF = _words("if, when, unless, hvis, når, wenn, falls, si")
HAS = _words("has, had, contains, har, hat, hatte, tiene, contient")
"""Verbs of statements: "the novel has more than 500 pages"."""
WILL = _words("will, won't, vil, bliver, werden, wird, sera, seront, será, serán")
"""Verbs for the consequence of a text's length."""
NEEDED = _words("needed, required, expected, enough, suffice, do, nødvendige, nötig, erwartet")
"""Words after `WILL` that make it a demand after all: "more than 100 words will be required"."""
LENGTH_WORDS = frozenset({"long", "text", "total"})
"""Words that may come between a unit and the sign after it."""
FOR = _words("for, für, pour, para")
OF = _words("of, af, von, de")
IS = _words("is, are, er, ist, est, es")
NOT_PROSE = _words("code, código, data, output, input, logs, log, csv, kode, python, java, memory")
"""Things counted in lines or words that are no answer: "100 lines of code"."""
WHERE = _words("where, wherever, when, whenever, as, hvor, når, wo, où, lorsque, donde, cuando")
WEAK_ORDERS = _words("use, show, give, zeige, zeigen, vis, montrez, muestre")
"""Orders that demand a thing only with a number: "use the figure above" demands none."""
AWAY = _words("to, in, into, for, from, with, on, such, like, som, wie, comme, como")
"""Words after which a thing is no object of the order: "add text to the figure", "add evidence such as plots"."""
CLEAR_POSTS = _words("minimum, maximum, min, max, mindst, højst, mindestens, höchstens, mínimo, máximo")
"""Signs after a noun that announce a limit even if the noun is unknown."""

ABBREVIATIONS = _words(
    "max, min, mind, approx, aprox, appr, ca, maks, pr, mín, máx, c, env, mins, incl, excl, inkl, ekskl, exkl, evtl"
)
"""Words whose full stop does not end a sentence."""

COMPOUND_LABELS = _phrases(
    {
        "words": _words(
            "wordcount, wortlimit, wortzahl, mindestwortzahl, höchstwortzahl, maximalwortzahl, wortanzahl",
            "mindestwortanzahl, maximalwortanzahl, ordgrænse",
        ),
        "characters": _words(
            "zeichenlimit, zeichenzahl, mindestzeichenzahl, höchstzeichenzahl, maximalzeichenzahl, zeichenanzahl",
            "字 数, 字 数 要 求, 字 数 限 制",
        ),
        "pages": _words("sidetal, seitenzahl, seitenumfang"),
        "minutes": _words("reading time, læsetid, lesezeit, temps de lecture, tiempo de lectura"),
        "": _words(
            "svarlængde, antwortlänge, textlänge, mindestlänge, höchstlänge, maximallänge, mindestumfang",
            "höchstumfang, maximalumfang",
        ),
    }
)
"""Labels of one word or a fixed phrase, by the unit that they name."""
SINGLE_LABELS = LENGTHS | _words("limit, range, limite, límite")
LIMIT_NOUNS = SINGLE_LABELS | {"count"}
_NUMBER_NOUNS = _words("number, no., n, nº, antal, anzahl, zahl, nombre, número")
LABEL_SIGNS = _words(
    "max, maximum, maximal, maximale, maximaler, maks, maksimal, maksimale, maksimum, máx, máximo, máxima, min",
    "minimum, minimal, minimale, minimaler, mindste, mín, mínimo, mínima, höchste",
)
LABEL_ADJECTIVES = _words(
    "allowed, permitted, recommended, suggested, expected, required, target, tilladt, tilladte, anbefalet, forventet",
    "zulässige, empfohlene, erwartete, autorisé, autorisée, recommandé, recommandée, permitido, permitida, recomendada",
    "answer, response, svar, antwort, réponse, respuesta",
)
"""Words with which a length is an answer's, so that it must be a limit; "Length: 20 minutes" may be a talk's."""
LABEL_NOUNS = LABEL_SIGNS | LIMIT_NOUNS | _NUMBER_NOUNS
"""Words of which a label that is put together has one."""
LABEL_WORDS = LABEL_NOUNS | LABEL_ADJECTIVES | _words("of, in, de, en, der, af, i, total, the, la")
"""All its words but units and what `SPACES` says."""
LABEL_STARTS = LABEL_NOUNS.union(LABEL_ADJECTIVES, UNIT_PHRASES, COMPOUND_LABELS)
_LOWER, _UPPER = (
    ("min", "mín"),
    ("max", "maks", "máx", "höchst", "limit", "límit", "wortlimit", "zeichenlimit", "ordgrænse"),
)


def sign_of_label(word: str) -> Sign | None:
    """Return what a word of a label makes of a number without a sign: "Minimum length: 200 words" is at least 200."""
    if word.startswith(_LOWER):
        return Sign.AT_LEAST
    return Sign.AT_MOST if word.startswith(_UPPER) else None


UNLIMITED = _words("none, no, unlimited, any, ingen, ubegrænset, keine, kein, unbegrenzt, aucune, ninguno, ninguna")
"""First words after a limit's label that say that there is no limit."""
TELLING = frozenset(
    max((part for word in phrase for part in word.split("'")), key=len).rstrip(".")
    for phrase in (
        *phrases_of(UNIT_PHRASES),
        *(phrase for phrase in phrases_of(SIGNS_BEFORE) if " ".join(phrase) not in SOFT_SIGNS),
        *phrases_of(COMPOUND_LABELS),
        *((word,) for word in (CLEAR_POSTS | LIMITING | LABEL_NOUNS) - {"no."}),
        *((f"{part}seite",) for part in HALVES.keys() | THIRDS.keys()),
    )
)
"""The longest, and so mostly the rarest, word of each phrase without which there is neither a limit nor one that is not
understood."""
