"""The grammar of limits, on wordings that courses, conferences and teams use."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportls.cli.template import in_words
from reportls.report import limit_words
from reportls.report.limit_grammar import Limit, read_limits
from reportls.report.limit_words import Scope, phrases_of
from tests.support.corpus import CORPUS

Expected = tuple[str, float | None, float | None]
"""Unit, lower end and upper end."""

EXACT = {
    "90 words, no more": ("words", None, 90),
    "90 words and no more": ("words", None, 90),
    "90 words, no less.": ("words", 90, None),
    "40-90 words, no more": ("words", None, 90),
    "at least 40 words and no more than 90": ("words", 40, 90),
    "90 W\xf6rter, nicht mehr": ("words", None, 90),
    "max 2k words": ("words", None, 2000),
    "1.5k-2k words": ("words", 1500, 2000),
    "2-3k characters": ("characters", 2000, 3000),
    "at most three quarters of a page": ("pages", None, 0.75),
    "40..90 words": ("words", 40, 90),
    "40 ... 90 words": ("words", 40, 90),
    "40\u202690 words": ("words", 40, 90),
    "Explain how the tool works in at most 4 sentences.": ("sentences", None, 4),
    "Say what the app should do in at most 4 sentences.": ("sentences", None, 4),
    "The system should be described in at most 90 words.": ("words", None, 90),
    "The main results in at most 90 words": ("words", None, 90),
    "Our mission (max 90 words)": ("words", None, 90),
    "Dataset: at most 90 words": ("words", None, 90),
    "Insert a sketch of the garden.": ("images", 1, None),
    "Add a drawing of the pump": ("images", 1, None),
    "Upload two sketches.": ("images", 2, 2),
    "Inds\xe6t en skitse af haven.": ("images", 1, None),
    "F\xfcgen Sie eine Zeichnung ein.": ("images", 1, None),
    "Ins\xe9rez un croquis.": ("images", 1, None),
    "Inserte un dibujo.": ("images", 1, None),
    "When you are done, insert a photo.": ("images", 1, None),
    "Insert a chart where we see the effect.": ("images", 1, None),
    "eine halbe bis ganze Seite": ("pages", 0.5, 1),
    "half a page to a full page": ("pages", 0.5, 1),
    "half a page to a page": ("pages", 0.5, 1),
    "en halv til en hel side": ("pages", 0.5, 1),
    "zwischen 1/2 und 1 Seite": ("pages", 0.5, 1),
    "1/2 - 1 page": ("pages", 0.5, 1),
    "Explain it in a sentence or two.": ("sentences", 1, 2),
    "Explain it in one sentence or two.": ("sentences", 1, 2),
    "A page or two.": ("pages", 1, 2),
    "Eine Seite oder zwei.": ("pages", 1, 2),
    "A page and a half at most": ("pages", None, 1.5),
    "at most one and a half pages": ("pages", None, 1.5),
    "Une page et demie maximum": ("pages", None, 1.5),
    "Una p\xe1gina y media como m\xe1ximo": ("pages", None, 1.5),
    "100w - 200w": ("words", 100, 200),
    "Antwortl\xe4nge: 100w - 200w": ("words", 100, 200),
    "Summary (max. 100w)": ("words", None, 100),
    "200w max": ("words", None, 200),
    "no bigger than 32 characters including spaces": ("characters", None, 32),
    "1 page A4 maximum": ("pages", None, 1),
    "M\xe1ximo 1 folio": ("pages", None, 1),
    "a summary of the code of at most 200 words": ("words", None, 200),
    "50 (min) - 150 (max) words": ("words", 50, 150),
    "Words: 50 (min) - 150 (max)": ("words", 50, 150),
    "300 (max) words": ("words", None, 300),
    "min 50 - max 150 words": ("words", 50, 150),
    "100 \u2013 max. 200 words": ("words", 100, 200),
    "from 100 up to 200 words": ("words", 100, 200),
    "Min length: 100, max length: 300 words": ("words", 100, 300),
    "at least 100 words, but not more than 200": ("words", 100, 200),
    "between 100 words and 200 words": ("words", 100, 200),
    "a page or less": ("pages", None, 1),
    "Please keep to a maximum of 400 words": ("words", None, 400),
    "max 1 A4": ("pages", None, 1),
    "Max length (words): 300": ("words", None, 300),
    "Length (in words): 200-300": ("words", 200, 300),
    "Word count (max): 300": ("words", None, 300),
    "Word count (min-max): 200-300": ("words", 200, 300),
    "Character limit (with spaces): 500": ("characters", None, 500),
    "Max. no. of words: 300": ("words", None, 300),
    "Min chars: 100": ("characters", 100, None),
    "Max chars 100": ("characters", None, 100),
    "Wordcount: 250-300": ("words", 250, 300),
    "word-count: 250-300": ("words", 250, 300),
    "Page limit: 2 pages": ("pages", None, 2),
    "Maximum allowed length: 300 words": ("words", None, 300),
    "Mindestumfang 2 Seiten": ("pages", 2, None),
    "H\xf6chstumfang: 10 Seiten": ("pages", None, 10),
    "Mindestwortzahl: 200": ("words", 200, None),
    "Anzahl W\xf6rter (max.): 300": ("words", None, 300),
    "Seitenumfang: 8-10": ("pages", 8, 10),
    "Zeichen (inkl. Leerzeichen): max. 2000": ("characters", None, 2000),
    "Antal ord (maks.): 300": ("words", None, 300),
    "Maks. omfang: 2 sider": ("pages", None, 2),
    "Nombre maximal de mots : 300": ("words", None, 300),
    "ne doit pas exc\xe9der 300 mots": ("words", None, 300),
    "d'au moins 300 mots": ("words", 300, None),
    "M\xe1x. palabras: 300": ("words", None, 300),
    "no podr\xe1 exceder de 300 palabras": ("words", None, 300),
    "to til tre s\xe6tninger": ("sentences", 2, 3),
    "\u5b57\u6570\uff1a200-300": ("characters", 200, 300),
    "\u4e0d\u8d85\u8fc7\u4e24\u9875": ("pages", None, 2),
    # ranges
    "Explain in 2-3 sentences": ("sentences", 2, 3),
    "Answer length: 100–200 words.": ("words", 100, 200),
    "Recommended answer length: **100-200** words": ("words", 100, 200),
    "between 50 and 100 words": ("words", 50, 100),
    "from **50** to **100** words": ("words", 50, 100),
    "200-100 words": ("words", 100, 200),
    "1,000–1,500 words": ("words", 1000, 1500),
    "one to two sentences": ("sentences", 1, 2),
    "Two or three paragraphs on the method": ("paragraphs", 2, 3),
    "between one and two pages": ("pages", 1, 2),
    "a two- to three-page report: 2 to 3 pages": ("pages", 2, 3),
    "Write 2 to 3 short paragraphs": ("paragraphs", 2, 3),
    # signs before the number
    "Minimum 50 words.": ("words", 50, None),
    "at least one sentence": ("sentences", 1, None),
    "no fewer than 3 sentences": ("sentences", 3, None),
    "≥ 100 words": ("words", 100, None),
    ">= 3 sentences": ("sentences", 3, None),
    "at least a paragraph": ("paragraphs", 1, None),
    "at most 1,000 words": ("words", None, 1000),
    "Your answer should not exceed 500 words": ("words", None, 500),
    "The text is no longer than 1.5 pages": ("pages", None, 1.5),
    "at most half a page": ("pages", None, 0.5),
    "less than 60 words": ("words", None, 60),
    "(≤100 words)": ("words", None, 100),
    "max 1 A4 page": ("pages", None, 1),
    "limit your answer to 100 words": ("words", None, 100),
    "Keep it to a single paragraph": ("paragraphs", None, 1),
    "Your poster text must fit on one page.": ("pages", None, 1),
    "All of it should fit in 300 words": ("words", None, 300),
    "exactly 200 words": ("words", 200, 200),
    "keep it to a single-paragraph pitch": ("paragraphs", None, 1),
    "limit 280 characters": ("characters", None, 280),
    "Maximum length: two pages": ("pages", None, 2),
    "Minimum length: 200 words": ("words", 200, None),
    "Min. words: 100": ("words", 100, None),
    "Maximum word count: 300": ("words", None, 300),
    "word limit 500": ("words", None, 500),
    "A word limit of 500 applies": ("words", None, 500),
    "minimum: 100 words, maximum: 200 words": ("words", 100, 200),
    "at least one (1) page": ("pages", 1, None),
    "three (3) to five (5) sentences": ("sentences", 3, 5),
    "at least 3 peer-reviewed references": ("references", 3, None),
    "200~300 words": ("words", 200, 300),
    "with a maximum length of 140 characters": ("characters", None, 140),
    "Not to exceed two pages.": ("pages", None, 2),
    "The word count of the essay should be at least 275": ("words", 275, None),
    "Word limit - 250": ("words", None, 250),
    "at least a hundred words": ("words", 100, None),
    "at most two hundred words": ("words", None, 200),
    "max. \xbd page": ("pages", None, 0.5),
    "max 1/2 page": ("pages", None, 0.5),
    "no more than 1\xbd pages": ("pages", None, 1.5),
    "up to two sides of A4": ("pages", None, 2),
    "exactly 2 short, clear sentences": ("sentences", 2, 2),
    "half a page to one page": ("pages", 0.5, 1),
    "Cite 3 references.": ("references", 3, 3),
    "Words: 100-200": ("words", 100, 200),
    "Use full sentences (at least 4).": ("sentences", 4, None),
    # comparisons behind a negation, or with a consequence, are turned round
    "The text should not be more than 200 words": ("words", None, 200),
    "Do not write more than 3 sentences": ("sentences", None, 3),
    "It must not be shorter than 2 pages": ("pages", 2, None),
    "Texts of more than 300 words will be cut": ("words", None, 300),
    "Answers under 50 words will not be read": ("words", 50, None),
    "More than 50 words will be needed": ("words", 50, None),
    # signs behind the unit, which beat those before
    "60 words minimum": ("words", 60, None),
    "60 words or more": ("words", 60, None),
    "3-5 sentences minimum": ("sentences", 3, None),
    "3 or more sentences": ("sentences", 3, None),
    "50+ words": ("words", 50, None),
    "in 50 words or less": ("words", None, 50),
    "300 words max.": ("words", None, 300),
    "200 words (max)": ("words", None, 200),
    "(2 pages max, 11pt)": ("pages", None, 2),
    "a limit of 300 words": ("words", None, 300),
    # two that join
    "min. 50 and max. 100 words": ("words", 50, 100),
    "at least 50 words, and at most 100 words": ("words", 50, 100),
    "150 words minimum and 300 maximum": ("words", 150, 300),
    "no fewer than 3 and no more than 5 sentences": ("sentences", 3, 5),
    # labels
    "Word limit: 300": ("words", None, 300),
    "Word limit: 200-300": ("words", 200, 300),
    # reading time
    "Short (5 min' read max)": ("minutes", None, 5),
    "3-5 minutes read": ("minutes", 3, 5),
    # things that are demanded
    "Insert 1-2 images of the kitchen.": ("images", 1, 2),
    "**What grows?** Insert 2 images of it.": ("images", 2, 2),
    "Include one or more screenshots": ("images", 1, None),
    "Please attach two figures.": ("images", 2, 2),
    "Upload a figure.": ("images", 1, None),
    "Include a link to one of your runs.": ("links", 1, None),
    "Use three fenced code blocks to show the output": ("code blocks", 3, 3),
    "Cite at least 5 references.": ("references", 5, None),
    "(at least one figure)": ("images", 1, None),
    # other languages
    "Hvad viser jeres data? 50-100 ord.": ("words", 50, 100),
    "højst én side": ("pages", None, 1),
    "100 ord eller flere": ("words", 100, None),
    "maks. 2.400 tegn inkl. mellemrum": ("characters", None, 2400),
    "(höchstens 300 Wörter)": ("words", None, 300),
    "zwischen 100 und 200 Wörtern": ("words", 100, 200),
    "mindestens zwei Abbildungen": ("images", 2, None),
    "(60 mots maximum)": ("words", None, 60),
    "Entre 100 et 150 mots": ("words", 100, 150),
    "trois phrases ou plus": ("sentences", 3, None),
    "(máx. 200 palabras)": ("words", None, 200),
    "de 50 a 100 palabras": ("words", 50, 100),
    "请说明原因（不少于 200 字）。": ("characters", 200, None),
    "请用不超过300字回答": ("characters", None, 300),
    "300字以内": ("characters", None, 300),
    "maks. 5 normalsider": ("pages", None, 5),
    "Opgaven må højst fylde 2 sider": ("pages", None, 2),
    "ikke over 300 ord": ("words", None, 300),
    "højst en halv side": ("pages", None, 0.5),
    "maximal zwei DIN-A4-Seiten": ("pages", None, 2),
    "mind. 150 Wörter": ("words", 150, None),
    "nicht länger als 2 Seiten": ("pages", None, 2),
    "darf 300 Wörter nicht überschreiten": ("words", None, 300),
    "höchstens 1500 Zeichen inkl. Leerzeichen": ("characters", None, 1500),
    "eine halbe bis eine Seite": ("pages", 0.5, 1),
    "Fügen Sie einen Screenshot ein.": ("images", 1, None),
    "ne doit pas dépasser 500 mots": ("words", None, 500),
    "Nombre de mots : 200 maximum": ("words", None, 200),
    "pas plus d'une page": ("pages", None, 1),
    "H\xf6chstl\xe4nge: 500 W\xf6rter": ("words", None, 500),
    "une demi-page maximum": ("pages", None, 0.5),
    "Insérez une capture d'écran.": ("images", 1, None),
    "No debe superar las 500 palabras.": ("words", None, 500),
    "Extensión máxima: 300 palabras": ("words", None, 300),
    "en no más de 5 renglones": ("lines", None, 5),
    "Short: 3-6 words max": ("words", None, 6),
    "The plan may be no more than three A4 pages.": ("pages", None, 3),
    "Say what failed in 15 words or fewer.": ("words", None, 15),
    "[2-3 paragraphs saying clearly:]": ("paragraphs", 2, 3),
    "One or two sentences: what is new, and for whom.": ("sentences", 1, 2),
    "**Length**: Strictly **one page**.": ("pages", None, 1),
    "(200-word limit)": ("words", None, 200),
    "There is a 150-word limit on this answer.": ("words", None, 150),
    "Your answer can be up to 250 words long.": ("words", None, 250),
    "Three-sentence minimum": ("sentences", 3, None),
    "(min 50 / max 90 words)": ("words", 50, 90),
    "50 words min, 90 words max": ("words", 50, 90),
    "Min: 50 words. Max: 90 words.": ("words", 50, 90),
    "90 words at the very least": ("words", 90, None),
    "upwards of 90 words": ("words", 90, None),
    "Keep it to 2-3 sentences": ("sentences", 2, 3),
    "one to one and a half pages": ("pages", 1, 1.5),
    "at most a quarter of a page": ("pages", None, 0.25),
    "Word range: 150-250": ("words", 150, 250),
    "150-250 words: what did you find?": ("words", 150, 250),
    "Your answer needs at least 2 screenshots.": ("images", 2, None),
    "A text with at least two figures": ("images", 2, None),
    "maximal eine Viertelseite": ("pages", None, 0.25),
    "Die Antwort soll 150 Wörter nicht übersteigen.": ("words", None, 150),
    "Beschränken Sie sich auf 150 Wörter.": ("words", None, 150),
    "mit mindestens einem Screenshot": ("images", 1, None),
    "Ne dépassez pas 90 mots.": ("words", None, 90),
    "réponse limitée à 90 mots": ("words", None, 90),
    "50 à 90 mots maximum": ("words", None, 90),
    "limítese a 90 palabras": ("words", None, 90),
    "una cuartilla como máximo": ("pages", None, 1),
    "un párrafo o dos": ("paragraphs", 1, 2),
    "no máximo 90 palavras": ("words", None, 90),
    "até uma página": ("pages", None, 1),
    "pelo menos 90 palavras": ("words", 90, None),
    "Não exceda 90 palavras.": ("words", None, 90),
    "entre 50 e 90 palavras": ("words", 50, 90),
    "uma a duas páginas": ("pages", 1, 2),
    "minst 90 ord": ("words", 90, None),
    "høyst to sider": ("pages", None, 2),
    "mellom 50 og 90 ord": ("words", 50, 90),
    "2-3 setninger": ("sentences", 2, 3),
    "F\xfcgt einen Screenshot ein.": ("images", 1, None),
    "Inserta una imagen": ("images", 1, None),
    "Inclua pelo menos uma captura de tela.": ("images", 1, None),
    "Sett inn minst ett bilde.": ("images", 1, None),
    "Infoga en bild.": ("images", 1, None),
    "Max en A4-sida.": ("pages", None, 1),
    "H\xf6gst en sida": ("pages", None, 1),
    "h\xf8yst to setninger": ("sentences", None, 2),
    "högst två sidor": ("pages", None, 2),
    "en till två sidor": ("pages", 1, 2),
    "max 900 tecken": ("characters", None, 900),
    "mellan 50 och 90 ord": ("words", 50, 90),
    "2-3 meningar": ("sentences", 2, 3),
    "maximal 1'500 W\xf6rter": ("words", None, 1500),
    "between 50 & 90 words": ("words", 50, 90),
    "at most 1 1/2 pages": ("pages", None, 1.5),
    "Show at least one code block.": ("code blocks", 1, None),
    "The answer itself should be no longer than 90 words.": ("words", None, 90),
    "Our rule is max. 90 words.": ("words", None, 90),
    "The maximum is 90 words.": ("words", None, 90),
    "The minimum length is 90 words.": ("words", 90, None),
    "We expect 50-90 words.": ("words", 50, 90),
    "Responda en un m\xe1ximo de 4 frases.": ("sentences", None, 4),
    "Vedh\xe6ft to sk\xe6rmbilleder.": ("images", 2, 2),
}
APPROXIMATE = {
    "Summary, 90 words": ("words", None, 90),
    "Methods, 2 paragraphs": ("paragraphs", None, 2),
    "Introduction: 2 pages": ("pages", None, 2),
    "90\xb110 words": ("words", 80, 100),
    "90 (\xb1 10) words": ("words", 80, 100),
    "90 words plus or minus 10": ("words", 80, 100),
    "90 +/- 10 words": ("words", 80, 100),
    "200 \xb1 10% words": ("words", 180, 220),
    "2k words": ("words", None, 2000),
    "a third of a page": ("pages", None, 1 / 3),
    "two thirds of a page": ("pages", None, 2 / 3),
    "ein Drittel einer Seite": ("pages", None, 1 / 3),
    "un tiers de page": ("pages", None, 1 / 3),
    "en tredjedel af en side": ("pages", None, 1 / 3),
    "between ~100 and ~200 words": ("words", 100, 200),
    "between about 100 and 200 words": ("words", 100, 200),
    "a 10-minute read": ("minutes", None, 10),
    "(100w)": ("words", None, 100),
    "ca. eine 3/4 Seite": ("pages", None, 0.75),
    "anderthalb Seiten": ("pages", None, 1.5),
    "200 (+/- 20) words": ("words", 180, 220),
    "Recommended: 300 words": ("words", None, 300),
    "Ideally 300 words": ("words", None, 300),
    "Richtwert: 2 Seiten": ("pages", None, 2),
    "aprox. 200 palabras": ("words", None, 200),
    "d'environ 300 mots": ("words", None, 300),
    "(300 words excl. references)": ("words", None, 300),
    "(2 pages double-spaced)": ("pages", None, 2),
    "about 200 words": ("words", None, 200),
    "Around 500 characters should suffice.": ("characters", None, 500),
    "approx. 1-2 paragraphs": ("paragraphs", 1, 2),
    "aim for 3-5 sentences": ("sentences", 3, 5),
    "no more than about 200 words": ("words", None, 200),
    "around a page": ("pages", None, 1),
    "(~300 words)": ("words", None, 300),
    "environ 200 mots": ("words", None, 200),
    "200 words (+/- 10 %)": ("words", 180, 220),
    "etwa eine halbe Seite": ("pages", None, 0.5),
    "en une dizaine de lignes": ("lines", None, 10),
    # a bare number
    "In a single sentence, say why": ("sentences", None, 1),
    "(1500 characters incl. spaces)": ("characters", None, 1500),
    "5 pages": ("pages", None, 5),
    "_1 page_": ("pages", None, 1),
    "Your abstract (100 words)": ("words", None, 100),
    "Summarise in one paragraph": ("paragraphs", None, 1),
    "A 150 word description of the idea": ("words", None, 150),
    "Provide a one-paragraph response": ("paragraphs", None, 1),
    "250-word abstract": ("words", None, 250),
    "Answer length: 1 word": ("words", None, 1),
    "1 paragraph: what is it?": ("paragraphs", None, 1),
    "**Pitch**: 90 word blurb.": ("words", None, 90),
    "[Your 90-character blurb here]": ("characters", None, 90),
    "A summary of 90 words": ("words", None, 90),
    "Say it in a sentence.": ("sentences", None, 1),
    "In a paragraph, what did you learn?": ("paragraphs", None, 1),
    "a couple of sentences": ("sentences", None, 2),
    "(c. 90 words)": ("words", None, 90),
    "eine Viertelseite": ("pages", None, 0.25),
    "une demi-page": ("pages", None, 0.5),
    "media página": ("pages", None, 0.5),
    "meia página": ("pages", None, 0.5),
    "(1/2 página aprox)": ("pages", None, 0.5),
    "cerca de 90 palavras": ("words", None, 90),
    "ungefär 90 ord": ("words", None, 90),
    "ca. 90 ord": ("words", None, 90),
}
NONE = [
    "Insert plots where helpful.",
    "Add photos as needed.",
    "Attach a drawing when it helps.",
    "If there is one, add a link.",
    "F\xfcgen Sie ggf. ein Bild ein.",
    "Use at least 300 photos for training.",
    "Use at least 80 training images.",
    "Use at least 300 photos in all.",
    "Download at least 30 photos.",
    "Label at least 30 photos yourself.",
    "The shop must load at least 4 photos.",
    "The app should display at least 4 photos.",
    "Your gallery must contain at least 4 photos.",
    "It has to process at least 4 photos.",
    "It sums up an article in one sentence.",
    "The small chat bot answers in at most 4 sentences.",
    "Our assistant responds in 4-5 sentences.",
    "The bot must answer in at most 4 sentences.",
    "Chatbotten svarer i h\xf8jst 4 s\xe6tninger.",
    "Das Programm fasst den Text in einem Satz zusammen.",
    "Le chatbot r\xe9pond en 4 phrases maximum.",
    "the third page",
    "In short, 4 sentences",
    "People type about 40 words per minute.",
    "It fits around 80-100 characters per line.",
    "Each tweet has at most 280 characters.",
    "At most 3 attempts are allowed.",
    "The average sentence length is 20 words.",
    "It was run with `n_images=1` and a `page_size` of 3",
    "with a maximum line length of 120 characters",
    "Image number 2 shows the rest",
    "\u81f3\u5c11\u4e00\u4e2a\u56e2\u961f",
    "Include error messages, screenshots, etc.",
    "Include a screenshot or a link.",
    "Provide a link to the page or a screenshot of it.",
    "Include code or screenshots.",
    "Add evidence such as screenshots.",
    "A paragraph should not be longer than it must.",
    "In two words: be clear.",
    "Begin with one sentence.",
    "The file has 2000 words. How many lines?",
    "Did you write more than 100 lines of code?",
    "Did you make a figure, and why not?",
    "As an example, the 2 images of last year's group.",
    "the first 3 figures of the number count",
    "a picture is worth a thousand words",
    "Provide a link where there is one.",
    "Add a figure if it helps.",
    "No screenshot needed.",
    "Use the figure above to explain.",
    "Did you add a diagram to your README?",
    "Include a figurehead.",
    "at least 100 lines of code",
    "worth 10 points, at most 3 hours",
    "Length: {{ 30 or 60 minutes }}",
    "Word count: ____",
    "en palabras simples",
    "15 pages including references",
    "12345678901 words",
    "You may want to add links to the minutes.",
    "We read a page or two of it.",
    "The first page and half of the second are blank.",
    "A sentence or a paragraph.",
    "Word limit: none",
    "If your text is more than 200 words, split it.",
    "A poem says more than a thousand words.",
    "A password must have at least 8 characters.",
    "A figure must not take up more than half a page.",
    "Tables must not exceed one page.",
    "The numbers fit on one line.",
    "All parts must fit in 3 boxes.",
    "Use variable names of at most 20 characters.",
    "Keep lines of at most 80 characters.",
    "It draws 100w - 200w.",
    "100W - 200W",
    "a lamp (60 W)",
    "a 60w bulb",
    "The novel has more than 500 pages.",
    "Your repository must have at least 2 contributors.",
    "Lines should be at most 80 characters long.",
    "Keep functions under 30 lines.",
    "Implement at least 3 pages with links between them.",
    "Your page should include at least 3 images and 2 links.",
    "Make at least 3 commits per person.",
    "Use at least two different hyperparameters.",
    "Gruppen skal have mindst 3 medlemmer.",
    # what was done
    "We trained on at least 800 images.",
    "I wrote more than 150 words.",
    "I took 4 screenshots of it.",
    "We found at least 6 references to the fault.",
    "They read about 30 pages a day.",
    "The first draft had more than 15 pages.",
    "The model was trained on up to 900 images.",
    "The text was limited to 90 words.",
    "Texts under 15 words were dropped.",
    "Sentences had 10-15 words on average.",
    "Our tests cover at least 2 pages of the site.",
    "Wir haben mindestens 800 Bilder gesammelt.",
    "Ich habe etwa 150 Wörter geschrieben.",
    "Der Bericht hatte 15 Seiten.",
    "Nous avons pris au moins 800 images.",
    "J'ai écrit environ 150 mots.",
    "Le rapport faisait 15 pages.",
    "Hemos tomado al menos 800 imágenes.",
    "Escribí unas 150 palabras.",
    "El informe tenía 15 páginas.",
    "Vi samlede mindst 800 billeder.",
    "Jeg skrev omkring 150 ord.",
    "Rapporten var på 15 sider.",
    "Coletámos pelo menos 800 imagens.",
    "Escrevi cerca de 150 palavras.",
    "O relatório tinha 15 páginas.",
    # what things are, and do
    "It prints at most 15 lines.",
    "The program outputs at least 4 lines.",
    "The crawler visits at most 90 pages.",
    "It recognises up to 900 words.",
    "The field accepts up to 200 characters.",
    "The database stores at most 60 characters.",
    "The manual is over 300 pages.",
    "The novel is 300 pages long.",
    "Version 2.4 supports up to 200 characters.",
    "The median is 14 words per sentence.",
    "Das Buch hat mehr als 250 Seiten.",
    "Das Programm gibt höchstens 15 Zeilen aus.",
    "Le livre fait plus de 250 pages.",
    "Le programme affiche au plus 15 lignes.",
    "El libro tiene más de 250 páginas.",
    "El programa imprime como máximo 15 líneas.",
    "Bogen har mere end 250 sider.",
    "Programmet udskriver højst 15 linjer.",
    "O livro tem mais de 250 páginas.",
    "O programa imprime no máximo 15 linhas.",
    # what else has a size
    "Subject line: max 60 characters",
    "Filenames must be no longer than 30 characters.",
    "Commit messages should be at most 60 characters.",
    "Each function should be at most 25 lines.",
    "Pull requests of more than 300 lines take long.",
    "The site has 4 pages and 15 links.",
    "Passwörter müssen mindestens 10 Zeichen haben.",
    "Le mot de passe doit contenir au moins 10 caractères.",
    "La contraseña debe tener al menos 10 caracteres.",
    "Adgangskoden skal have mindst 10 tegn.",
    "A senha deve ter no mínimo 10 caracteres.",
    "20 résultats par page maximum",
    "20 resultados por página máximo",
    # where something stands, and when
    "See pages 4-6.",
    "Read pages 12-18 of the book.",
    "On lines 4-6 we load it.",
    "Figure 3 shows 12 images.",
    "There are 4 figures in the appendix.",
    "4 of 12 images were blurred.",
    "12 images per class",
    "between 2015 and 2025",
    "Python >= 3.11",
    "Due in 3 weeks.",
    "a talk of 25 minutes",
    "Siehe Seite 4-6.",
    "Lisez les pages 12 à 18.",
    "Lea las páginas 12 a 18.",
    "Læs side 12-18.",
    "Leia as páginas 12 a 18.",
    "dans les 4 premières lignes",
    # work that is no text
    "Complete at least 3 tasks.",
    "Pick at least 2 topics.",
    "Answer at least 4 questions.",
    "Ask at least 2 classmates.",
    "Run at least 3 experiments.",
    "Write at least 6 unit tests.",
    "in teams of 3-4 people",
    "in mindestens 4 Versuchen",
    "par groupes de 3 à 4 personnes",
    "en grupos de 3 a 4 personas",
    "grupper på 3-4 personer",
    "em grupos de 3 a 4 pessoas",
    # turns of phrase
    "In one word: yes.",
    "Two words about us.",
    "Mit anderen Worten: es geht.",
    "Auf der einen Seite ist es schnell.",
    "Ein Bild sagt mehr als tausend Worte.",
    "en un mot",
    "En d'autres mots, oui.",
    "en una palabra",
    "en otras palabras",
    "Una imagen vale más que mil palabras.",
    "Med andre ord: ja.",
    "på den ene side",
    "Et billede siger mere end tusind ord.",
    "em outras palavras",
    "Uma imagem vale mais que mil palavras.",
    "anywhere in a paragraph you like",
    "Methods longer than 25 lines are hard to read.",
    "page=1&limit",
    "Das Skript liest h\xf6chstens 90 Zeilen.",
    "h\xf8jst 15 linjer kode",
    "au plus 15 lignes de code",
    "como m\xe1ximo 15 l\xedneas de c\xf3digo",
    "El v\xeddeo dura como m\xe1ximo 4 minutos.",
    "Reply to at least two classmates.",
    "Why do you need at least two images?",
    "sequences of up to 256 words",
]
NOT_UNDERSTOOD = {
    "At most a third of the pages may be figures.": "At most a third",
    "Max. length: 300": "300",
    "Each paragraph should have 3-5 sentences": "3-5 sentences",
    "Report at least two examples of program output": "at least two examples",
    "Answer length: as long as your arm.": "as long as your arm",
    "At least 3 sentences per paragraph": "At least 3 sentences per paragraph",
    "Give at least three bullet points": "at least three bullet points",
    "Give at least three bullet": "at least three bullet",
    "Limit: 300": "300",
    "Add at least two peer-reviewed sources.": "at least two peer-reviewed",
    "Three diagrams maximum, 4 columns minimum": "4 columns minimum",
    "Titles should be under 45 characters": "under 45 characters",
    "The title must have at most 8 words": "at most 8 words",
    "Title: at most 45 characters": "at most 45 characters",
    "Each bullet should be at most 12 words.": "at most 12 words",
    "Captions should be one or two sentences.": "one or two sentences",
    "Titel: maximal 45 Zeichen": "maximal 45 Zeichen",
    "Titre : 45 caractères maximum": "45 caractères",
    "Título: 8 palabras como máximo": "8 palabras",
    "Titlen må højst være på 45 tegn.": "højst være på 45 tegn",
    "O título deve ter até 45 caracteres.": "até 45 caracteres",
    "Name at most three risks.": "at most three risks",
    "mindst to eksempler": "mindst to eksempler",
    "pelo menos dois exemplos": "pelo menos dois exemplos",
    "Paragraphes de 4-6 lignes": "de 4-6 lignes",
}


def _ends(limit: Limit) -> Expected:
    return limit.unit, limit.at_least, limit.at_most


@pytest.mark.parametrize(("text", "expected"), EXACT.items())
def test_exact_limits(text: str, expected: Expected) -> None:
    """A wording with a sign, a range or an order gives one exact limit."""
    (limit,) = read_limits(text).limits
    assert _ends(limit) == expected
    assert not limit.about


@pytest.mark.parametrize(("text", "expected"), APPROXIMATE.items())
def test_approximate_limits(text: str, expected: Expected) -> None:
    """A number with "about", or without any sign where it clearly limits the answer, gives an approximate limit."""
    (limit,) = read_limits(text).limits
    assert _ends(limit) == expected
    assert limit.about


@pytest.mark.parametrize("text", NONE)
def test_prose_without_limits(text: str) -> None:
    """Prose with numbers and units in it states no limit, and nothing in it is reported."""
    assert read_limits(text) == ((), ())


@pytest.mark.parametrize(("text", "reported"), NOT_UNDERSTOOD.items())
def test_limits_that_cannot_be_read(text: str, reported: str) -> None:
    """A sign with a number and an unknown unit, and a label with an unreadable value, are reported."""
    (span,) = read_limits(text).not_understood
    assert text[span.start : span.end].startswith(reported.removesuffix(" minimum"))


def test_several_units() -> None:
    """Each unit of a sentence has its own limit, with its own words."""
    text = "Recommended answer length: 200-300 words + 1 to 3 screenshots."
    limits = read_limits(text).limits
    assert [_ends(limit) for limit in limits] == [("words", 200, 300), ("images", 1, 3)]
    assert [text[slice(*limit.span)] for limit in limits] == ["200-300 words", "1 to 3 screenshots"]


@pytest.mark.parametrize(
    ("text", "ends", "about"),
    [
        ("200 words or 2 pages", [("words", None, 200), ("pages", None, 2)], True),
        ("max. 200 words / 1 page", [("words", None, 200), ("pages", None, 1)], False),
        ("At least 2 sentences or 40 words", [("sentences", 2, None), ("words", 40, None)], False),
        ("Maximal 90 W\xf6rter / 600 Zeichen", [("words", None, 90), ("characters", None, 600)], False),
        ("1-2 sentences (30-60 words maximum)", [("sentences", 1, 2), ("words", None, 60)], False),
    ],
)
def test_one_amount_in_two_units(text: str, ends: list[Expected], *, about: bool) -> None:
    """A second unit behind "or" or a slash has the ends of the first one."""
    limits = read_limits(text).limits
    assert [_ends(limit) for limit in limits] == ends
    assert {limit.about for limit in limits} == {about}


def test_limits_of_two_paragraphs() -> None:
    """Two limits that complete each other are one limit only within a paragraph."""
    assert len(read_limits("At least 50 words.\nAt most 90 words.").limits) == 1
    assert len(read_limits("At least 50 words.\n>\n> At most 90 words.").limits) == 2


@pytest.mark.parametrize("gap", [" ", "\n", "\n\n", "\r\n\r\n", "\n> - ", "\n* "])
def test_limits_between_prose(gap: str) -> None:
    """Sentences and paragraphs without limits, which are skipped, change neither the limits nor their places."""
    prose = "The pump runs at night.", "Who pays for it?", "Nobody knew..."
    said = "Write at least 40 words, approx. two pages."
    text = gap.join((*prose, said, *prose, "Max. 90 characters", *prose))
    limits = read_limits(text).limits
    assert [text[slice(*limit.span)] for limit in limits] == [
        "at least 40 words",
        "approx. two pages",
        "Max. 90 characters",
    ]
    assert read_limits(f"What comes first?{gap}Give at least three bullet points.{gap}").not_understood


@pytest.mark.parametrize("prose", ["The pump runs at night. ", "a page or ", "a ", "max ", "\u5b57", "("])
def test_long_text(prose: str) -> None:
    """Limits are read on both sides of a text of any length, also of one without stops."""
    said = "Write at least 40 words."
    text = f"{said}\n\n{prose * 5000}\n\n{said}"
    limits = [limit for limit in read_limits(text).limits if limit.unit == "words"]
    assert [limit.span.start for limit in limits] == [6, len(text) - 18]


def test_abbreviations_do_not_end_sentences() -> None:
    """A full stop behind an abbreviation, with markup or without, parts no number from its sign."""
    for said in ("Write max. 90 words.", "Write **max**. 90 words.", "Write **max.** 90 words."):
        assert [_ends(limit) for limit in read_limits(f"Think first. {said}").limits] == [("words", None, 90)]


def test_two_things_in_one_order() -> None:
    """An order of two things demands both."""
    limits = read_limits("Include a screenshot of the result and a link to the page.").limits
    assert [_ends(limit) for limit in limits] == [("images", 1, None), ("links", 1, None)]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Each answer should be **3-5 sentences minimum**.", Scope.EACH),
        ("(max. 2000 characters per section)", Scope.EACH),
        ("Hvert svar skal være mindst 50 ord", Scope.EACH),
        ("The paper should be between 250-1000 words.", Scope.TOTAL),
        ("At most 10 pages for the report", Scope.TOTAL),
        ("A summary of the paper in 2-3 sentences", None),
        ("Rapporten m\xe5 h\xf8jst v\xe6re p\xe5 10 sider", Scope.TOTAL),
        ("max 10 pages in total", Scope.TOTAL),
        ("El informe no debe superar las 10 p\xe1ginas.", Scope.TOTAL),
        ("Le rapport fera 10 pages maximum.", Scope.TOTAL),
        ("Svara med 2-3 meningar, varje fr\xe5ga.", Scope.EACH),
        ("max 10 pages", None),
    ],
)
def test_scopes(text: str, scope: Scope | None) -> None:
    """A scope counts wherever it stands in the sentence."""
    (limit,) = read_limits(text).limits
    assert limit.scope is scope


def test_deliverable_label() -> None:
    """The label of a deliverable demands what it names; a number in it is exact."""
    assert [_ends(limit) for limit in read_limits("capture d'écran de votre ping.", is_label=True).limits] == [
        ("images", 1, None)
    ]
    assert [_ends(limit) for limit in read_limits("2 screenshots", is_label=True).limits] == [("images", 2, 2)]
    assert read_limits("remplir le tableau", is_label=True).limits == ()


PAGE = Path(__file__).parents[2] / "server" / "docs" / "limits.md"
_ROW = re.compile(r"^\| `(?P<wording>[^`]+)`[^|]* \| (?P<reading>[^|]+) \|$", re.MULTILINE)


def _said(wording: str) -> str:
    reading = read_limits(wording)
    if reading.not_understood:
        return "not understood"
    limits = [f"{in_words(one)}, {one.scope.value}" if one.scope else in_words(one) for one in reading.limits]
    return ", ".join(limits) or "no limit"


def test_page_for_teachers() -> None:
    """Every wording on the page about limits is read as the page says."""
    rows = [(row["wording"], row["reading"]) for row in _ROW.finditer(PAGE.read_text("utf-8"))]
    assert len(rows) > 50
    assert [(wording, _said(wording)) for wording, _ in rows] == rows


def test_wordings_in_use() -> None:
    """Wordings collected from real forms mean what their readers took them for."""
    path = CORPUS.parent / "forms" / "wordings.json"
    if not path.exists():
        pytest.skip("no collection of wordings beside the project")
    for case in json.loads(path.read_text("utf-8")):
        reading = read_limits(case["text"])
        found = [{**limit._asdict(), "span": None, "scope": None} for limit in reading.limits]
        assert found == [{**limit, "span": None, "scope": None} for limit in case["limits"]], case["text"]
        assert bool(reading.not_understood) == case.get("not_understood", False), case["text"]


_VOCABULARY = sorted(
    {" ".join(phrase) for phrase in (*phrases_of(limit_words.UNIT_PHRASES), *phrases_of(limit_words.SIGNS_BEFORE))}
)
_FRAGMENTS = st.sampled_from(
    [*_VOCABULARY, "3", "1,000", "two", "-", "(", ")", ":", "\n", "\n\n", "> ", "* ", "\u5b57", "\xe9"]
)


@given(st.lists(_FRAGMENTS, max_size=30).map(" ".join) | st.text(max_size=60))
def test_any_text(text: str) -> None:
    """Any text can be read; spans are within it, in order, and lower ends are not above upper ends."""
    reading = read_limits(text)
    for limit in reading.limits:
        assert 0 <= limit.span.start < limit.span.end <= len(text)
        assert limit.at_least is not None or limit.at_most is not None
        if limit.at_least is not None and limit.at_most is not None:
            assert limit.at_least <= limit.at_most
    assert all(0 <= span.start < span.end <= len(text) for span in reading.not_understood)
