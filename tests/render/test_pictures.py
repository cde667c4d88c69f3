"""Figures are embedded in the page; for others it has the path and the reason."""

from __future__ import annotations

from base64 import b64encode

import pytest

from reportls.render import pictures
from tests.render.pages import PNG, answer, page, report_of, words


def test_figure() -> None:
    """An image has the bytes of its file, its text and its size."""
    html = page(report_of("![A bee 🐝](./figures/bee.png)"), "figures/bee.png")
    (image,) = answer(html).iter("img")
    source = f"data:image/png;base64,{b64encode(PNG).decode()}"
    assert image.attrib == {"src": source, "alt": "A bee 🐝", "width": "640", "height": "480"}
    assert words(answer(html)) == "A bee 🐝"


@pytest.mark.parametrize(
    "written",
    ["![](figures/a%20b%C3%A9.png)", "<img src='figures/a bé.png'>", "![][f]\n\n[f]: <figures/a bé.png>"],
)
def test_ways_to_write_it(written: str) -> None:
    """A path may be encoded, in HTML, or by reference; an image without text has its file's name."""
    html = page(report_of(written), "figures/a bé.png", {"figures/a bé.png": PNG})
    assert [image.get("alt") for image in answer(html).iter("img")] == ["a bé"]


@pytest.mark.parametrize(
    ("path", "files", "reason"),
    [
        ("figures/bee.png", "", "there is no such file"),
        ("figures/bee.png", "figures/Bee.png", "there is no such file, but there is figures/Bee.png"),
        ("../bee.png", "", "it lies outside the report's folder"),
        ("/home/é/bee.png", "", "an absolute path leads to a file on one machine only"),
        ("C:\\bee.png", "", "an absolute path leads to a file on one machine only"),
        ("https://example.org/bee.png", "", "it lies elsewhere, and this page loads nothing"),
        ("data:image/png;base64,AAAA", "", "it is written into the text, and only files are shown"),
        ("figures/bee.svg", "figures/bee.svg", "it is not a picture that can be shown here (svg)"),
        ("figures/bee.png", "figures/bee.png  kind=svg", "it is not a picture that can be shown here (svg)"),
        ("figures/bee.png", "figures/bee.png  kind=none", "it is not a picture that can be shown here"),
        ("figures/bee.png", "figures/bee.png  lfs", "Git LFS has the picture, and here is only a pointer to it"),
        ("figures/bee.png", "figures/bee.png  size=7654321", "it has 7.7 MB, and at most 5 MB are shown"),
        ("figures/bee.png", "figures/bee.png  pixels=60000x60000", "it has too many pixels to be shown"),
        ("figures/bee.jpg", "figures/bee.jpg  pixels=none", "its size in pixels cannot be told"),
        ("figures/unreadable.png", "figures/unreadable.png", "the file cannot be read"),
    ],
)
def test_missing(path: str, files: str, reason: str) -> None:
    """A box has the path of the image and the reason why it is not shown."""
    found = answer(page(report_of(f"![It is é]({path})"), files))
    assert not [*found.iter("img")]
    assert words(found) == f"Image not shown{path}{reason}It is é"


def test_file_that_grew() -> None:
    """A file that has grown too large since its size was read is not shown."""
    html = page(report_of("![](figures/bee.png)"), "figures/bee.png", {"figures/bee.png": b"x" * 5_000_001})
    assert "the file cannot be read" in words(answer(html))


def test_all_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """The figures of a page have a limit together."""
    monkeypatch.setattr(pictures, "MOST", 41_000_000)
    found = answer(page(report_of("![é](figures/bee.png) " * 10), "figures/bee.png  size=40999999"))
    assert "it has 41.0 MB" in words(found)
    monkeypatch.setattr(pictures, "MOST", 20_030)
    found = answer(page(report_of("![é](figures/bee.png) " * 3), "figures/bee.png"))
    assert len([*found.iter("img")]) == 2
    assert "MB of pictures already" in words(found)
