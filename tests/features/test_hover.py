"""Hover texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportls.features.figures import size_in_words
from reportls.features.hover import hover
from reportls.features.hover.question import bar
from reportls.report.kinds import Limit
from reportls.snapshot import Environment, take
from tests.features.hover_reports import FILES, at, question
from tests.support.course import own_course
from tests.support.cursor import at_cursor, shown, snapshot_of
from tests.support.sample import SAMPLE


def test_question_that_fails_for_words() -> None:
    """Hovering a prompt shows verdict, count, difference and the source of the limit."""
    snapshot, found = at(question("One 😋 two"))
    assert shown(snapshot, found.span) == "> **What is it 🍎?**"
    assert found.markdown == (
        "```text\nwords  3 of 5-10  ▓▓▓░░│░░░░░│  2 more\n```\n\n"
        "**Question 1** · failed\n\n"
        "- limits from the words of the prompt\n"
        "- 1 of these words is markup or symbols that a reader does not count"
    )
    assert found.plain == (
        "words  3 of 5-10  ▓▓▓░░│░░░░░│  2 more\n\n"
        "Question 1 · failed\n\n"
        "- limits from the words of the prompt\n"
        "- 1 of these words is markup or symbols that a reader does not count"
    )


def test_question_that_wants_images_too() -> None:
    """Both counts are shown, with image tags counted as words, also with CRLF."""
    answer = "one two three four five six ![the é](figures/b.png) `![x](figures/b.png)`"
    _, found = at(question(answer, "5-200 words + 1 to 3 images", newline="\r\n"))
    assert found.markdown == (
        "```text\nwords   9 of 5-200  ▓│░░░░░░░░░│  fits\nimages  2 of 1-3    ▓▓▓│▓▓▓▓░░░│  fits\n```\n\n"
        "**Question 1** · passed\n\n"
        "- limits from the words of the prompt\n"
        "- 2 of these words are markup or symbols that a reader does not count\n"
        "- 1 of these images is not shown on the hand-in page"
    )


def test_unanswered_question() -> None:
    """A placeholder is counted but is no answer."""
    _, found = at(question("--- question 1 fill here ---", "50-100 words"))
    assert "\n\n**Question 1** · unanswered · failed\n" in found.markdown
    assert "the checker counts the placeholder: 6 words" in found.markdown


def test_limit_in_the_prompt_shows_the_question() -> None:
    """Hovering a limit shows the question, then what the rule finds in one sentence; the span is the limit's."""
    snapshot, found = at(question("One two", "5-1$00 words"))
    assert shown(snapshot, found.span) == "5-10 words"
    card, rule = found.markdown.split("\n\n---\n\n")
    assert card.startswith("```text\nwords  2 of 5-10")
    assert rule == "The answer has fewer words than its question asks for. More: `reportls rule answer-too-short`"
    linked = found.with_links(lambda name: f"page:{name}")
    assert linked.endswith(
        "The answer has fewer words than its question asks for. [answer-too-short](page:answer-too-short)"
    )


def test_answer_that_is_cut_off() -> None:
    """Words that the checker never sees are counted."""
    _, found = at(question("One two\n\n## More\nthree four five") + question("a b c d e", number=2).replace("$0", ""))
    assert "- `##` cuts the answer off: the checker never sees the 5 words from here on" in found.markdown
    assert "words  2 of 5-10" in found.markdown


def test_check_that_crashes() -> None:
    """A crash is explained, as no answer has a verdict then."""
    _, found = at(question("One two", "5-10 words + 1 image"), edition="dtu-02476-2026")
    assert found.markdown == (
        "```text\nwords  no limit\n```\n\n"
        "**Question 1** · no verdict\n\n"
        "The check crashes: 1 answer found, 31 expected. No answer has a verdict until this is fixed.\n\n"
        "- no limits, says the edition named; the edition is `dtu-02476-2026`\n"
        "- asks for the group number\n"
        "- the prompt asks for another number of words: 5-10\n"
        "- the prompt asks for another number of images: 1"
    )


def test_answers_that_are_judged_by_other_limits() -> None:
    """Shifted answers name the question whose limits apply."""
    text = (
        SAMPLE[31]
        .replace("> Answer:\n\nThing 5", "> nswer:\n\nThing 5")
        .replace("\nThing 9", "### x\nAnswer:\nThing 9")
    )
    text = text.replace("### Question 7", "### Que$0stion 7")
    _, found = at(text, edition="dtu-02476-2026")
    assert (
        "**Question 7** · failed as question 6\n\n"
        "The checker judges this answer as question 6, by the limits of that question."
    ) in found.markdown


