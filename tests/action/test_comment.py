"""Tests of the comment in a pull request, against an API of our own that records what it is asked."""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.action.job import TOKEN, Job
from tests.action.test_hostile import PAYLOADS, TAGS, rendered, tags_in
from tests.cli.reports import PERFECT, SHORT, judged, write
from tests.support.past import Past

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOT = "github-actions[bot]"
_REPOSITORY = "course/group-7"


class Api:
    """The part of GitHub's interface that the comment needs, with the comments in memory."""

    def __init__(self) -> None:
        """Start without comments."""
        self.comments: list[dict[str, Any]] = []
        self.asked: list[tuple[str, str]] = []
        """Method and path of each request."""
        self.tokens: set[str] = set()
        self.refusal: int | None = None
        """The status of the answer to every request; None to answer."""
        self._last = 0

    def add(self, login: str, body: str) -> None:
        """Add a comment of that account."""
        self._last += 1
        self.comments.append({"id": self._last, "user": {"login": login}, "body": body})

    def answer(self, method: str, url: str, sent: dict[str, Any]) -> tuple[int, Any]:
        """Return the status and the answer to a request."""
        place = urlsplit(url)
        self.asked.append((method, place.path))
        if self.refusal:
            return self.refusal, {"message": "no"}
        match method, place.path.removeprefix(f"/repos/{_REPOSITORY}/issues/").split("/"):
            case "GET", ["7", "comments"]:
                query = parse_qs(place.query)
                page, size = int(query["page"][0]), int(query["per_page"][0])
                return 200, self.comments[(page - 1) * size : page * size]
            case "POST", ["7", "comments"]:
                self.add(BOT, sent["body"])
                return 201, self.comments[-1]
            case "PATCH", ["comments", number]:
                comment = next(each for each in self.comments if each["id"] == int(number))
                comment["body"] = sent["body"].rstrip().replace("\n", "\r\n")
                return 200, comment
            case "DELETE", ["comments", number]:
                self.comments = [each for each in self.comments if each["id"] != int(number)]
                return 204, None
        return 404, {"message": "Not Found"}

    @property
    def changes(self) -> list[str]:
        """The methods of all requests but those that only read."""
        return [method for method, _ in self.asked if method != "GET"]


