"""Completions of paths, images and study numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportls.editions.edition import Override, Role, sample_figures
from reportls.features.completion import Completion, CompletionKind, complete
from reportls.findings.settings import Settings
from reportls.text import Edit, apply_edits
from tests.support.cursor import at_cursor, shown, snapshot_of

if TYPE_CHECKING:
    from reportls.snapshot import Snapshot

FILES = "figures/a.png\nfigures/my plot (1).png\nfigures/sub/ø😀.jpg\nnotes.md"
QUESTION = "### Question {}\n\n> **What 😀?**\n>\n> Answer length: 2-9 words + 1 to 2 images.\n>\n> Answer:\n\n{}\n\n"
USED = "![😀](figures/a.png)"


def report_of(*answers: str) -> str:
    """Return a report with these answers."""
    return "".join(QUESTION.format(*pair) for pair in enumerate(answers, start=1))


def offered(text: str, files: str = FILES, settings: Settings = Settings()) -> tuple[Snapshot, tuple[Completion, ...]]:
    """Return the completions at `$0`."""
    text, offset = at_cursor(text)
    snapshot = snapshot_of(text, files, settings=settings)
    return snapshot, complete(snapshot, offset)


def labels(answer: str, files: str = FILES) -> list[str]:
    """Return the completions in the second of two answers; the first shows a figure."""
    return [completion.label for completion in offered(report_of(USED, answer), files)[1]]


def chosen(answer: str, path: str, files: str = FILES) -> str:
    """Return the answer's line after that path is chosen."""
    snapshot, completions = offered(report_of(USED, answer), files)
    completion = next(completion for completion in completions if path in (completion.figure, completion.label))
    text = apply_edits(snapshot.report.text, [Edit(completion.replaced, completion.new_text)])
    return text[text.rindex("Answer:\n\n") + len("Answer:\n\n") : -2]


PATHS = ["figures/my plot (1).png", "figures/sub/ø😀.jpg", "figures/a.png"]
IMAGES = ["insert figures/my plot (1).png", "insert figures/sub/ø😀.jpg", "insert a new image"]


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        ("![x]($0", "![x](figures/a.png)"),
        ("![x]($0)", "![x](figures/a.png)"),
        ("😀 ![x](fi$0 and more (see there)", "😀 ![x](figures/a.png) and more (see there)"),
        ("![x](figures/$0old.png 'title')", "![x](figures/a.png 'title')"),
        ("![x](./fi$0", "![x](./figures/a.png)"),
        ("![x](<fi$0", "![x](<figures/a.png>)"),
        ("![x](<fi$0>)", "![x](<figures/a.png>)"),
        ("![x](<fi$0ne.png>", "![x](<figures/a.png>)"),
        ("![x](fi$0 'title')", "![x](figures/a.png 'title')"),
        ("![x]($0 more words)", "![x](figures/a.png) more words)"),
        ("![x](pictures/my%20old%20$0plot.png)", "![x](figures/a.png)"),
        ("![x]( $0)", "![x]( figures/a.png)"),
        ("![x](fig$0ures/my old (2).png)", "![x](figures/a.png)"),
        ("- ![a ![b] c](sub/$0\r\n- b", "- ![a ![b] c](figures/a.png)\r\n- b"),
        ("| ![x]($0 | b |\n|---|---|", "| ![x](figures/a.png) | b |\n|---|---|"),
        ("[![x](fi$0](notes.md)", "[![x](figures/a.png)](notes.md)"),
        ("[x](fi$0 and", "[x](figures/a.png) and"),
        ("(see [x]($0)", "(see [x](figures/a.png)"),
    ],
)
def test_a_path_is_completed(answer: str, result: str) -> None:
    """The whole path is replaced, and open brackets are closed."""
    assert chosen(answer, "figures/a.png") == result


def test_figures_not_used_yet_come_first() -> None:
    """Unused figures come first, and each has its size."""
    _, completions = offered(report_of(USED, "![x]($0", USED))
    assert [(completion.order, completion.label) for completion in completions] == [*enumerate(PATHS)]
    assert [completion.detail for completion in completions][1:] == [
        "640 × 480, 20 kB, not used yet",
        "640 × 480, 20 kB, used in questions 1 and 3",
    ]


@pytest.mark.parametrize(
    ("size", "uses", "detail"),
    [
        ("1", 0, "640 × 480, 1 byte, not used yet"),
        ("999", 1, "640 × 480, 999 bytes, used in question 1"),
        ("2345678", 4, "640 × 480, 2.3 MB, used in 4 questions"),
    ],
)
def test_sizes_and_uses(size: str, uses: int, detail: str) -> None:
    """Sizes are rounded, and the questions that use a figure are named."""
    _, (figure,) = offered(report_of(*[USED] * uses, "![x]($0"), f"figures/a.png  size={size}")
    assert figure.detail == detail


def test_of_very_many_files_those_like_what_was_typed() -> None:
    """A long list is cut to matching paths, as a look at each figure takes time."""
    files = "\n".join(f"figures/f{number}.png" for number in range(1000))
    assert labels("![x](figures/F99$0", files) == [
        "figures/f99.png",
        *(f"figures/f99{digit}.png" for digit in range(10)),
    ]
    assert labels("[x](f998$0", files) == ["figures/f998.png"]
    assert len(labels("![x]($0", files)) == 200


def test_no_image_beside_the_marker() -> None:
    """No image is offered next to the marker, as it would be shown as part of the question."""
    text = report_of("a", "b").replace("Answer:\n\nb", "Answer: $0\n\nb")
    assert not offered(text)[1]