def test_answers_that_the_checker_has_not() -> None:
    """Answers that the checker does not see are explained; the last answer may count twice."""
    two = question("a b c d e") + question("f g\n### é", number=2).replace("$0", "")
    for text, said in {
        two.replace("> Answer:", "> nswer:", 1): "There is no `Answer:` here, so the checker finds no answer.",
        two.replace("### Question 2", "**Question 2**"): "The checker drops this answer.",
    }.items():
        with own_course():
            _, found = at(text, edition="own")
        assert found.markdown.startswith(f"```text\nwords  no limit\n```\n\n**Question 1** · not judged\n\n{said}\n\n")


def test_last_answer_that_is_judged_twice() -> None:
    """A last answer with a `###` is judged twice: whole, and up to there."""
    text = question("a b c d e").replace("> An", "> n").replace("$0", "") + question("f g\n### é", number=2)
    with own_course():
        _, found = at(text, edition="own")
    assert found.markdown == (
        "As question 1:\n\n```text\nwords  2, no limit\n```\n\nAs question 2:\n\n```text\nwords  4, no limit\n```\n\n"
        "**Question 2** · passed as question 1 · passed\n\n"
        "The checker judges this answer as question 1, by the limits of that question.\n\n"
        "- no limits, says the edition named; the edition is `own`\n"
        "- asks for the contributions\n"
        "- the prompt asks for another number of words: 5-10\n"
        "- 1 of these words is markup or symbols that a reader does not count"
    )


def test_image() -> None:
    """An image shows the figure, its size, whether it is handed in, counted and shown, and its other uses."""
    text = question("See ![the äpfel 🍎](figures/$0%C3%A4pfel.png)") + question("![](figures/äpfel.png)", number=7)
    snapshot, found = at(text.replace("it $0", "it "), "figures/äpfel.png  size=1234567  git=untracked")
    assert found.figure == "figures/äpfel.png"
    assert found.markdown.partition("\n\n---\n\n")[0] == (
        "**Image** `figures/äpfel.png` · 640 by 480 pixels · 1.2 MB\n\n"
        "- not in git yet: it will not be handed in\n"
        "- counted by the checker\n"
        "- an empty frame on the hand-in page\n"
        "- also used in question 7"
    )
    assert shown(snapshot, found.span) == "figures/%C3%A4pfel.png"  # the finding's, which is smaller than the image


@pytest.mark.parametrize(
    ("image", "files", "said"),
    [
        ("![$0a](figures/b.png)", "figures/b.png  git=ignored", "ignored by git: it will not be handed in"),
        ("![$0a](figures/b.png)", "figures/b.png  git=unknown", "not in a git repository, so it is not known"),
        ("![$0a](figures/b.png)", "figures/b.png", "in git: it will be handed in"),
        ("![$0a](figures/b.png)", "figures/b.png  lfs", "kept in Git LFS"),
        ("![$0a](figures/b.png)", "figures/b.png  size=0", "an empty file"),
        ("![$0a](figures/apfel.png)", FILES, "the nearest: `figures/äpfel.png`"),
        ("![$0a](figures/b.png)", "b.png", "a file of that name is `b.png`"),
        ("![$0a](figures/B.png)", FILES, "differently from the file's name: `figures/B.png`"),
        ("![$0a](pictures/b.png)", "pictures/b.png", "in git: it will be handed in"),
        ("![$0a](../b.png)", "../b.png", "not under `figures/`"),
        ("![$0a](../b.png)", "../b.png", "outside the folder of the report: it will not be handed in"),
        ("![$0a](pictures/c.png)", FILES, "an empty frame on the hand-in page"),
        ("![$0a](https://example.test/b.png)", FILES, "on the web: it will not be handed in"),
        ("<!-- ![$0a](figures/b.png) -->", FILES, "not shown on the hand-in page: it is in a comment"),
        ("<img src='figures/$0b.png'>", FILES, "not counted by the checker: that takes `![text](path)`"),
        ("a b\n\n## c\n\n![$0a](figures/b.png)", FILES, "not counted by the checker: it stops reading"),
        ("![$0a](figures/my file.png)", "figures/my file.png", "not on GitHub: there is a space in its path"),
    ],
)
def test_what_is_said_of_images(image: str, files: str, said: str) -> None:
    """Each state of an image has its own words."""
    text = question(image) + question("a b c d e", number=2).replace("$0", "")
    assert said in at(text, files)[1].markdown


def test_image_used_in_several_questions() -> None:
    """All questions that use the image are named."""
    others = [question("![](figures/b.png)", number=number).replace("$0", "") for number in (2, 3, 7)]
    assert "also used in questions 2, 3 and 7" in at(question("![$0é](figures/b.png)") + "".join(others))[1].markdown


