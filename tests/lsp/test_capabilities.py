"""Every announced capability, used by an editor, in each unit of columns.

The report has emoji, combining letters and U+2028 before the places asked about, and its lines end with CRLF.
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator  # noqa: TC003  # pytest-lsp looks at the types
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig

from tests.cli.running import environment
from tests.support.capabilities import ENCODINGS, capabilities
from tests.support.editor import CONVERTER, Editor, make_editor
from tests.support.group import REPORT, Group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.raw_client import RawClient

pytestmark = pytest.mark.asyncio

_SERVER = ClientServerConfig(
    [sys.executable, "-m", "reportls", "serve"], client_factory=make_editor, server_env=environment()
)
_COVERED: set[str] = set()
_Test = TypeVar("_Test", bound="Callable[..., Any]")


def covers(*announced: str) -> Callable[[_Test], _Test]:
    """Mark the announced capabilities that a test is about."""

    def take(test: _Test) -> _Test:
        _COVERED.update(announced)
        return test

    return take


@pytest_lsp.fixture(config=_SERVER, params=ENCODINGS)  # type: ignore[untyped-decorator]
async def editor(editor: Editor, request: pytest.FixtureRequest, group: Group) -> AsyncIterator[None]:
    """Start an editor with the group's report open; it must see no errors."""
    announced = await editor.begin(group.folder, request.param)
    assert announced.position_encoding == request.param
    editor.open(group.uri, REPORT)
    yield
    assert await editor.leave() == []


@covers("textDocumentSync.openClose: true")
async def test_opening_shows_what_is_wrong(editor: Editor) -> None:
    """Opening a report publishes diagnostics that mark the right words."""
    assert await editor.findings() == [
        ("answer-too-short", "5-20 words"),
        ("image-case-mismatch", "figures/Tree.png"),
        ("unanswered", "--- question 3 fill here ---"),
    ]


@covers("textDocumentSync.change: 2")
async def test_an_edit_lands_where_it_was_made(editor: Editor) -> None:
    """An edit behind emoji, combining letters and a line separator changes the right words."""
    change = types.TextDocumentContentChangePartial(range=editor.range_of("Tree"), text="🌳 gone")
    identifier = types.VersionedTextDocumentIdentifier(2, editor.uri)
    editor.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
    editor.text = editor.text.replace("Tree", "🌳 gone")
    assert ("image-not-found", "figures/🌳 gone.png") in await editor.findings(version=2)


@covers("textDocumentSync.save.includeText: false")
async def test_saving_looks_at_the_files_again(editor: Editor, group: Group) -> None:
    """Saving makes the server look at files that an editor does not watch."""
    await editor.findings()
    (group.figures / "bed.png").unlink()
    editor.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(editor.uri)))
    assert ("image-not-found", "figures/bed.png") in await editor.findings()


@covers("hoverProvider: true")
async def test_hover(editor: Editor) -> None:
    """Hovering over an image shows the figure and its size."""
    hover = await editor.ask(types.TEXT_DOCUMENT_HOVER, position=editor.place("bed.png"))
    assert hover.contents.kind is types.MarkupKind.Markdown
    assert "**Image** `figures/bed.png` · 1 by 1 pixels" in hover.contents.value
    assert editor.shown(hover.range) == "![the bed 😋](figures/bed.png)"


@covers(*(f"completionProvider.triggerCharacters: {json.dumps(letter)}" for letter in "![(/s"))
async def test_completion(editor: Editor) -> None:
    """Completion offers figures, first the one that no answer uses."""
    completions = await editor.ask(types.TEXT_DOCUMENT_COMPLETION, position=editor.place("bed.png"))
    first = completions.items[0]
    assert first.text_edit.new_text == "figures/spare%20🍐.png"
    assert editor.shown(first.text_edit.range) == "figures/bed.png"


@covers("definitionProvider: true")
async def test_definition(editor: Editor, group: Group) -> None:
    """The definition of an image is its file."""
    found = await editor.ask(types.TEXT_DOCUMENT_DEFINITION, position=editor.place("bed.png"))
    assert [location.uri for location in found] == [(group.figures / "bed.png").as_uri()]


@covers("referencesProvider: true")
async def test_references(editor: Editor) -> None:
    """References are all uses of the figure."""
    context = types.ReferenceContext(include_declaration=False)
    found = await editor.ask(types.TEXT_DOCUMENT_REFERENCES, position=editor.place("bed.png"), context=context)
    assert [editor.shown(location.range) for location in found] == ["figures/bed.png"]


