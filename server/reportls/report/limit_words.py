"""The words of limits in English, Danish, German, French and Spanish, and the Chinese words for counts.

There is one table for each part of the grammar in `limit_grammar.py`. Phrases are in lower case with one blank between
words. A new wording is one more phrase in the right table.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Sign(str, Enum):
    """What a word before or after a number makes of it."""

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
    """The phrases of several lines, each parted by commas."""
    return [phrase.strip() for line in lines for phrase in line.split(",")]


UNITS = {
    "words": _split("word, words, ord, wort, wörter, worte, wörtern, mot, mots, palabra, palabras, 词"),
    "characters": _split(
        "character, characters, char, chars, letters, tegn, anslag, zeichen, caractère, caractères",
        "signes, carácter, caracteres, 字, 字符, 个字",
    ),
    "sentences": _split(
        "sentence, sentences, sætning, sætninger, satz, sätze, sätzen, phrase, phrases, frase, frases",
        "oración, oraciones, 句, 句话",
    ),
    "paragraphs": _split(
        "paragraph, paragraphs, para, paras, afsnit, absatz, absätze, absätzen, paragraphe, paragraphes",
        "párrafo, párrafos, 段",
    ),
    "lines": _split("line, lines, linje, linjer, zeile, zeilen, ligne, lignes, línea, líneas, 行"),
    "pages": _split("page, pages, side, sider, seite, seiten, página, páginas, 页"),
    "minutes": _split(
        "min read, min' read, mins read, minute read, minutes read, minutes' read, minute's read",
        "minutes of reading, minutes reading, minutes reading time, min reading time, minutes to read",
        "minutters læsning, minuten lesezeit, minute lesezeit, min lesezeit, minutes de lecture",
        "minute de lecture, min de lecture, minutos de lectura, min de lectura",
    ),
    "images": _split(
        "image, images, screenshot, screenshots, screen shot, screen shots, figure, figures, plot, plots",
        "picture, pictures, diagram, diagrams, photo, photos, chart, charts, graph, graphs, illustration",
        "illustrations, billede, billeder, skærmbillede, skærmbilleder, figur, figurer, bild, bilder",
        "abbildung, abbildungen, bildschirmfoto, bildschirmfotos, diagramm, diagramme, capture d'écran",
        "captures d'écran, capture, captures, imagen, imágenes, captura de pantalla",
        "capturas de pantalla, figura, figuras, 图, 张图, 张图片, 幅图",
    ),
    "code blocks": _split(
        "code block, code blocks, code snippet, code snippets, fenced block, fenced blocks, kodeblok",
        "kodeblokke, codeblock, codeblöcke, bloc de code, blocs de code, bloque de código",
        "bloques de código",
    ),
    "links": _split("link, links, url, urls, hyperlink, hyperlinks, lien, liens, enlace, enlaces"),
    "references": _split(
        "reference, references, citation, citations, reference, referencer, referenz, referenzen",
        "référence, références, referencia, referencias",
    ),
}
"""The names of units, by kind of limit. The key is the plural that outputs show."""

SINGULARS = {unit: "minute of reading" if unit == "minutes" else unit.removesuffix("s") for unit in UNITS}

UNIT_PHRASES = _phrases(UNITS)

THINGS = frozenset({"images", "code blocks", "links", "references"})
"""Kinds that are placed in an answer one by one, so that only an order demands them."""

_BEFORE: dict[str, list[str]] = {
    Sign.AT_LEAST: _split(
        "at least, at the least, no fewer than, no less than, not less than, not fewer than, more than",
        "over, min, minimum, minimum of, a minimum of, at minimum, mindst, minimum på, ikke mindre end",
        "mere end, mindestens, wenigstens, nicht weniger als, mehr als, au moins, au minimum",
        "un minimum de, minimum de, pas moins de, plus de, al menos, como mínimo, mínimo, mín",
        "un mínimo de, mínimo, de, por lo menos, no menos de, más de, 不少于, 至少, 不低于, ≥, >=, >",
    ),
    Sign.AT_MOST: _split(
        "at most, at the most, up to, no more than, not more than, no longer than, not longer than",
        "less than, fewer than, under, below, within, not exceed, not exceeding, never exceed, max",
        "maximum, maximum of, a maximum of, at maximum, limit, limit of, limited to, højst, maks, maksimalt",
        "maximalt, op til, ikke mere end, mindre end, færre end, inden for, höchstens, maximal, bis zu",
        "nicht mehr als, weniger als, unter, au plus, au maximum, un maximum de, maximum de, jusqu'à",
        "pas plus de, moins de, como máximo, máximo, máx, un máximo de, máximo de, a lo sumo, hasta",
        "no más de, menos de, 不超过, 不多于, 至多, 最多, ≤, <=, <",
    ),
    Sign.EXACTLY: _split("exactly, precisely, præcis, genau, exactement, exactamente"),
    Sign.ABOUT: _split(
        "about, approx, approximately, around, roughly, circa, ca, aim for, aim at, cirka, omkring, etwa",
        "ungefähr, rund, zirka, environ, à peu près, autour de, aproximadamente, alrededor de, cerca de",
        "unas, unos, 约, 大约, 大概, ~, ≈",
    ),
}
_AFTER: dict[str, list[str]] = {
    Sign.AT_LEAST: _split(
        "minimum, min, or more, or longer, at least, at the least, at minimum, and above, eller mere",
        "eller flere, oder mehr, mindestens, mindst, ou plus, au moins, au minimum, o más, como mínimo",
        "mínimo, 以上",
    ),
    Sign.AT_MOST: _split(
        "maximum, max, limit, or less, or fewer, or shorter, at most, at the most, at maximum, or under",
        "tops, eller mindre, eller færre, eller derunder, maks, maksimum, højst, oder weniger, maximal",
        "höchstens, ou moins, au plus, au maximum, o menos, como máximo, máximo, máx, 以内, 以下",
    ),
    Sign.ABOUT: _split("approximately, approx, or so, environ, ungefähr, aproximadamente, cirka, 左右"),
}
_SCOPES: dict[str, list[str]] = {
    Scope.EACH: _split(
        "each, every, per section, per answer, per question, per heading, per part, hver, hvert",
        "pr afsnit, pr spørgsmål, jede, jeder, jedes, pro abschnitt, pro frage, pro antwort, chaque",
        "par section, par question, par réponse, cada, por sección, por pregunta, por respuesta, 每个, 每",
    ),
    Scope.TOTAL: _split(
        "in total, total, altogether, overall, combined, the paper, the report, the document, the essay",
        "whole report, the proposal, the abstract as a whole, i alt, samlet, rapporten, rapport",
        "insgesamt, der bericht, au total, le rapport, en total, el informe, 总共, 全文",
    ),
}
SIGNS_BEFORE = _phrases(_BEFORE)
SIGNS_AFTER = _phrases(_AFTER)
SCOPES = _phrases(_SCOPES)
LONGEST_PHRASE = max(map(len, (*UNIT_PHRASES, *SIGNS_BEFORE, *SIGNS_AFTER, *SCOPES)))

SOFT_SIGNS = frozenset(
    tuple(phrase.split())
    for phrase in _split(
        "over, under, below, within, more than, less than, fewer than, up to, unter, mehr als",
        "weniger als, mere end, mindre end, plus de, moins de, más de, menos de, op til, bis zu",
        "jusqu'à, hasta, <, >",
    )
)
"""Signs that prose uses so often that a number behind them is no limit unless a unit follows ("under 5 seconds")."""

CJK_PHRASES = frozenset(
    phrase
    for (phrase, *_) in (*UNIT_PHRASES, *SIGNS_BEFORE, *SIGNS_AFTER, *SCOPES)
    if "\u3400" <= phrase[0] <= "\u9fff"
)
"""Chinese is written without blanks, so its phrases are tokens of their own."""

NUMBERS = {
    word: value
    for value, words in enumerate(
        (
            _split("one, single, én, ét, en, et, ein, eine, einen, einem, un, une, una"),
            _split("two, to, zwei, deux, dos"),
            _split("three, tre, drei, trois, tres"),
            _split("four, fire, vier, quatre, cuatro"),
            _split("five, fem, fünf, cinq, cinco"),
            _split("six, seks, sechs, seis"),
            _split("seven, syv, sieben, sept, siete"),
            _split("eight, otte, acht, huit, ocho"),
            _split("nine, ni, neun, neuf, nueve"),
            _split("ten, ti, zehn, dix, diez"),
        ),
        start=1,
    )
    for word in words
}
"""Number words, one to ten. Danish "to" and the English preposition are told apart by what follows."""

HALVES = frozenset(_split("half, halv, halve, halvt, halbe, halben, demi, demie, media, medio"))
ARTICLES = frozenset(_split("a, an, en, et, ein, eine, einen, einem, un, une, una, the"))

BETWEEN = frozenset(_split("between, mellem, zwischen, entre"))
FROM = frozenset(_split("from, fra, von, de, desde"))
TO = frozenset(_split("to, til, bis, à, a, hasta, or, eller, oder, ou, o, 到, 至"))
AND = frozenset(_split("and, og, und, et, y, e"))
"""Joins the ends of a range only after one of `BETWEEN`; elsewhere it parts two limits."""
BUT = frozenset(_split("but, men, aber, mais, pero, plus"))
IN = frozenset(_split("in, i, på, auf, en, dans"))

ORDERS = frozenset(
    _split(
        "insert, upload, include, add, provide, attach, use, give, show, paste, embed, submit, put",
        "indsæt, vedhæft, tilføj, vis, füge, fügen, zeige, zeigen, lade, laden, insérez, insérer",
        "ajoutez, ajouter, joignez, incluez, montrez, fournissez, inserte, insertar, incluya, añada",
        "adjunte, muestre",
    )
)
"""Verbs that demand the things behind them."""
POLITE = frozenset(_split("please, also, then, must, should, to, venligst, bitte, veuillez, por, favor"))
"""Words that an order may follow."""
PERMISSIONS = frozenset(_split("free, welcome, allowed, encouraged, able, want, wish, like, choose"))
"""Words after which "to" opens an offer, not an order."""
CONDITIONS = frozenset(_split("if, optionally, unless, hvis, wenn, falls, si, optional, etc, osv, usw"))
"""Words that turn an order into an offer, or its objects into examples, anywhere in its sentence."""
OR = frozenset(_split("or, eller, oder, ou, o"))
"""Joins alternatives, of which none is demanded by itself."""
WHERE_CONDITIONS = frozenset(
    _split(
        "there, possible, applicable, relevant, available, appropriate, needed, necessary, useful",
    )
)
"""Words behind "where" that do so."""
NEGATIONS = frozenset(
    _split(
        "no, not, don't, never, without, ingen, ikke, kein, keine, keinen, pas, aucun, aucune, sin, ningún",
    )
)

SILENT = frozenset(
    _split(
        "point, points, pts, pt, mark, marks, credit, credits, grade, hour, hours, hrs, h, day, days",
        "week, weeks, month, months, year, years, yr, people, person, persons, member, members, student",
        "students, participant, participants, percent, %, euro, euros, dollar, dollars, minute, minutes",
        "min, mins, second, seconds, time, times, group, groups, team, teams, mb, gb, kb, ms, s, timer",
        "dage, uger, år, personer, procent, stunden, tage, wochen, jahre, prozent, personen, punkte",
        "heures, jours, semaines, ans, personnes, horas, días, semanas, años, personas, puntos",
    )
)
"""Nouns behind a number that are never a limit of an answer, and never reported as one that was not understood."""

ANSWER_NOUNS = frozenset(
    _split(
        "description, response, answer, summary, statement, abstract, essay, paragraph, explanation",
        "reflection, overview, bio, biography, report, discussion, justification, text, proposal",
        "introduction, conclusion, review, analysis, write-up, writeup, reply, note, pitch, beskrivelse",
        "svar, resumé, beschreibung, antwort, zusammenfassung, résumé, réponse, descripción, respuesta",
        "resumen",
    )
)
"""Nouns for the answer itself: "a 150 word description" limits it, "a 150 word list" may be anything."""

AMBIGUOUS_NUMBERS = frozenset({"en", "et", "to"})
"""Danish number words that are common words of other languages: numbers only before a Danish unit."""
DANISH_UNITS = frozenset(
    _split(
        "ord, tegn, side, sider, sætning, sætninger, linje, linjer, afsnit, figur, figurer, billede",
        "billeder",
    )
)
NO_ADJECTIVES = frozenset(
    _split(
        "of, the, in, for, per, a, an, and, or, to, from, on, at, with, by, is, are, was, were, that",
        "which, your, our, my, more, less, other, than, as, de, des, du, la, le, les, der, die, das, af",
        "på, og, und, et, y, el, los, las",
    )
)
"""Words that cannot be the adjective between a number and its unit."""
LIMITING = frozenset(_split("limit, restrict, keep, confine, limited, restricted"))
"""Verbs that make "to" before a number a limit: "keep it to one page"."""
LENGTH_WORDS = frozenset({"long", "text", "total"})
"""Words that may stand between a unit and the sign behind it."""
OF = frozenset(_split("of, af, von, de"))
IS = frozenset(_split("is, are, er, ist, est, es"))
NOT_PROSE = frozenset(_split("code, data, output, input, logs, log, csv, kode, python, java, memory"))
"""What is counted in lines or words without being an answer: "100 lines of code"."""
WHERE = frozenset(_split("where, hvor, wo, où, donde"))
WEAK_ORDERS = frozenset(_split("use, show, give, zeige, zeigen, vis, montrez, muestre"))
"""Orders that demand a thing only with a number: "use the figure above" demands none."""
AWAY = frozenset(_split("to, in, into, for, from, with, on, such, like, som, wie, comme, como"))
"""Words after which a thing is no object of the order: "add text to the figure", "add evidence such as plots"."""
CLEAR_POSTS = frozenset(
    _split(
        "minimum, maximum, min, max, mindst, højst, mindestens, höchstens, mínimo, máximo",
    )
)
"""Signs behind a noun that announce a limit even if the noun is unknown."""

ABBREVIATIONS = frozenset(_split("max, min, approx, ca, maks, pr, mín, máx, c, env, mins"))
"""Words whose full stop does not end a sentence."""

SOFT_LABELS = frozenset({"length", "limit", "max length", "min length", "længde", "länge", "longueur", "longitud"})
"""Labels whose value may be a limit, but also a talk's duration; one that cannot be read is not reported."""
_UNIT_WORDS = {"word": "words", "character": "characters", "page": "pages"}
LABEL_UNITS = {
    "reading time": "minutes",
    **{
        label.format(singular=singular, plural=plural): plural
        for singular, plural in _UNIT_WORDS.items()
        for label in _split(
            "{singular} limit, {singular} count, max {plural}, maximum {plural}, min {plural}, minimum {plural}",
            "max {singular} count, maximum {singular} count, min {singular} count, minimum {singular} count",
            "number of {plural}",
        )
    },
}
"""Labels that name the unit of the number behind them."""
LIMIT_LABELS = {
    tuple(phrase.split()): phrase
    for phrase in (
        *SOFT_LABELS,
        *LABEL_UNITS,
        *_split(
            "answer length, recommended answer length, expected length, recommended length, maximum length",
            "minimum length, length limit, svarlængde, anbefalet længde, länge der antwort",
            "longueur de la réponse, longitud de la respuesta",
        ),
    )
}
"""Labels whose value must be a limit: one that cannot be read is reported."""


def sign_of_label(label: str) -> Sign | None:
    """Return what a label makes of a number without a sign of its own: "Minimum length: 200 words" is at least 200."""
    if label.startswith("min"):
        return Sign.AT_LEAST
    return Sign.AT_MOST if label.startswith("max") or "limit" in label else None


FIRST_WORDS = frozenset(
    phrase[0] for table in (UNIT_PHRASES, SIGNS_BEFORE, SIGNS_AFTER, SCOPES, LIMIT_LABELS) for phrase in table
)
"""Words that begin a phrase of some table; all others need no search."""
