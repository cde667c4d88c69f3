"""Changes beside open reports: of figures, configuration files and the editor's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.group import png

if TYPE_CHECKING:
    from random import Random

    from tests.soak.session import Session
    from tests.support.group import Group

_IGNORED = ("renders-differently", "image-not-found", "prompt-changed", "checklist-mark")
_CONFIGURATIONS = (
    "# nothing\n",
    '[severity]\nimage-not-found = "error"\ncounted-markup = "warning"\n',
    "[questions.3]\nwords = [1, 500]\nimages = false\n",
    'edition = "dtu-02476-2026"\n',
    "edition = 'no such edition'\nunknown = 1\n",
)


def change_surroundings(session: Session, group: Group, rng: Random) -> str:
    """Change something and notify the server as an editor does; return a description of the change."""
    change = rng.choice([_change_figure, _change_figure, _change_configuration, _save, _change_settings])
    return change(session, group, rng)


def _change_figure(session: Session, group: Group, rng: Random) -> str:
    figure = group.figures / f"thing{rng.randint(1, 12)}.png"
    if figure.exists():
        figure.unlink()
    else:
        figure.write_bytes(rng.choice([png(), png(3, 2), b"", b"GIF89a"]))
    _tell(session, group.uri.replace("README.md", f"figures/{figure.name}"))
    return "figures changed"


def _change_configuration(session: Session, group: Group, rng: Random) -> str:
    _tell(session, group.write("reportls.toml", rng.choice(_CONFIGURATIONS)).as_uri())
    return "configuration files changed"


def _save(session: Session, group: Group, _: Random) -> str:
    session.client.notify("textDocument/didSave", {"textDocument": {"uri": group.uri}})
    return "saved"


def _change_settings(session: Session, _: Group, rng: Random) -> str:
    session.ignored = rng.sample(_IGNORED, rng.randint(0, 2))
    session.client.settings = {"ignore": session.ignored}
    session.client.forget()
    session.client.notify("workspace/didChangeConfiguration", {"settings": None})
    session.client.asked("workspace/configuration")
    return "editor's settings changed"


def _tell(session: Session, uri: str) -> None:
    session.client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 2}]})