def test_the_templates_own_pictures_are_not_offered() -> None:
    """The template's own figures are no answer, so they are not offered."""
    sample = f"figures/bucket.png  blob={min(sample_figures())}\nfigures/own.png"
    text, offset = at_cursor(report_of("a", "![x]($0"))
    snapshot = snapshot_of(text, sample, edition="dtu-02476-2026")
    assert [completion.label for completion in complete(snapshot, offset)] == ["figures/own.png"]


def test_names_with_blanks_and_brackets_are_encoded() -> None:
    """Blanks and brackets in names are encoded, as they would change the count or end the image early."""
    assert chosen("![x](figures/my p$0", PATHS[0]) == "![x](figures/my%20plot%20%281%29.png)"
    assert labels("![x](My P$0)") == [PATHS[0]]


def test_a_link_may_lead_to_any_file() -> None:
    """A link may lead to any file, an image only to a figure."""
    assert labels("[x]($0)") == ["figures/a.png", *PATHS[:2], "notes.md"]
    assert labels("![x]($0)") == PATHS


def test_without_figures_their_folder_is_offered() -> None:
    """An empty folder for figures is offered itself."""
    assert chosen("![x](f$0)", "figures/", "notes.md") == "![x](figures/)"
    assert chosen("![x](f$0", "figures/", "") == "![x](figures/"


@pytest.mark.parametrize(
    "answer",
    [
        "![x](figures/a.png) and $0then",
        "![x](figures/a.png and then$0",
        "![x](figures/a.png 'the ti$0tle')",
        "![x](<figures/a.png> $0)",
        "![x$0](figures/a.png)",
        "![$0](figures/a.png)",
        "!$0[x](figures/a.png)",
        "![x](https://a$0",
        "[x](#par$0t)",
        "`![x](fi$0)`",
        "```\n![x](fi$0\n```",
        "```\n$0\n```",
        "```\n$0",
        "<!-- ![x](fi$0 -->",
        "<!--\n$0\n-->",
        "<!--\n\n$0",
        "\\![$0",
        "wo$0rds",
        "words $0",
        "--- question 2 fi$0ll here ---",
        "$0--- question 2 fill here ---",
    ],
)
def test_elsewhere_nothing_is_offered(answer: str) -> None:
    """Nothing is offered after a path, in code, in comments or on a placeholder."""
    assert not labels(answer)


@pytest.mark.parametrize(
    "text",
    [
        "Intro\n$0\n" + report_of("a", "b"),
        report_of("a", "b").replace("**What 😀?**", "![x](fi$0", 1),
        report_of("a", "b").replace(">\n", "> !$0\n", 1),
        report_of("a", "b").replace("### Question 2", "### Question 2$0"),
    ],
)
def test_nothing_is_offered_outside_answers(text: str) -> None:
    """Nothing is offered in text that is not the author's."""
    assert not offered(text)[1]


@pytest.mark.parametrize(
    "answer", ["$0", "text 😀\n\n  $0", "!$0", "![$0", "![$0]", "so it is: !$0 and on", "a\r\n$0\r\nb"]
)
def test_whole_images(answer: str) -> None:
    """An image of each unused figure is offered, then an empty one."""
    assert labels(answer) == IMAGES


def test_a_whole_image_in_plain_text_and_with_places_to_fill_in() -> None:
    """A whole image replaces what is typed of it, with and without snippets."""
    snapshot, completions = offered(report_of("a", "![$0]"), "figures/cost$_{x}.png")
    of_figure, new = completions
    assert shown(snapshot, new.replaced) == "![]"
    assert new.new_text == "![describe the image](figures/name.png)"
    assert new.snippet == "![${1:describe the image}](figures/${2:name}.png)$0"
    assert of_figure.new_text == "![cost$ {x}](figures/cost$_{x}.png)"
    assert of_figure.snippet == r"![${1:cost\$ {x\}}](figures/cost\$_{x\}.png)$0"


ROLES = Settings(questions={2: Override(role=Role.STUDY_NUMBERS), 3: Override(role=Role.CONTRIBUTIONS)})


def numbers(members: str, contributions: str) -> list[tuple[str, str, str]]:
    """Return the study numbers offered: text replaced, number and detail."""
    snapshot, completions = offered(report_of("a", members, contributions), FILES, ROLES)
    return [
        (shown(snapshot, completion.replaced), completion.new_text, completion.detail)
        for completion in completions
        if completion.kind is CompletionKind.STUDY_NUMBER
    ]


def test_study_numbers_in_the_account_of_who_did_what() -> None:
    """The members' numbers are offered, those not named yet first; the number being typed does not count as named."""
    once, not_yet = "named here once", "not named here yet"
    assert numbers("s111111, 222222 and S333333", "😀 S111111 did all, s2$022 nothing") == [
        ("s222", "s222222", not_yet),
        ("s222", "S333333", not_yet),
        ("s222", "s111111", once),
    ]
    assert [number for _, number, _ in numbers("s111111", "and 11$0")] == ["s111111"]
    assert [number for _, number, _ in numbers("s111111", "and $0")] == ["s111111"]


@pytest.mark.parametrize("contributions", ["this$0", "s$0he", "s1$0a", "--- question 3 fill$0 here ---"])
def test_no_study_number_within_a_word(contributions: str) -> None:
    """No study number is offered inside a word or on the placeholder."""
    assert not numbers("s111111", contributions)


def test_numbers_that_only_the_account_names_are_offered_among_the_groups() -> None:
    """Numbers named only in the account of work are offered, unless they are typing errors of a given one."""
    said = "named in the answer on who did what"
    assert numbers("s111111, s$0", "s111111 and s222222 and s111112") == [("s", "s222222", said)]
    assert not offered(report_of("a", "s111111\n$0", "s111111"), FILES, ROLES)[1]
