"""`reportls completion`: prints the script by which a shell completes our commands, options and names."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from reportls.cli.arguments import Parser
from reportls.cli.output import FINE, write_out
from reportls.editions.edition import IDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SHELLS = ("bash", "zsh", "fish", "powershell")
_ABOUT = """\
Prints a script for your shell that completes commands, options, rules and editions when you press Tab.
"""
_MORE = """\
how to turn it on for every new terminal:
  bash
    echo 'eval "$(reportls completion bash)"' >> ~/.bashrc
  zsh, below compinit
    echo 'eval "$(reportls completion zsh)"' >> ~/.zshrc
  fish
    reportls completion fish > ~/.config/fish/completions/reportls.fish
  PowerShell, untested
    Add-Content $PROFILE 'reportls completion powershell | Out-String | iex'
"""


def declare(parser: Parser) -> None:
    """Add the arguments of `completion`."""
    parser.description, parser.epilog = _ABOUT, _MORE
    parser.usage = "reportls completion SHELL"
    parser.add_argument("shell", choices=_SHELLS, help="the shell")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Print the script."""
    from argcomplete.shell_integration import shellcode

    write_out(shellcode(["reportls"], shell=parser.parse(arguments).shell).lstrip())
    return FINE


def complete(commands: Mapping[str, str], also: Mapping[str, str]) -> None:
    """Print what may come next in the command line that the shell gives in environment variables, and exit.

    Both have the line in the help of each command; `also` are commands without a module.
    """
    import argcomplete

    # Only here is there one parser for all commands: otherwise the modules of all would be imported.
    root = Parser(prog="reportls")
    root.add_argument("-V", "--version", action="store_true", help="print the version")
    every = root.add_subparsers()
    for name, what in also.items():
        every.add_parser(name, help=what).add_argument("command", nargs="?", choices=[*commands])
    for name, what in commands.items():
        parser = every.add_parser(name, help=what)
        import_module(f"reportls.cli.{name}").declare(parser)
        parser.add_common()
        _name_values(parser)
    argcomplete.autocomplete(root, always_complete_options="long")


def _name_values(parser: Parser) -> None:
    """Tell which values the arguments take that have no fixed choices."""
    from reportls.rules import BY_NAME

    values = {"RULE": [*BY_NAME], "RULES": [*BY_NAME], "ID": [*IDS]}
    for action in parser._actions:  # noqa: SLF001  # argparse has no other way to list them
        if known := values.get(str(action.metavar)):
            vars(action)["completer"] = lambda known=known, **_: known