@covers("documentLinkProvider.resolveProvider: false")
async def test_links(editor: Editor, group: Group) -> None:
    """A link leads from each path to its file, if that exists."""
    found = await editor.ask(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    links = [(editor.shown(link.range), link.target) for link in found]
    assert links == [("figures/bed.png", (group.figures / "bed.png").as_uri())]


@covers('documentSymbolProvider.label: "reportls"')
async def test_document_symbols(editor: Editor) -> None:
    """The outline is a tree."""
    (title,) = await editor.ask(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    assert editor.shown(title.selection_range) == "Our garden 🌱"
    (checklist, section) = title.children
    assert checklist.detail == "1 of 2 tasks done"
    assert [editor.shown(question.selection_range) for question in section.children] == [
        "### Question 1",
        "### Question 2",
        "### Question 3",
    ]


@covers("workspaceSymbolProvider.resolveProvider: false")
async def test_workspace_symbols(editor: Editor) -> None:
    """Workspace symbols are the questions that match the query."""
    found = await editor.request(types.WORKSPACE_SYMBOL, types.WorkspaceSymbolParams("look like"))
    assert [(it.name, editor.shown(it.location.range)) for it in found] == [
        ("Question 2 · What does it look like?", "### Question 2")
    ]


@covers("foldingRangeProvider: true")
async def test_folding(editor: Editor) -> None:
    """Each prompt can be folded behind its first line."""
    found = await editor.ask(types.TEXT_DOCUMENT_FOLDING_RANGE)
    prompts = [it for it in found if it.kind == types.FoldingRangeKind.Comment]
    starts = [
        types.Range(types.Position(it.start_line, 0), types.Position(it.start_line, it.start_character))
        for it in prompts
    ]
    assert [editor.shown(start) for start in starts] == [
        "> **Who digs 👩\u200d🌾?**",
        "> **What does it look like?**",
        "> **What is left 🥕?**",
    ]


@covers("selectionRangeProvider: true")
async def test_selection(editor: Editor) -> None:
    """The selection grows from the word to the whole report."""
    (inner,) = await editor.ask(types.TEXT_DOCUMENT_SELECTION_RANGE, positions=[editor.place("bed.png")])
    chosen = [editor.shown(it.range) for it in _outwards(inner)]
    assert chosen[:3] == ["bed", "figures/bed.png", "![the bed 😋](figures/bed.png)"]
    assert chosen[-1] == REPORT
    assert all(small in large for small, large in pairwise(chosen))


@covers("inlayHintProvider.resolveProvider: false")
async def test_inlay_hints(editor: Editor) -> None:
    """A hint behind the heading shows the count."""
    first, *_ = await editor.ask(types.TEXT_DOCUMENT_INLAY_HINT, range=editor.range_of(REPORT))
    assert first.label == "3 / 5-20 words, 2 to go"
    heading = types.Range(types.Position(first.position.line, 0), first.position)
    assert editor.shown(heading) == "### Question 1"


@covers('codeActionProvider.codeActionKinds: "quickfix"')
async def test_quick_fix(editor: Editor) -> None:
    """A quick fix corrects the path in place."""
    first, *_ = await editor.actions("Tree.png")
    assert first.is_preferred
    assert editor.after(first.edit) == REPORT.replace("Tree", "tree")


@covers('codeActionProvider.codeActionKinds: "refactor.rewrite.reportls"')
async def test_inserting_an_image(editor: Editor) -> None:
    """An image is inserted below the paragraph, with the line ends of the report."""
    found = await editor.actions("😋 s123456", types.CodeActionKind.RefactorRewrite)
    (insert,) = [action for action in found if action.title == "Insert figures/spare 🍐.png"]
    assert "alone\r\n\r\n![spare 🍐](figures/spare%20🍐.png)\r\n" in editor.after(insert.edit)


@covers('codeActionProvider.codeActionKinds: "source.fixAll.reportls"', "codeActionProvider.resolveProvider: true")
async def test_fixing_everything(editor: Editor) -> None:
    """The edit of "fix all" is computed when the action is resolved."""
    (everything,) = await editor.actions("Our garden", types.CodeActionKind.SourceFixAll)
    assert everything.edit is None
    resolved = await editor.request(types.CODE_ACTION_RESOLVE, everything)
    assert "figures/tree.png" in editor.after(resolved.edit)


@covers("renameProvider.prepareProvider: true")
async def test_renaming_a_figure(editor: Editor) -> None:
    """Renaming changes the file and every use of it."""
    prepared = await editor.ask(types.TEXT_DOCUMENT_PREPARE_RENAME, position=editor.place("bed.png"))
    assert (editor.shown(prepared.range), prepared.placeholder) == ("figures/bed.png", "figures/bed.png")
    edit = await editor.ask(types.TEXT_DOCUMENT_RENAME, position=editor.place("bed.png"), new_name="béd.png")
    assert [type(change) for change in edit.document_changes] == [types.RenameFile, types.TextDocumentEdit]
    assert editor.after(edit) == REPORT.replace("bed.png", "béd.png")


@covers(
    *(
        f"workspace.fileOperations.willRename.filters: {json.dumps(each)}"
        for each in (
            {
                "pattern": {
                    "glob": "**/*.{png,jpg,jpeg,gif,svg,webp,bmp,tif,tiff,pdf}",
                    "matches": "file",
                    "options": {"ignoreCase": True},
                },
                "scheme": "file",
            },
            {"pattern": {"glob": "**/*", "matches": "folder"}, "scheme": "file"},
        )
    )
)
async def test_a_figure_renamed_in_the_file_tree(editor: Editor, group: Group) -> None:
    """The report follows a figure that is renamed in the file tree."""
    new = types.FileRename((group.figures / "bed.png").as_uri(), (group.figures / "🛏.png").as_uri())
    edit = await editor.request(types.WORKSPACE_WILL_RENAME_FILES, types.RenameFilesParams([new]))
    assert "![the bed 😋](figures/🛏.png)" in editor.after(edit)


@covers('executeCommandProvider.commands: "reportls.nextUnanswered"')
async def test_going_to_the_next_unanswered_question(editor: Editor) -> None:
    """The editor is asked to show the next unanswered question."""
    found = await editor.execute("reportls.nextUnanswered")
    assert editor.shown(CONVERTER.structure(found["range"], types.Range)) == "--- question 3 fill here ---"
    assert [editor.shown(params.selection) for params in editor.shown_documents if params.selection] == [
        "--- question 3 fill here ---"
    ]


@covers('executeCommandProvider.commands: "reportls.toggleTask"')
async def test_ticking_a_task(editor: Editor) -> None:
    """The task in the line is ticked."""
    edit = await editor.execute("reportls.toggleTask", CONVERTER.unstructure(editor.place("(A1)")))
    assert editor.after(CONVERTER.structure(edit, types.WorkspaceEdit)) == REPORT.replace("* [ ] Dig", "* [x] Dig")


@covers('executeCommandProvider.commands: "reportls.checkAll"')
async def test_checking_all_reports(editor: Editor) -> None:
    """The command returns a summary of each report."""
    found = await editor.execute("reportls.checkAll")
    assert [(it["uri"], it["verdict"]) for it in found["reports"]] == [(editor.uri, "2 of 3 passed")]


@covers('executeCommandProvider.commands: "reportls.configurationEdited"')
async def test_telling_of_an_edited_configuration(editor: Editor) -> None:
    """The command returns nothing: it only shows a message."""
    assert await editor.execute("reportls.configurationEdited", "file:///reportls.toml", "unanswered") is None


@covers("workspace.workspaceFolders.supported: true", "workspace.workspaceFolders.changeNotifications: true")
async def test_another_folder(editor: Editor, group: Group) -> None:
    """Reports in a folder are found from when it is added until it is removed."""
    group.write("../other/reports/README.md", REPORT)
    other = types.WorkspaceFolder((group.folder.parent / "other").as_uri(), "other")
    query = types.WorkspaceSymbolParams("look like")
    counts = []
    for event in (types.WorkspaceFoldersChangeEvent([other], []), types.WorkspaceFoldersChangeEvent([], [other])):
        editor.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        counts.append(len(await editor.request(types.WORKSPACE_SYMBOL, query)))
    assert counts == [2, 1]


async def test_nothing_is_announced_that_no_test_asks_for(raw: RawClient) -> None:
    """Each announced capability has a test here that `covers` it, or one in `test_pull_diagnostics` or `test_page`."""
    announced = raw.initialize(capabilities(encodings=["utf-8"]))
    own = {
        "experimental.reportls.page: true",
        "experimental.reportls.questions: true",
        "experimental.reportls.rule: true",
    }
    assert {*_flattened(announced)} == _COVERED | own | {'positionEncoding: "utf-8"'}


def _outwards(range_: types.SelectionRange | None) -> Iterator[types.SelectionRange]:
    while range_:
        yield range_
        range_ = range_.parent


def _flattened(value: object, path: str = "") -> Iterator[str]:
    """Return `path.to.it: value` for each value, and for each element of a list."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flattened(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for inner in value:
            yield f"{path}: {json.dumps(inner)}"
    else:
        yield f"{path}: {json.dumps(value)}"
