"""A `report.py` in each shape in which the course has published it, changed by groups, and written by an enemy."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from textwrap import dedent, indent
from typing import TYPE_CHECKING

import pytest

from reportls.editions.edition import IDS, builtin
from reportls.editions.script import NotUnderstoodError, Script, is_script, read_script
from reportls.report.checker import Variant
from reportls.report.kinds import IMAGES, WORDS, Constraints, Limit
from tests.support.checkers import SHAPES, checker

if TYPE_CHECKING:
    from collections.abc import Callable

ANY = Constraints()
LIMITS = (
    ANY,
    Constraints.of({WORDS: Limit(10, 20)}),
    Constraints.of({IMAGES: Limit(1, 2)}),
    Constraints.of({WORDS: Limit(5, 6), IMAGES: Limit(1, 1)}),
)
OLD, NEW = Variant(4, drops=43, first_part_counts=True), Variant(4)
SCRIPTS = {shape: checker(NEW if shape == "classes" else OLD, LIMITS, shape) for shape in SHAPES}


def expected(shape: str) -> Script:
    """Return what is to be understood of the script of that shape."""
    return Script(NEW if shape == "classes" else OLD, LIMITS)


def table(*entries: str, rest: str = "") -> Script:
    """Return what a script with that table says."""
    return read_script(f"question_constraints = [{', '.join(entries)}]\n{dedent(rest)}")


def refused(text: str) -> tuple[str, int]:
    """Return why a text is not understood, and on which line."""
    with pytest.raises(NotUnderstoodError) as caught:
        read_script(text)
    return str(caught.value), caught.value.line


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("edition", IDS)
def test_every_edition_in_every_shape(edition: str, shape: str) -> None:
    """Each edition's limits and variant come out of its script; what only `html` drops is not dropped by the check."""
    variant, limits = builtin(edition).variant, builtin(edition).limits
    assert read_script(checker(variant, limits, shape)) == Script(variant, limits)


def _annotated(text: str) -> str:
    return re.sub(r"(question_constrain\w*) = ", r"\1: dict[str, object] = ", text).replace(
        "answers = []", "answers: list = []"
    )


def _commented(text: str) -> str:
    return re.sub(
        r"(?m)^( +)(.*(?:onstrain|Models|partial).*,)$", r"\1# Answer: question_constraints\n\1\2  # as in \1'", text
    )


def _imports_last(text: str) -> str:
    lines = text.splitlines()
    imports = [line for line in lines if line.startswith(("import", "from"))]
    return "\n".join(["from typing import Any", *reversed(imports), *(line for line in lines if line not in imports)])


def _with_helpers(text: str) -> str:
    more = "def load(path: str) -> str:\n    answers = open(path).read()\n    return answers\n\n\n"
    return text.replace("@", more + "@", 1).replace(
        "answers = []", "def size(text):\n        return len(text)\n\n    answers = []", 1
    )


def _in_one_line(text: str) -> str:
    return re.sub(
        r"(?s)(question_constrain\w* = [\[{])(.*?)(\n    [\]}]\n)",
        lambda found: " ".join(found[0].split()) + "\n",
        text,
    )


def _with_names(text: str) -> str:
    named = re.sub(r"(max(?:_length)?)=20\b", r"\1=TWENTY", text)
    return "TWENTY: int = 20\n" + named.replace("    answers = []", "    answers = []\n    COUNT = 4", 1).replace(
        "!= 4", "!= COUNT"
    )


def _in_a_block(text: str) -> str:
    head, _, rest = text.partition("def check():\n")
    body, _, tail = rest.partition("\n\n\nif __name__")
    return (
        f"{head}async def check():\n    try:\n{indent(body, '    ')}\n    finally:\n        pass\n\n\nif __name__{tail}"
    )


def _in_module(text: str) -> str:
    found = re.search(r"(?s)\n    question_constrain\w* = .*?\n    [\]}]\n", text)
    assert found
    return text.replace(found[0], "\n").replace("@", dedent(found[0]) + "\n@", 1)


def _in_helper(text: str) -> str:
    found = re.search(r"(?s)\n    question_constrain\w* = .*?\n    [\]}]\n", text)
    assert found
    name = found[0].split()[0]
    helper = f"def {name}_of_the_course():{found[0]}    return {name}\n\n\n"
    return helper + text.replace(found[0], f"\n    {name} = {name}_of_the_course()\n")