def test_image_where_no_files_are_known() -> None:
    """Without files on disk, nothing is said about files."""
    text, offset = at_cursor(question("![$0é](figures/b.png)").replace("Recommended", "Best"))
    found = hover(take(text, Environment()), offset)
    assert found
    assert "Image `figures/b.png`\n\n- counted by the checker\n- shown on the hand-in page" in found.plain


@pytest.mark.parametrize("odd", ["kind=svg", "kind=none", "size=0", "lfs", "pixels=60000x60000", "pixels=none"])
def test_pictures_that_are_not_shown(odd: str) -> None:
    """Files that are no image or could hold scripts are not shown."""
    assert at(question("![$0a](figures/b.png)"), f"figures/b.png  {odd}")[1].figure is None


def test_placeholder() -> None:
    """The advice depends on whether the question is answered."""
    _, alone = at(question("--- question 1 fi$0ll here ---", "1-2 words + 1 image"))
    assert alone.plain.startswith(
        "Placeholder of question 1\n\nReplace it, including the dashes, with the answer: 1-2 words and 1 image wanted."
    )
    _, beside = at(question("An äpfel.\n\n--- question 1 fi$0ll here ---"))
    assert "It is next to the answer, and the checker counts its 6 words: remove it.\n" in beside.plain
    _, dashes = at(question("-$0-- An äpfel 😋. ---"))
    assert "**Dashes of question 1**" in dashes.markdown


def test_markers() -> None:
    """The question's own marker and a further one are told apart."""
    _, own = at(question("a b c d e").replace("$0", "").replace("Answer:", "An$0swer:"))
    assert own.markdown.startswith("**Marker of question 1**\n\nThe checker starts an answer here")
    _, other = at(question("a b\n\nThe An$0swer: c d e"))
    assert (
        "**Another marker in question 1**\n\nThe checker starts an answer at every `Answer:`, also here"
        in other.markdown
    )
    with own_course():
        text = question("a") + question("b\n### é", number=2).replace("### Question 2", "**Question 2**")
        _, dropped = at(text.replace("$0", "").replace("Answer:", "An$0swer:", 1), edition="own")
    assert "\n\nThe checker drops the answer that follows.\n" in f"{dropped.markdown}\n"
    assert "**A marker**" in at("# T\n\nAnswer$0: é\n" + question("a").replace("$0", ""))[1].markdown


def test_tasks() -> None:
    """A task shows whether it is done, and how many are."""
    text = "# T\r\n\r\n* [x] Buy 🍎\r\n* [ ] Sort\r\n* [~`] Ea$0t\r\n" + question("a").replace("$0", "")
    snapshot, odd = at(text)
    assert "marked ``[~`]``, which is not a box: write `[x]` if it is done, `[ ]` if not" in odd.markdown
    assert "- 1 of 3 tasks done\n- 1 task with a mark other than `[ ]` or `[x]`" in odd.plain
    assert shown(snapshot, odd.span) == "* [~`] Eat"
    for task, said in {
        "Buy": "**Task** · done\n",
        "Sort": "**Task** · not done: write `[x]` when it is done\n",
    }.items():
        assert said in at(text.replace("$0", "").replace(task, f"{task}$0"))[1].markdown


def test_messages_are_left_to_the_editor() -> None:
    """The message of a finding, which editors show beside the hover, is not repeated; each rule has one sentence."""
    snapshot, found = at(question("a b c d e f", "9-10 words + 1 im$0age"))
    assert snapshot.findings
    assert not [finding for finding in snapshot.findings if finding.text in found.plain]
    assert found.plain.count("reportls rule too-few-images") == 1


def test_nothing_to_show() -> None:
    """There is no hover in an answer's text or outside the report."""
    snapshot = snapshot_of(question("a bc d e f").replace("$0", ""))
    assert hover(snapshot, snapshot.report.text.index("bc") + 1) is None
    assert hover(snapshot, -1) is None
    assert hover(snapshot, len(snapshot.report.text) + 1) is None


@given(st.integers(0, 500), st.integers(0, 300), st.none() | st.integers(0, 300))
def test_bar(found: int, low: int, high: int | None) -> None:
    """The bar has ten cells, and its filled part ends before a stroke exactly if the count is below that limit."""
    limit = Limit(low, None if high is None else max(low, high))
    drawn = bar(found, limit)
    assert len(drawn.replace("│", "")) == 10
    if low:
        assert (found < low) == ("░" in drawn.partition("│")[0])
    if limit.high:
        assert (found > limit.high) == drawn.rpartition("│")[2].startswith("▓")


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 byte"), (999, "999 bytes"), (20_000, "20 kB"), (1_540, "1.5 kB"), (2_000_000, "2 MB")]
)
def test_sizes(size: int, words: str) -> None:
    """Sizes have the unit that suits."""
    assert size_in_words(size) == words
