"""What `check` can be asked to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportls.host.loading import Flags


class Options(NamedTuple):
    """What `check` was asked to do."""

    paths: tuple[str, ...] = ()
    form: str = "text"
    """One of `formats.FORMATS`."""
    edition: str | None = None
    select: frozenset[str] | None = None
    ignore: frozenset[str] | None = None
    stdin_filename: str | None = None
    fix: bool = False
    diff: bool = False
    watch: bool = False
    checker: bool = False
    """Whether to print the verdict alone."""
    exit_zero: bool = False
    allow_none: bool = False

    @property
    def flags(self) -> Flags:
        """What is said on top of all configuration files."""
        from reportls.host.loading import Flags

        return Flags(self.edition, self.select, self.ignore)

    def switched(self, names: Iterable[str]) -> Options:
        """The same with these of the `SWITCHES` on."""
        fields: dict[str, Any] = {SWITCHES[name].field: True for name in names}
        return self._replace(**fields)


class Switch(NamedTuple):
    """An option without a value."""

    field: str
    """Of `Options`."""
    help: str


SWITCHES = {
    "--fix": Switch("fix", "apply the safe fixes, which lose none of your words"),
    "--diff": Switch("diff", "show what --fix would change, and change nothing"),
    "--watch": Switch("watch", "check again whenever the report or its surroundings change"),
    "--checker": Switch("checker", "print the verdict of the course's checker alone; findings do not count"),
    "--exit-zero": Switch("exit_zero", "exit with 0 whatever is found"),
    "--allow-none": Switch("allow_none", "exit with 0 if there is no report"),
}


def simple_options(arguments: list[str]) -> Options | None:
    """The options if there is nothing but paths and switches, as nearly always; None if it takes a parser to tell.

    A parser costs more time to import than a report takes to judge.
    """
    switches = {word for word in arguments if word.startswith("-")}
    if not switches <= SWITCHES.keys():
        return None
    paths = tuple(word for word in arguments if word not in switches)
    return Options(paths).switched(switches)