@pytest.fixture
def api() -> Iterator[Api]:
    """Serve the interface."""
    api = Api()

    class _Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            api.tokens.add(self.headers["Authorization"])
            status, answer = api.answer(self.command, self.path, json.loads(self.rfile.read(length) or b"{}"))
            data = b"" if answer is None else json.dumps(answer).encode()
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_PATCH = do_DELETE = do_GET  # noqa: N815  # http.server's names

        def log_message(self, *_: object) -> None:
            """Keep the output of the tests clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        api.url = f"http://127.0.0.1:{server.server_port}"  # type: ignore[attr-defined]
        yield api
        server.shutdown()


class Request(Job):
    """A job for pull request 7 of a repository with a base and a change."""

    def __init__(self, folder: Path, api: Api, *, head: str = _REPOSITORY) -> None:
        """Prepare the repository, in which the first answer is too short at the base."""
        event = folder / "event.json"
        url: str = api.url  # type: ignore[attr-defined]
        super().__init__(
            folder,
            GITHUB_EVENT_NAME="pull_request",
            GITHUB_EVENT_PATH=str(event),
            GITHUB_API_URL=url,
            GITHUB_REPOSITORY=_REPOSITORY,
            GITHUB_WORKFLOW="report",
            GITHUB_JOB="report",
            NO_PROXY="*",
        )
        self.past = Past(self.workspace)
        judged(self.past.report, SHORT)
        self.past.commit("Base")
        sha = self.past.git("rev-parse", "HEAD")
        base = {"sha": sha, "repo": {"full_name": _REPOSITORY}}
        pull_request = {"number": 7, "base": base, "head": {"repo": {"full_name": head}}}
        write(event, json.dumps({"pull_request": pull_request}))
        self.past.save(PERFECT, "Change")


def test_first_comment(tmp_path: Path, api: Api) -> None:
    """The first run writes the comment: the table, and what changed since the base."""
    Request(tmp_path, api).run(comment="true")
    (comment,) = api.comments
    assert comment["body"].startswith("<!-- reportls ")
    assert "**2 of 2 questions pass.**" in comment["body"]
    assert (
        "Since the base of this pull request (1 of 2 passed, 1 error):\n\n* better: question 1 passes now"
        in comment["body"]
    )
    assert api.tokens == {f"Bearer {TOKEN}"}


def test_template(tmp_path: Path, api: Api) -> None:
    """Where a template decides, the comment says which places are complete since the base."""
    blank = "# Trip\n\n## Route\n\nTODO\n\n## Gear\n\nTODO\n"
    job = Request(tmp_path, api)
    job.past.report.with_name("report.py").unlink()
    job.past.write('template = "template.md"\nreports = ["reports/README.md"]\n', "reportls.toml")
    job.past.write(blank, "template.md")
    job.past.save(blank.replace("TODO", "Up the hill.", 1))
    base = job.past.git("rev-parse", "HEAD")
    event = tmp_path / "event.json"
    told = json.loads(event.read_text("utf-8"))
    told["pull_request"]["base"]["sha"] = base
    write(event, json.dumps(told))
    job.past.save(blank.replace("TODO", "Up the hill."))
    job.run(comment="true", path="reports/README.md")
    (comment,) = api.comments
    assert "Since the base of this pull request (1 of 2 answered, 0 errors):" in comment["body"]
    assert re.search(r"\* better: Gear\S* complete now", comment["body"])


def test_one_comment(tmp_path: Path, api: Api) -> None:
    """Later runs change the comment only if it says something else, and remove a second one."""
    job = Request(tmp_path, api)
    job.run(comment="true")
    job.run(comment="true")
    assert api.changes == ["POST"]
    job.past.save(SHORT, "Shorten again")
    job.run(comment="true")
    assert api.changes == ["POST", "PATCH"]
    assert "no question has changed" in api.comments[0]["body"]
    job.run(comment="true")
    assert api.changes == ["POST", "PATCH"]
    api.add(BOT, api.comments[0]["body"])
    job.run(comment="true")
    assert api.changes == ["POST", "PATCH", "DELETE"]
    assert len(api.comments) == 1


def test_comments_of_others(tmp_path: Path, api: Api) -> None:
    """Comments of others are left alone, even if they begin as ours does; ours is found behind many."""
    job = Request(tmp_path, api)
    job.run(comment="true")
    body = api.comments.pop()["body"]
    for _ in range(150):
        api.add("someone", body)
    api.add(BOT, "from another action")
    job.run(comment="true")
    assert api.changes == ["POST", "POST"]
    job.run(comment="true")
    assert api.changes == ["POST", "POST"]
    assert [comment["body"] for comment in api.comments[:150]] == [body] * 150


def test_jobs_with_reports_of_their_own(tmp_path: Path, api: Api) -> None:
    """Two jobs that check other paths keep a comment each."""
    job = Request(tmp_path, api)
    job.run(comment="true")
    job.run(comment="true", path="reports/README.md")
    job.run(comment="true")
    assert api.changes == ["POST", "POST"]


def test_fork(tmp_path: Path, api: Api) -> None:
    """Nothing is asked for a pull request from a fork, whose token may not write: the summary has the table."""
    done = Request(tmp_path, api, head="someone/group-7").run(comment="true")
    assert (done.code, api.asked) == (0, [])
    assert "::notice title=reportls::No comment, as the pull request comes from a fork" in done.log
    assert "better: question 1 passes now" in done.summary


@pytest.mark.parametrize(("status", "said"), [(403, "pull-requests: write"), (500, "answers with 500"), (302, "302")])
def test_refused(tmp_path: Path, api: Api, status: int, said: str) -> None:
    """If the comment cannot be written, a remark says why, the step goes on, and no redirect is followed."""
    api.refusal = status
    done = Request(tmp_path, api).run(comment="true")
    assert done.code == 0
    assert said in done.log
    assert "Traceback" not in done.log
    assert TOKEN not in done.log
    assert len(api.asked) == 1


def test_only_if_asked(tmp_path: Path, api: Api) -> None:
    """Without the input there is no comment, and the summary says what changed."""
    done = Request(tmp_path, api).run()
    assert api.asked == []
    assert "better: question 1 passes now" in done.summary


def test_base_that_is_not_there(tmp_path: Path, api: Api) -> None:
    """Without the base in the clone, the comment has the table alone."""
    job = Request(tmp_path, api)
    event = tmp_path / "event.json"
    write(event, re.sub(r'"sha": "\w+"', f'"sha": "{"0" * 40}"', event.read_text()))
    job.run(comment="true")
    assert "Since the base" not in api.comments[0]["body"]
    assert "2 of 2 questions pass" in api.comments[0]["body"]


def test_hostile_text(tmp_path: Path, api: Api) -> None:
    """Text of a report or a name becomes no markup, notifies nobody and refers to no issue."""
    job = Request(tmp_path, api)
    for payload in PAYLOADS:
        judged(job.workspace / payload.replace("/", "-") / "README.md", SHORT)
    judged(job.workspace / "GH-1 @everyone" / "README.md", SHORT.replace("Nectar", "![x](figures/@someone#1.png)"))
    job.run(comment="true", path=".")
    page = rendered(api.comments[0]["body"].partition("\n")[2])
    assert tags_in(page) <= TAGS
    assert "href" not in page
    assert not re.search(r"@\w|#\d|\bGH-\d", page)
    assert "@\u200beveryone" in page


def test_long_comment(tmp_path: Path, api: Api) -> None:
    """A comment that would be too long is cut at the end of a line, with what is open closed."""
    job = Request(tmp_path, api)
    text = "".join(f"### Question {number}\n\n> Answer:\n\nYes.\n\n" for number in range(1, 3001))
    job.past.save(text)
    job.run(comment="true")
    body = api.comments[0]["body"]
    assert 50_000 < len(body) < 65_536
    assert body.endswith("The rest is on the run's page.\n")
    assert body.count("<details>") == body.count("</details>")