def _in_class(text: str) -> str:
    found = re.search(r"(?s)\n    (question_constrain\w*) = .*?\n    [\]}]\n", text)
    assert found
    limits = f"class Limits:{found[0]}\n\n"
    return limits + text.replace(found[0], f"\n    {found[1]} = Limits.{found[1]}\n")


def _with_aliases(text: str) -> str:
    names = "Length, words = LengthConstraints, length_constraints\n\n\n"
    return text.replace("LengthConstraints(min", "Length(min").replace("l(length_constraints", "l(words") + names


def _with_keywords(text: str) -> str:
    named = re.sub(r'"(question_\d+)": ', r"\1=", text).replace("= {\n", "= dict(\n").replace("    }\n", "    )\n")
    return named.replace("= [\n", "= (\n").replace("    ]\n", "    )\n")


CHANGED: dict[str, Callable[[str], str]] = {
    "annotations": _annotated,
    "comments": _commented,
    "imports in another order": _imports_last,
    "more helpers": _with_helpers,
    "formatted by Python": lambda text: ast.unparse(ast.parse(text)),
    "table in one line": _in_one_line,
    "names for numbers": _with_names,
    "within a block": _in_a_block,
    "table in the module": _in_module,
    "table in a helper": _in_helper,
    "table in a class": _in_class,
    "table by `dict`, or a tuple": _with_keywords,
    "names for constraints": _with_aliases,
    "tabs": lambda text: re.sub(r"(?m)^(?: {4})+", lambda found: "\t" * (len(found[0]) // 4), text),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "byte order mark": lambda text: "\ufeff" + text,
}


@pytest.mark.parametrize("change", CHANGED)
@pytest.mark.parametrize("shape", SHAPES)
def test_surroundings_do_not_matter(shape: str, change: str) -> None:
    """A script says the same however it is annotated, commented, ordered and formatted."""
    changed = CHANGED[change](SCRIPTS[shape])
    assert changed != SCRIPTS[shape]
    assert read_script(changed) == expected(shape)


@pytest.mark.parametrize("shape", SHAPES)
def test_limits_edited_by_hand(shape: str) -> None:
    """A group's own numbers in the script are the ones that its checker applies."""
    changed = re.sub(r"(max(?:_length)?)=20\b", r"\1=250", SCRIPTS[shape])
    assert read_script(changed).limits == (ANY, Constraints.of({WORDS: Limit(10, 250)}), *LIMITS[2:])


@pytest.mark.parametrize("shape", SHAPES)
def test_form_edited_by_hand(shape: str) -> None:
    """The number of answers and the characters dropped are the script's own."""
    changed = SCRIPTS[shape].replace("!= 4", "!= 3")
    assert read_script(changed) == Script(expected(shape).variant._replace(answers_expected=3), LIMITS[:3])
    head, _, body = SCRIPTS[shape].partition("def check")
    assert read_script(f"{head}def check{body.replace('[43:]', '[7:]')}").variant.drops == (
        0 if shape == "classes" else 7
    )


def test_table_in_check_counts_first() -> None:
    """A table in `check` counts before one in another function, and that before one of the module."""
    module, helper, check = (f"question_constraints = [LengthConstraints({number}, 9)]" for number in (1, 2, 3))
    parts = [module, f"def helper():\n    {helper}", f"def check():\n    {check}"]
    assert read_script("\n".join(parts)).limits[0][WORDS] == Limit(3, 9)
    assert read_script("\n".join(parts[:2])).limits[0][WORDS] == Limit(2, 9)
    assert read_script(parts[0]).limits[0][WORDS] == Limit(1, 9)
    assert read_script(f"{parts[0]}\ndef check():\n    question_constraints = make()").limits[0][WORDS] == Limit(1, 9)


def test_names_are_looked_up_where_the_table_is() -> None:
    """A local name hides the module's; one that is given another value anywhere, or by a caller, is not known."""
    text = "FEW = 1\ndef check({}):\n    {}\n    question_constraints = [LengthConstraints(FEW, 9)]\n{}"
    assert read_script(text.format("", "pass", "")).limits[0][WORDS] == Limit(1, 9)
    assert read_script(text.format("", "FEW = 2", "")).limits[0][WORDS] == Limit(2, 9)
    assert refused(text.format("FEW", "pass", "")) == ("this limit is not a number", 3)
    assert refused(text.format("", "FEW = 2; FEW = 3", "")) == ("this limit is not a number", 3)
    assert refused(text.format("", "pass", "def f():\n    global FEW\n    FEW = 5")) == (
        "this limit is not a number",
        3,
    )


def test_last_table_counts() -> None:
    """Of two tables in a row the last counts; where only running would tell which, none does."""
    first, second = ("question_constraints = [LengthConstraints(1, 2)]", "question_constraints = [no_constraints]")
    assert read_script(f"{first}\n{second}").limits == (ANY,)
    assert refused(f"{first}\nif late:\n    {second}") == ("`question_constraints` is assigned a second time here", 2)


def test_limits_go_by_position() -> None:
    """A key is a name and nothing else; one that comes twice keeps its first place and has its last value."""
    text = """
        question_constraints = {
            "question_9": LengthConstraints(min_length=1, max_length=2),
            "question_1": NoConstraints(),
            "question_9": LengthConstraints(min_length=3, max_length=4),
        }
    """
    assert read_script(dedent(text)).limits == (Constraints.of({WORDS: Limit(3, 4)}), ANY)


def test_other_spellings() -> None:
    """Annotations, qualified names, names for numbers, for parts and for whole entries are followed."""
    text = """
        import functools
        FEW = 50
        SHORT = functools.partial(length_constraints, min=FEW, max=100)
        PARTS = [ImageConstraints(1, 2)]
        ALIAS = QUESTION_CONSTRAINTS: list[Check] = (
            SHORT, checks.no_constraints, functools.partial(no_constraints), MultiConstraints(constrains=PARTS)
        )
    """.replace("ALIAS = ", "")
    limits = (Constraints.of({WORDS: Limit(50, 100)}), ANY, ANY, Constraints.of({IMAGES: Limit(1, 2)}))
    assert read_script(dedent(text)).limits == limits


def test_positional_limits() -> None:
    """A class takes its limits by position, alone and as a part of several."""
    script = table("LengthConstraints(10, 20)", "MultiConstraints([ImageConstraints(1, max_images=2)])")
    assert script.limits == (Constraints.of({WORDS: Limit(10, 20)}), Constraints.of({IMAGES: Limit(1, 2)}))


@pytest.mark.parametrize("none", ["None", "float('inf')", "math.inf", "sys.maxsize", "10000000000"])
def test_no_upper_end(none: str) -> None:
    """A number that nothing reaches is no limit."""
    assert table(f"LengthConstraints(50, {none})").limits == (Constraints.of({WORDS: Limit(50, None)}),)


def test_parts_of_one_kind_both_hold() -> None:
    """Of several limits of one kind the tighter one decides at either end."""
    script = table(
        "MultiConstraints([LengthConstraints(1, 50), LengthConstraints(10, 90), LengthConstraints(5, None)])"
    )
    assert script.limits == (Constraints.of({WORDS: Limit(10, 50)}),)


@pytest.mark.parametrize(
    ("check", "number"),
    [
        ("def check():\n    if len(answers) != 3: raise", 3),
        ("def check():\n    if 3 != len(answers): raise", 3),
        ("def check():\n    assert len(answers) == 3", 3),
        ("def check():\n    if not len(answers) == WANTED: raise\nWANTED = 3", 3),
        ("def check():\n    count(answers)\ndef count(answers):\n    if len(answers) != 1: raise", 1),
        ("WANTED = 3\nif len(answers) != WANTED: raise SystemExit", 3),
        ("def check():\n    if len(answers) != len(question_constraints): raise", 2),
        ("def check():\n    if len(lines) != 7: raise", 2),
        ("def check():\n    if len(answers) == 0: raise", 2),
        ("", 2),
    ],
)
def test_number_of_answers(check: str, number: int) -> None:
    """It is what `len(answers)` is compared with; failing that, the table's length. The limits are as many."""
    script = table("no_constraints", "LengthConstraints(1, 2)", rest=check)
    assert script.variant == Variant(number)
    assert script.limits == (ANY, Constraints.of({WORDS: Limit(1, 2)}), ANY)[:number]


@pytest.mark.parametrize(
    ("body", "drops"),
    [
        ("text = text[43:]; parts = text.split('Answer:')", 43),
        ("text: str = file.read()[43:]; parts = text.split('Answer:')", 43),
        ("parts = text[HEADER:].split('Answer:')", 43),
        ("lines = text[43:]; parts = text.split('Answer:')", 0),
        ("text = text[43:60]; parts = text.split('Answer:')", 0),
        ("parts = text.split('Answer:')[1:]", 0),
    ],
)
def test_characters_dropped(body: str, drops: int) -> None:
    """What is cut from the front of the text that is split at the markers is dropped."""
    assert table("no_constraints", rest=f"HEADER = 43\ndef check():\n    {body}").variant.drops == drops


@pytest.mark.parametrize(
    ("body", "is_dropped"),
    [
        ("answers = answers[1:]", True),
        ("answers.pop(0)", True),
        ("del answers[0]", True),
        ("parts.pop(0)", False),
        ("answers.pop()", False),
        ("answers = answers[2:]", False),
    ],
)
def test_first_answer_dropped(body: str, is_dropped: bool) -> None:  # noqa: FBT001  # a parameter of the test
    """Where the first of the answers is dropped, the part before the first marker was looped over too."""
    assert table("no_constraints", rest=f"def check():\n    {body}").variant.first_part_counts is is_dropped


@pytest.mark.parametrize(
    ("opens", "names"),
    [
        ("open('README.md')", False),
        ("open('README.md', 'r')", False),
        ("open('README.md', encoding=None)", False),
        ("Path('README.md').open()", False),
        ("Path('README.md').read_text()", False),
        ("open('README.md', encoding='utf-8')", True),
        ("open('README.md', encoding=ENCODING)", True),
        ("open('README.md', 'r', -1, 'utf8')", True),
        ("Path('README.md').open(encoding='utf-8')", True),
        ("Path('README.md').read_text('utf-8')", True),
        ("Path('README.md').read_bytes()", True),
        ("open('README.md', mode='rb')", True),
        ("open('log.txt', 'w', encoding='utf-8'); open('README.md')", False),
        ("open('log.txt', mode='w'); open('README.md', encoding='utf-8')", True),
        ("open('README.md', encoding='utf-8'); open('more.md')", False),
    ],
)
def test_encoding(opens: str, names: bool) -> None:  # noqa: FBT001  # a parameter of the test
    """It counts what `check` reads; failing that, what anything reads; failing that, there is no encoding."""
    inside = f"def html():\n    open('README.md')\ndef check():\n    {opens}"
    outside = f"def load():\n    {opens}\ndef check():\n    load()"
    assert table("no_constraints", rest=inside).variant.names_encoding is names
    assert table("no_constraints", rest=outside).variant.names_encoding is names
    assert table("no_constraints").variant.names_encoding is False


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 0),
        ("print('Answer:')\n", 0),
        ("limits = [no_constraints]\n", 0),
        ("\ndef check():\n  limits = [no_constraints]\n", 1),
        ("\nquestion_constraints = make()\n", 1),
        ("question_constraints = []\n", 0),
        ("question_constraints = {**other}\n", 0),
        ("question_constraints = dict(one=no_constraints, **other)\n", 0),
        ("question_constraints = dict([no_constraints])\n", 0),
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


@pytest.mark.parametrize("shape", SHAPES)
def test_entry_not_understood(shape: str) -> None:
    """An entry that calls something unknown is refused on its own line, within `check` too."""
    changed = re.sub(r"(?:partial\(length_constraints|LengthConstraints\(min)[^()]*\)", "own_rule(4)", SCRIPTS[shape])
    line = next(index for index, text in enumerate(changed.splitlines()) if "own_rule" in text)
    assert refused(changed) == ("this entry of the table of limits has an unknown form", line)


def test_is_script() -> None:
    """Another program of that name is none of our business."""
    assert all(map(is_script, SCRIPTS.values()))
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
    "functions": "'def f(): question_constraints = g()\\n' * 25_000",
    "functions within functions": "''.join(' ' * n + 'def f():\\n' for n in range(90)) + ' ' * 90 + 'pass'",
    "names declared elsewhere": "'def f(): global a; a = 1\\n' * 35_000",
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
    read_script("print('run')\n" + SCRIPTS["classes"] + "\n__import__('os').system('echo run')\n")
    assert capfd.readouterr().out == ""
