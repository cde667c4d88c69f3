"""A `report.py` in each of the forms in which courses write it, changed by groups, and written by an enemy."""

from __future__ import annotations

import subprocess
import sys
from textwrap import dedent

import pytest

from reportls.editions.script import NotUnderstoodError, Script, is_script, read_script
from reportls.report.checker import Form
from reportls.report.constraints import Constraints, Images, Length

ANY = Constraints()

FIRST = '''
from functools import partial
import click

def no_constraints(answer, index):
    return True

def length_constraints(answer, index, min, max):
    return min <= len(answer.split()) <= max

question_constrains = [
    no_constraints,
    partial(length_constraints, min=10, max=20),
    partial(image_constrains, min=1, max=2),
    partial(multi_constrains, constrains=(
        partial(length_constraints, min=5, max=6),
        partial(image_constrains, min=1, max=1),
    )),
]

@click.command()
def html():
    text = open("README.md").read()
    text = text[43:]

@click.command()
def check():
    """Look at the answers — all of them."""
    with open("README.md") as file:
        text = file.read()
    text = text[43:]
    answers = []
    for part in text.split("Answer:"):
        if "###" in part:
            answers.append(part.split("##")[0])
    answers = answers[1:]
    if len(answers) != 4:
        raise ValueError("not as many as there should be")
'''

LATER = FIRST.replace("min=", "min_length=").replace("max=", "max_length=")

NEWEST = """
class LengthConstraints(BaseModel):
    min_length: int
    max_length: int

question_constraints = {
    "question_1": NoConstraints(),
    "question_2": LengthConstraints(min_length=10, max_length=20),
    "question_3": ImageConstraints(min_images=1, max_images=2),
    "question_4": MultiConstraints(
        constrains=[LengthConstraints(min_length=5, max_length=6), ImageConstraints(min_images=1, max_images=1)]
    ),
}

@app.command()
def html():
    text = text[43:]

@app.command()
def check() -> None:
    answers = text.split("Answer:")[1:]
    if len(answers) != 4:
        raise ValueError
"""

LIMITS = (
    ANY,
    Constraints(words=Length(10, 20)),
    Constraints(images=Images(1, 2)),
    Constraints(Length(5, 6), Images(1, 1)),
)


def table(*entries: str, rest: str = "") -> Script:
    """What a script with that table says."""
    return read_script(f"question_constraints = [{', '.join(entries)}]\n{dedent(rest)}")


def refused(text: str) -> tuple[str, int]:
    """Why a text is not understood, and on which line."""
    with pytest.raises(NotUnderstoodError) as caught:
        read_script(text)
    return str(caught.value), caught.value.line


@pytest.mark.parametrize("text", [FIRST, LATER], ids=["first", "later"])
def test_lists_of_partials(text: str) -> None:
    """The forms of 2022 and 2023; what only `html` drops is not dropped by the check."""
    assert read_script(text) == Script(Form(4, drops=43, first_part_counts=True), LIMITS)


def test_dict_of_constraints() -> None:
    """The form from December 2024."""
    assert read_script(NEWEST) == Script(Form(4), LIMITS)


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_and_byte_order_mark(newline: str) -> None:
    """Any file that Python takes."""
    assert read_script("\ufeff" + NEWEST.replace("\n", newline)).limits == LIMITS


def test_limits_go_by_position() -> None:
    """A key is a name and nothing else; one that comes twice keeps its first place and has its last value."""
    text = """
        question_constraints = {
            "question_9": LengthConstraints(min_length=1, max_length=2),
            "question_1": NoConstraints(),
            "question_9": LengthConstraints(min_length=3, max_length=4),
        }
    """
    assert read_script(dedent(text)).limits == (Constraints(words=Length(3, 4)), ANY)


def test_surroundings_do_not_matter() -> None:
    """Annotations, qualified names, names for numbers and for whole entries, other spellings."""
    text = """
        import functools
        FEW = 50
        SHORT = functools.partial(length_constraints, min=FEW, max=100)
        QUESTION_CONSTRAINTS: list[Check] = (SHORT, checks.no_constraints, functools.partial(no_constraints))
    """
    assert read_script(dedent(text)).limits == (Constraints(words=Length(50, 100)), ANY, ANY)


def test_positional_limits() -> None:
    """A class takes them, and so do parts."""
    script = table("LengthConstraints(10, 20)", "MultiConstraints([ImageConstraints(1, max_images=2)])")
    assert script.limits == (Constraints(words=Length(10, 20)), Constraints(images=Images(1, 2)))


@pytest.mark.parametrize("none", ["None", "float('inf')", "math.inf", "sys.maxsize", "10000000000"])
def test_no_upper_end(none: str) -> None:
    """What nothing reaches is no limit."""
    assert table(f"LengthConstraints(50, {none})").limits == (Constraints(words=Length(50, None)),)


