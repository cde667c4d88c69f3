"""Strategies for reports of every kind: random fragments, assembled questions, and changed whole reports."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType

from hypothesis import strategies as st

from reportls.editions.edition import Override, Role
from reportls.editions.script import Script
from reportls.findings.settings import Settings
from reportls.report.checker import Variant
from reportls.report.kinds import Constraints, Limit
from reportls.snapshot import Environment
from reportls.text import Edit, Span
from tests.report.test_incremental import PIECES
from tests.support import corpus
from tests.support.cases import read_cases
from tests.support.files import FilesInMemory, plain_file
from tests.support.sample import SAMPLE
from tests.test_edits import BENT, TYPED

_CASES = Path(__file__).parents[1] / "rules"
_LONGEST_SEED = 12_000
"""Longer texts are cut, because judging one as long as a real report would leave time for too few examples."""

_MORE = [
    *["\n\u00a0\n![x](figures/Thing1.png)\n", "- a\n\t![x](figures/thing1.png)\n", "![x](<figures/b c.png> 't')"],
    *["| a \\| b | ![x](figures/b.png) |\n|---|---|\n", "![a\nb](figures/b.png)", "![](data:image/png;base64,AA)"],
    *[
        "\n```\n## a\n```\n",
        "    ## b\n",
        "<!-- Answer: -->",
        "<script>",
        "</div>",
        "<br/>",
        "<img alt='",
        "\\",
        "&lt;",
    ],
    *["--- words ---\n", "---", "===\n", "*", "**", "_", "~~", "$", "s12345", "123456", "Group 7", "M5"],
    *[
        "nswer:",
        "answer:",
        "> **Answer:**",
        "Answer: \n",
        "<<<<<<<",
        ">>>>>>> b\n",
        "|||||||\n",
        "../b.png",
        "C:\\b.png",
    ],
    *["https://example.org/b.png", "figures/b.png", "figures/%62.png", "[a](figures/b.png)", "[a][l]", "![a][l]"],
]
pieces = st.sampled_from([*PIECES, *TYPED, *_MORE])
heaps = st.lists(pieces, max_size=40).map("".join)
"""Fragments that parsers stumble over, in a row."""


@cache
def whole_reports() -> tuple[str, ...]:
    """Return our samples and cases, and the real reports where the corpus is available."""
    cases = [case.report for path in sorted(_CASES.glob("*.md")) for case in read_cases(path)]
    real = [corpus.report(name) for name in corpus.names()]
    return tuple(text[:_LONGEST_SEED] for text in (*SAMPLE.values(), *BENT.values(), *cases, *real))


_limits = st.tuples(st.integers(0, 300), st.integers(0, 300))
_asked = st.one_of(
    st.just(""),
    _limits.map("> Recommended answer length: {0[0]}-{0[1]} words.\n".format),
    _limits.map("> Answer length: {0[0]}-{0[1]} words + 1 to 3 screenshots\n".format),
    st.sampled_from(["> *Insert 1-2 images*\n", "> **Upload 1-2 images**\n", "> Include a figure\n", "> 50 words\n"]),
)
_headings = st.sampled_from(
    [
        "### Question {}\n",
        "### Question {}\n",
        "## Question {}:\n",
        "### question {}",
        "### **Question {}**\n",
        "Question {}\n",
    ]
)
_markers = st.sampled_from(
    [
        ">\n> Answer:\n\n",
        ">\n> Answer:\n\n",
        "\nAnswer:\n",
        "> Answer: ",
        "Answer:Answer:\n",
        "nswer:\n",
        "",
        "> **Answer:**\n",
    ]
)
_answers = st.one_of(heaps, st.just("--- question 1 fill here ---\n"), st.integers(0, 320).map("word ".__mul__))


@st.composite
def _questions(draw: st.DrawFn) -> str:
    number = draw(st.integers(0, 32))
    prompt = draw(
        st.sampled_from(["> **What?**\n>\n", "> **Why** ...\n> Example:\n> *It is* ...\n>\n", "**How?**\n", ""])
    )
    parts = [
        draw(_headings).format(number),
        prompt,
        draw(_asked),
        draw(_markers),
        draw(_answers),
        draw(st.sampled_from(["\n", ""])),
    ]
    return "".join(parts)


_openings = st.one_of(
    st.just(""), st.just("# Ours\n\n* [ ] a (M1)\n* [x] b\n\n## c\n"), st.sampled_from([SAMPLE[27][:200]]), heaps
)
_put_together = st.tuples(_openings, st.lists(_questions(), min_size=1, max_size=5).map("".join)).map("".join)


@st.composite
def edits_of(draw: st.DrawFn, length: int, most: int = 6) -> list[Edit]:
    """Edits of a text of that length, each relative to the text after the one before; many are close together."""
    edits, start = list[Edit](), draw(st.integers(0, length))
    for _ in range(draw(st.integers(1, most))):
        start = draw(st.one_of(st.just(min(start, length)), st.integers(0, length)))
        end = min(length, start + draw(st.sampled_from([0, 0, 0, 1, 2, 9, 60, 900])))
        new_text = draw(st.one_of(pieces, st.just(""), heaps))
        edits.append(Edit(Span(start, end), new_text))
        length += len(new_text) - (end - start)
        start += len(new_text)
    return edits


@st.composite
def _changed(draw: st.DrawFn) -> str:
    """A whole report with a random change."""
    text = draw(st.sampled_from(whole_reports()))
    for span, new_text in draw(edits_of(len(text))):
        text = text[: span.start] + new_text + text[span.end :]
    return text


_sound_pieces = pieces.filter(lambda piece: "uestion " not in piece or "fill" in piece)
_PROMPT = "> **What 🍎?**\n>\n> Recommended answer length: {}\n>\n> Answer:\n\n"
_prompts = st.sampled_from(["2-9 words + 1 to 2 images.", "5-60 words.", "0-3 words"]).map(_PROMPT.format)


@st.composite
def _sound_report(draw: st.DrawFn) -> str:
    """A report with all questions in order and any answers."""
    parts = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        answer = "".join(draw(st.lists(_sound_pieces, max_size=14)))
        parts.append(f"### Question {number}\n\n{draw(_prompts)}{answer}\n")
    return "".join(parts)


_line_ends = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])
_any_text = st.one_of(heaps, _put_together, _put_together, st.deferred(_changed), st.text(max_size=200))


@st.composite
def _with_line_ends(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    text, end = draw(texts), draw(_line_ends)
    return text if end == "\n" else text.replace("\r\n", "\n").replace("\n", end)


any_report = _with_line_ends(_any_text)
"""The text of a report, good or bad."""
sound_reports = _with_line_ends(_sound_report())
"""Reports with a sound structure: among many wrong headings, which one is out of place is ambiguous."""

NAMES = ("figures/thing1.png", "figures/b.PNG", "figures/Thing2.png", "figures/b c.png", "figures/new.png", "b.png")
_files = FilesInMemory({name: plain_file(name) for name in NAMES})
_constraints = st.tuples(
    st.one_of(st.none(), st.builds(Limit, st.integers(0, 30), st.one_of(st.none(), st.integers(30, 99)))),
    st.one_of(st.none(), st.builds(Limit, st.integers(0, 2), st.one_of(st.none(), st.integers(2, 3)))),
).map(Constraints)


@st.composite
def _scripts(draw: st.DrawFn) -> Script:
    limits = tuple(draw(st.lists(_constraints, max_size=6)))
    old = draw(st.booleans())
    return Script(Variant(len(limits), 43 if old else 0, first_part_counts=old), limits)


_roles = st.dictionaries(st.integers(1, 7), st.builds(Override, role=st.sampled_from(Role)), max_size=3)
any_environment = st.builds(
    Environment,
    settings=st.builds(Settings, questions=_roles.map(MappingProxyType)),
    files=st.just(_files),
    script=st.one_of(st.none(), st.none(), _scripts()),
    named=st.sampled_from([None, None, None, "dtu-02476-2026", "dtu-02476-2023"]),
)
"""The environments that a report can be judged in."""
