"""The vocabulary of forms: markers, deliverable labels, and placeholders.

The languages are those of `limit_words.py`. Each table is one regular expression over a line without its markup.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from reportls.report.block import label_key
from reportls.text import pattern

if TYPE_CHECKING:
    from collections.abc import Collection

MARKER = pattern(
    r"""(?:(?:your|write\ your|my|votre|ma|jeres|dit|ihre|deine|tu|su)\ )?
    (?:answers?|responses?|solution|svar|besvarelse|antwort|l\u00f6sung|r\u00e9ponse|respuesta|soluci\u00f3n|\u7b54\u6848?|\u56de\u7b54)
    \ ?(?::|\uff1a)?""",
    re.IGNORECASE | re.VERBOSE,
)
"""A line that says where the answer begins. Without its colon it counts only in bold: see `is_marker`."""

DELIVERABLE = pattern(
    r"(?:livrables?|deliverables?|aflevering|abgabe|entregable)\s*(?:\d+\s*)?[:\uff1a]\s*(?P<what>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
"""The label of something to hand in, with what it is."""

NO_FIELD = pattern(
    r"(?:to-?do|fixme|notes?|nb|n\.b\.|hints?|tips?|warning|important|examples?|e\.g\.|source|deadline|due|weight|points?"
    r"|bem\u00e6rk|eksempel|hinweis|beispiel|remarque|exemple|nota|ejemplo)",
    re.IGNORECASE,
)
"""Labels that are notes to the reader, so no fields to fill in."""

_OPTIONAL = "(?:optional|valgfri|frivillig|freiwillig|fakultativ|optionnel|optionnelle|facultatif|facultative|opcional)"

_AMOUNT_OF_POINTS = r"\s*[0-9]+(?:[.,][0-9]+)?\s*(?:points?|pts?|marks?|credits?|punkte?|point|puntos?|%)?\s*"

LEFT_OVER = pattern(
    rf"\[(?![ xX]\]|[!^@]|-@|{_OPTIONAL}\]|{_AMOUNT_OF_POINTS}\])"
    r"""[^\[\]\n]*[^\W\d_][^\[\]\n]*\](?![\[(:])   # [Write your answer here]; no task box, points, link, footnote
    |\{\{[^{}\n]*\}\}                                            # {{ Title }}
    |(?<![\w\]})$\\{])(?<!```)(?<!~~~)\{[^\W\d_][^{}\n<>=;:%\#]*\}(?!\})   # {short title}; no attributes, no formulas
    |^[ \t>*-]*\#?(?:TODO|FIXME)\b[^\n]*(?:\n(?![ \t>*-]*\#?(?:TODO|FIXME)\b)[^\n]*\S[^\n]*)*   # up to an empty line
    |[*_]{0,3}(?:write|type|put|insert|enter|add)\ (?:your|you)\ [^\n.\]]{0,40}\ here\b[^\n]*
    |[*_]{0,3}(?:your|my)\ (?:team\ name|name|answers?|text|response|solution)\ (?:goes\ )?here\b[*_]{0,3}
    |\byour\ team\ name\b
    |[*_]{0,3}(?:delete|replace)\ this\ (?:line|section|paragraph|text)[^\n]*
    |(?:ihre|deine)\ antwort\ hier|(?:votre|ta)\ r\u00e9ponse\ ici
    |(?:su|tu)\ respuesta\ aqu\u00ed|(?:dit|jeres)\ svar\ her
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
"""Placeholders, which are leftovers if they are still there."""

CALLS_TO_REPLACE = pattern(
    r"""\[(?:write|type|put|insert|enter|add|describe|explain|paste|list|give|your|name|title|fill|replace)\b
        [^\[\]\n]*\](?![\[(:])
    |\{\{[ \t*_]*(?:[A-Z\u00c0-\u00de]|[^\W\d_]+[ \t]+[^\W\d_])[^{}\n]*\}\}   # words, not the name of a variable
    |^[ \t>*-]*\#?(?:TODO|FIXME)\b[^\n]*
    |[*_]{0,3}\b(?:your|my)\ (?:team\ name|answers?|response|solution)\ (?:goes\ )?here\b[*_]{0,3}
    |\b(?:write|type|put|insert|enter|add)\ your\ (?:name|answers?|response|solution|text)\ here\b
    |\bdelete\ this\ (?:line|section|paragraph)\b[^\n]*
    |(?:ihre|deine)\ antwort\ hier|(?:votre|ta)\ r\u00e9ponse\ ici
    |(?:su|tu)\ respuesta\ aqu\u00ed|(?:dit|jeres)\ svar\ her
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
"""Placeholders of any template, which no author writes on purpose.

Narrower than `LEFT_OVER`, which is for blank files: authors use brackets for other things, too.
"""

_SIGNS_OF_A_CALL = pattern(r"[\[{]|TODO|FIXME|here|this|hier|ici|aqu|her\b", re.IGNORECASE)

_ITEM = r"[ \t>]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+"
EMPTY_BOX, TICKED_BOX = (pattern(rf"{_ITEM}\[{inside}\](?=[ \t])") for inside in (" ", "[xX]"))
"""Items of a list of tasks, also in a quote."""

REFERENCES = pattern(
    r"(?:list\ of\ )?references|bibliography|works\ cited|referencer|litteraturliste|kilder"
    r"|literatur(?:verzeichnis)?|quellen|r\u00e9f\u00e9rences|bibliographie|referencias|bibliograf\u00eda|\u53c2\u8003\u6587\u732e",
    re.IGNORECASE,
)
"""The name of a list of references."""
OPTIONAL = pattern(
    rf"(?:[(\[\uff08]|<!--\s*)(?:{_OPTIONAL}\b|voluntary|if applicable|if any|if needed|\u53ef\u9009|\u9009\u586b)"
    r"[^)\]\uff09]*(?:[)\]\uff09]|-->)",
    re.IGNORECASE,
)
"""In an anchor: nobody has to answer there."""
OPTIONAL_PROMPT = pattern(
    rf"""\W*{_OPTIONAL}\b(?!\ (?:chaining|argument|parameter))   # it begins so
    |(?s:.*?)\b(?:this\ (?:section|element|part|question)\ is\ (?:entirely\ |completely\ )?optional
        |(?:omit|skip|remove|delete)\ (?:this|the)\ (?:whole\ )?(?:section|element|part)\ if\b
        |leave\ this\ (?:section\ )?(?:empty|blank)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
"""The beginning of a prompt that says so."""
OPTIONAL_COMMENT = pattern(r"<!--(?:(?!-->)[\s\S])*\boptional\b(?:(?!-->)[\s\S])*-->\s*\Z", re.IGNORECASE)
"""A comment right above an anchor that says so."""
_POINTS = pattern(rf"[(\[]{_AMOUNT_OF_POINTS}[)\]]", re.IGNORECASE)
NUMBERED_NAME = pattern(
    r"(?P<name>(?:[^\W\d_]+\.?\s+)?[0-9]+(?:\.[0-9]+)*|[^\W\d_]{1,2}[0-9]+)"
    r"\s*(?:[:\uff1a\-\u2013\u2014]|\.(?![0-9])|$)"
)
"""A name such as "Question 1", "Q1", "1.2" in front of ":", "." or a dash: the rest of the heading is the topic."""
ASKS = pattern(r"\?[\s*_]*(?:[(\[][^()\[\]]*[)\]][\s*_]*)*\Z")
"""The end of a question: its "?", with or without a limit or points in brackets."""

BEGIN_QUESTION = pattern(r"<!--\s*BEGIN QUESTION\b.*?-->", re.IGNORECASE | re.DOTALL)
END_QUESTION = pattern(r"<!--\s*END QUESTION\b.*?-->", re.IGNORECASE | re.DOTALL)
START_BELOW = pattern(
    r"<!--[\s-]*(?:(?:start|begin)\b|(?=[^>]*\bbelow\b)(?:write|put|type|enter|your)\b)"
    r"[^>]*\b(?:work|answer|solution|response|code)\b.*?-->",
    re.IGNORECASE | re.DOTALL,
)
"""The first of two comments that an answer goes between. "Write your answer here" alone is a placeholder."""

DIRECTIVE = pattern(r"<!--\s*reportls:\s*(?P<what>.*?)\s*-->", re.IGNORECASE | re.DOTALL)

_MARKUP = pattern(r"[*_`]+|\\(?=[^\w\s])|^[ \t]*(?:>[ \t]*)+|<!--.*?-->", re.MULTILINE | re.DOTALL)
_SPACES = pattern(r"\s+")


def plain(text: str) -> str:
    """Return words without emphasis, code marks, escapes, quote marks, comments and line breaks."""
    return _SPACES.sub(" ", _MARKUP.sub("", text)).strip()


def is_link(placeholder: str, labels: Collection[str]) -> bool:
    """Return whether words in brackets are a link by reference; `labels` are those that the text defines."""
    return bool(labels) and placeholder.startswith("[") and label_key(placeholder[1:-1]) in labels


def without_points(said: str) -> str:
    """Return an anchor's words without points in brackets, which are no part of its name."""
    return _POINTS.sub("", said) if "(" in said or "[" in said else said


def is_marker(text: str) -> bool:
    """Recognise a marker line: "Answer:", "**Your answer**", "> Svar:"."""
    words = plain(text)
    if not MARKER.fullmatch(words):
        return False
    return words.endswith((":", "\uff1a")) or "**" in text or "__" in text


@lru_cache(4096)  # of a whole report, so that typing looks at its own line alone
def may_call(line: str) -> bool:
    """Return whether a line has a sign of `CALLS_TO_REPLACE`; most have none, and this is fast."""
    return _SIGNS_OF_A_CALL.search(line) is not None
