"""Writes checkers in the published shapes, in our own words and with any limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.editions.resolve import own_words
from reportls.report.kinds import IMAGES, WORDS
from reportls.report.report import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.report.checker import Variant
    from reportls.report.kinds import Constraints, Limit

SHAPES = {
    "min": "helpers in `check`, `min=` and `max=`: until September 2023",
    "min_length": "helpers in `check`, `min_length=` and `max_length=`: until November 2024",
    "module": "helpers in the module: November 2024",
    "classes": "a dict of models: since December 2024",
}
"""Shapes in which the table is a local variable of `check`."""


def checker(variant: Variant, limits: Sequence[Constraints], shape: str) -> str:
    """Return the source of a checker of that shape for reports of that variant."""
    if shape == "classes":
        rows = [f'"question_{number}": {_model(each)},' for number, each in enumerate(limits, start=1)]
        table = ["question_constraints = {", *_indented(rows), "}"]
        return _joined(
            _MODELS, _html("app"), _check("app", variant, table, "question_constraints.values()"), _main("app")
        )
    low, high = ("min", "max") if shape == "min" else ("min_length", "max_length")
    helpers = [line.format(low=low, high=high) for line in _HELPERS]
    table = ["question_constrains = [", *_indented([f"{_partial(each, low, high)}," for each in limits]), "]"]
    if shape == "module":
        return _joined(_IMPORTS, helpers, _GROUP, _html("cli"), _check("cli", variant, table), _main("cli"))
    return _joined(_IMPORTS, _GROUP, _html("cli"), _check("cli", variant, [*helpers, "", *table]), _main("cli"))


def script_of(text: str) -> str:
    """Return a short script that demands of a report what its prompts say."""
    limits = own_words(parse(text)).limits
    rows = [f'"question_{number}": {_model(each)},' for number, each in enumerate(limits, start=1)]
    reading = 'text = open("README.md", encoding="utf-8").read()'
    return "\n".join(["question_constraints = {", *_indented(rows), "}", reading, ""])


_IMPORTS = ["# pip install click markdown", "import re", "from functools import partial", "import click, markdown"]
_GROUP = ["@click.group()", "def cli():", "    pass"]
_HELPERS = [
    "def no_constraints(answer, index):",
    "    return None",
    "",
    "def length_constraints(answer, index, {low}, {high}):",
    "    words = answer.split()",
    "    if len(words) < {low} or len(words) > {high}:",
    "        print(index, 'words')",
    "",
    "def image_constrains(answer, index, {low}, {high}):",
    "    found = re.findall(r'\\!\\[.*?\\]\\(.*?\\)', answer)",
    "    if len(found) < {low} or len(found) > {high}:",
    "        print(index, 'images')",
    "",
    "def multi_constrains(answer, index, constrains):",
    "    for constraint in constrains:",
    "        constraint(answer, index)",
]
_MODELS = [
    "import re",
    "from pathlib import Path",
    "import markdown, pydantic, typer",
    "",
    "class Constraints(pydantic.BaseModel):",
    "    pass",
    "",
    "class NoConstraints(Constraints):",
    "    def __call__(self, answer, index):",
    "        return True",
    "",
    "class LengthConstraints(Constraints):",
    "    min_length: int = pydantic.Field(ge=0)",
    "    max_length: int = pydantic.Field(ge=0)",
    "",
    "class ImageConstraints(Constraints):",
    "    min_images: int = pydantic.Field(ge=0)",
    "    max_images: int = pydantic.Field(ge=0)",
    "",
    "class MultiConstraints(Constraints):",
    "    constrains: list[Constraints]",
    "",
    "app = typer.Typer()",
]


def _html(app: str) -> list[str]:
    """Return the rendering command, which drops characters in every edition, whatever `check` does."""
    return [
        f"@{app}.command()",
        "def html():",
        "    with open('README.md') as file:",
        "        text = file.read()",
        "    text = text[43:]",
        "    with open('report.html', 'w') as file:",
        "        file.write(markdown.markdown(text))",
    ]


def _check(app: str, variant: Variant, table: list[str], values: str = "question_constrains") -> list[str]:
    body = [
        '"""Judge the answers \u2014 all of them."""',
        "with open('README.md') as file:",
        "    text = file.read()",
        *([f"text = text[{variant.drops}:]  # the header"] if variant.drops else []),
        "answers = []",
        "parts = text.split('Answer:')",
        *([] if variant.first_part_counts else ["parts.pop(0)"]),
        "for part in parts:",
        "    if '###' in part:",
        "        part = part.split('###')[0]",
        "        answers.append(part.split('##')[0])",
        "answers.append(parts[-1])",
        *(["answers = answers[1:]"] if variant.first_part_counts else []),
        "",
        *table,
        f"if len(answers) != {variant.answers_expected}:",
        "    raise ValueError('not as many answers as questions')",
        f"for index, (answer, constraint) in enumerate(zip(answers, {values}), 1):",
        "    constraint(answer, index)",
    ]
    return [f"@{app}.command()", "def check():", *_indented(body)]


def _main(app: str) -> list[str]:
    return ['if __name__ == "__main__":', f"    {app}()"]


def _partial(limits: Constraints, low: str, high: str) -> str:
    def bound(function: str, limit: Limit | None) -> list[str]:
        return [f"partial({function}, {low}={limit.low}, {high}={limit.high})"] if limit else []

    parts = [*bound("length_constraints", limits[WORDS]), *bound("image_constrains", limits[IMAGES])]
    if len(parts) > 1:
        return f"partial(multi_constrains, constrains=({', '.join(parts)}))"
    return parts[0] if parts else "no_constraints"


def _model(limits: Constraints) -> str:
    parts = []
    if words := limits[WORDS]:
        parts.append(f"LengthConstraints(min_length={words.low}, max_length={words.high})")
    if images := limits[IMAGES]:
        parts.append(f"ImageConstraints(min_images={images.low}, max_images={images.high})")
    if len(parts) > 1:
        return f"MultiConstraints(constrains=[{', '.join(parts)}])"
    return parts[0] if parts else "NoConstraints()"


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}" if line else "" for line in lines]


def _joined(*parts: list[str]) -> str:
    return "\n\n\n".join("\n".join(part) for part in parts) + "\n"