def test_parts_of_one_kind_both_hold() -> None:
    """The tighter one decides at either end."""
    script = table(
        "MultiConstraints([LengthConstraints(1, 50), LengthConstraints(10, 90), LengthConstraints(5, None)])"
    )
    assert script.limits == (Constraints(words=Length(10, 50)),)


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ("def check():\n    if len(answers) != 3: raise", 3),
        ("def check():\n    count(answers)\ndef count(answers):\n    if len(answers) != 1: raise", 1),
        ("WANTED = 3\nif len(answers) != WANTED: raise SystemExit", 3),
        ("def check():\n    if len(answers) != len(question_constraints): raise", 2),
        ("def check():\n    if len(lines) != 7: raise", 2),
        ("", 2),
    ],
)
def test_number_of_answers(check: str, expected: int) -> None:
    """It is what `len(answers)` must be; failing that, the table's. The limits are as many."""
    script = table("no_constraints", "LengthConstraints(1, 2)", rest=check)
    assert script.form == Form(expected)
    assert script.limits == (ANY, Constraints(words=Length(1, 2)), ANY)[:expected]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 0),
        ("print('Answer:')\n", 0),
        ("limits = [no_constraints]\n", 0),
        ("\nquestion_constraints = make()\n", 1),
        ("question_constraints = []\n", 0),
        ("question_constraints = {**other}\n", 0),
        ("question_constraints = [no_constraints] * 31\n", 0),
        ("question_constraints = [\n  no_constraints,\n  *others,\n]\n", 2),
        ("question_constraints = [\n  no_constraints,\n  unknown,\n]\n", 2),
        ("question_constraints = [\n  no_constraints,\n  3,\n]\n", 2),
        ("question_constraints = [no_constraints(1)]\n", 0),
        ("question_constraints = [partial(length_constraints, 50, 100)]\n", 0),
        ("question_constraints = [LengthConstraints(50)]\n", 0),
        ("question_constraints = [LengthConstraints(1, 2, 3)]\n", 0),
        ("question_constraints = [LengthConstraints(1, 2, strict=True)]\n", 0),
        ("question_constraints = [LengthConstraints(**limits)]\n", 0),
        ("question_constraints = [LengthConstraints(low(), 2)]\n", 0),
        ("question_constraints = [LengthConstraints(True, 2)]\n", 0),
        ("question_constraints = [LengthConstraints('1', 2)]\n", 0),
        ("question_constraints = [LengthConstraints(None, 2)]\n", 0),
        ("question_constraints = [LengthConstraints(-1, 2)]\n", 0),
        ("question_constraints = [MultiConstraints(parts)]\n", 0),
        ("question_constraints = [no_constraints]\nquestion_constraints.append(no_constraints)\n", 1),
        ("question_constraints = [no_constraints]\nquestion_constraints[0] = LengthConstraints(1, 2)\n", 1),
        ("question_constraints = [no_constraints]\nquestion_constraints += [no_constraints]\n", 1),
        ("question_constraints = [no_constraints]\ndel question_constraints[0]\n", 1),
        ("few = 1\nif x: few = 2\nquestion_constraints = [LengthConstraints(few, 9)]\n", 2),
        ("question_constraints = [\n", 0),
        ("x = 1\n  y = 2\n", 1),
        ("x = '\0'\n", 0),
        ("x = '\ud800'\n", 0),
    ],
)
def test_not_understood(text: str, line: int) -> None:
    """Everything else is said to be not understood, at its line."""
    message, found = refused(text)
    assert message
    assert found == line


def test_is_script() -> None:
    """Another program of that name is none of our business."""
    assert is_script(FIRST)
    assert is_script("text.split('Answer:')")
    assert not is_script("import pandas\n\nprint(pandas.read_csv('sales.csv'))\n")


HOSTILE = {
    "operators": "'x=' + '+0' * 490_000",
    "signs": "'x=' + '-' * 900_000 + '1'",
    "attributes": "'x=a' + '.b' * 490_000",
    "calls": "'f' + '()' * 490_000",
    "brackets": "'(' * 900_000",
    "branches": "'if a:\\n pass\\n' + 'elif a:\\n pass\\n' * 70_000",
    "digits": "'x=' + '9' * 900_000",
    "line ends": "'\\n' * 1_000_000",
    "escapes": "r\"x='\\d'\" * 10",
    "circle": "'A = multi_constraints([A])\\nquestion_constraints = [A]'",
    "names": "'A = B\\nB = A\\nquestion_constraints = [A]'",
    "laughter": "''.join(f'A{n} = multi_constraints([A{n + 1}, A{n + 1}])\\n' for n in range(60))"
    " + 'question_constraints = [A0]'",
    "long table": "'question_constraints = [' + 'no_constraints, ' * 60_000 + ']'",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_hostile_source(source: str) -> None:
    """No source warns, takes long or crashes the interpreter, which is why each is read in a process of its own."""
    program = f"""if True:
        from reportls.editions.script import NotUnderstoodError, read_script
        try:
            read_script({source})
        except NotUnderstoodError:
            print("refused")
    """
    run = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, check=False, timeout=20)
    assert (run.returncode, run.stdout.split(), run.stderr) == (0, [b"refused"], b"")


def test_nothing_is_executed(capfd: pytest.CaptureFixture[str]) -> None:
    """Reading is not running."""
    read_script("print('run')\n" + NEWEST + "\n__import__('os').system('echo run')\n")
    assert capfd.readouterr().out == ""
