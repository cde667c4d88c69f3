"""`placeholder-left` knows one template's noise from the keyboard by its fingerprint: here the noise is ours."""

from __future__ import annotations

from unittest.mock import patch

from reportls.report.prompt import fingerprint
from reportls.snapshot import Environment, take

LATIN = ["q" * 24, *["äsdf", "🍎,", "jklö"] * 11]


def found(words: list[str]) -> list[str]:
    """What the rule says of an answer of these words, over two lines."""
    answer = f"{' '.join(words[:9])}\n{' '.join(words[9:])}"
    text = f"### Question 1\n> Answer:\n\n{answer}\n\n### Question 2\n> Answer:\n\nÄ.\n"
    with patch("reportls.rules.placeholders._NOISE", fingerprint("".join(LATIN[:33]))):
        return [each.message for each in take(text, Environment()).findings if each.rule == "placeholder-left"]


def test_noise() -> None:
    """It is found at the beginning of an answer, alone or with words behind it, and nowhere else."""
    assert found(LATIN[:33]) == ["Question 1: the template's random letters are counted as an answer: replace them"]
    assert len(found([*LATIN[:33], "and", "more"])) == 1
    assert not found(LATIN[:32])
    assert not found(["q" * 25, *LATIN[1:]])


def test_rest_of_the_line() -> None:
    """Where the rest of its line would become a heading or a quote, the placeholder is not removed in bulk."""
    for rest, is_safe in (("# one", False), ("> one", False), ("one", True), ("- one", True), ("", True)):
        text = f"### Question 1\n> Answer:\n\n--- question 1 fill here --- {rest}\n\nB.\n\n### Question 2\n> Answer:\n"
        (finding,) = (it for it in take(text, Environment()).findings if it.rule == "placeholder-left")
        assert [fix.safe for fix in finding.fixes] == [is_safe], rest
