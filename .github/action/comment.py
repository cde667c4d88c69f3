"""Keeps one comment of a pull request up to date, with the token of the job alone."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from runner import notice

_EVENT = "pull_request"
_OURS = "github-actions[bot]"
"""The account of `GITHUB_TOKEN`. Anybody can write a comment that begins as ours does."""
_LONGEST = 60_000
"""Maximum bytes of a comment; GitHub refuses more than 65,536 characters."""
_CUT = "\n\nThe rest is on the run's page.\n"
_SECONDS = 30
_PAGE = 100
_MOST_PAGES = 30
_REFUSED = (401, 403, 404)


def base_commit() -> str | None:
    """Return the commit that the pull request is compared with; None if this is no pull request."""
    base = _pull_request().get("base", {}).get("sha")
    return base if isinstance(base, str) and base.isalnum() else None


def keep_comment(markdown: str, path: str) -> None:
    """Write the comment of this job, or change it if it says something else; `path` is the input of that name.

    Where the token may not write, as in a pull request from a fork, a remark says that the run's page has it all.
    """
    pull_request = _pull_request()
    number = pull_request.get("number")
    if not isinstance(number, int):
        return
    if _is_fork(pull_request):
        notice("No comment, as the pull request comes from a fork: the table is on the page of this run")
        return
    try:
        _keep(number, _body(markdown, path))
    except HTTPError as error:
        permission = "the job needs the permission `pull-requests: write`"
        why = permission if error.code in _REFUSED else f"GitHub answers with {error.code}"
        notice(f"No comment: {why}; the table is on the page of this run")
    except (URLError, HTTPException, OSError, ValueError) as error:
        notice(f"No comment ({type(error).__name__}): the table is on the page of this run")


def _pull_request() -> dict[str, Any]:
    if os.environ.get("GITHUB_EVENT_NAME") != _EVENT:
        return {}
    try:
        event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_bytes())
    except (KeyError, OSError, ValueError):
        return {}
    found = event.get("pull_request") if isinstance(event, dict) else None
    return found if isinstance(found, dict) else {}


def _is_fork(pull_request: dict[str, Any]) -> bool:
    head, base = (pull_request.get(side, {}).get("repo") or {} for side in ("head", "base"))
    return bool(head.get("full_name") != base.get("full_name"))


def _body(markdown: str, path: str) -> str:
    """Return the comment, which begins with a mark of this job: several may check reports of their own."""
    job = "\n".join((os.environ.get("GITHUB_WORKFLOW", ""), os.environ.get("GITHUB_JOB", ""), path))
    mark = f"<!-- reportls {sha256(job.encode()).hexdigest()[:16]} -->\n"
    kept = markdown.encode()[:_LONGEST].decode(errors="ignore")
    if kept != markdown:
        kept = kept[: kept.rindex("\n")] + "\n</details>" * (kept.count("<details>") - kept.count("</details>")) + _CUT
    return mark + kept


def _keep(number: int, body: str) -> None:
    own = [comment for comment in _comments(number) if _is_own(comment, body)]
    if not own:
        _ask("POST", f"issues/{number}/comments", {"body": body})
        return
    first, *others = own
    # GitHub gives the text back with other line ends and without white space at its end.
    if first["body"].replace("\r\n", "\n").strip() != body.strip():
        _ask("PATCH", f"issues/comments/{int(first['id'])}", {"body": body})
    for comment in others:  # two runs at the same time
        _ask("DELETE", f"issues/comments/{int(comment['id'])}")


def _comments(number: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for page in range(1, _MOST_PAGES + 1):
        some = _ask("GET", f"issues/{number}/comments?per_page={_PAGE}&page={page}")
        found += some
        if len(some) < _PAGE:
            break
    return found


def _is_own(comment: dict[str, Any], body: str) -> bool:
    mark = body.partition("\n")[0]
    user = comment.get("user") or {}
    return user.get("login") == _OURS and str(comment.get("body", "")).startswith(mark)


class _NoRedirects(HTTPRedirectHandler):
    """Follows no redirect, which would take the token along."""

    def redirect_request(self, *_: object) -> None:  # type: ignore[override]  # it follows no redirect at all
        return None


def _ask(method: str, path: str, sent: dict[str, Any] | None = None) -> Any:  # noqa: ANN401  # JSON
    url = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/{path}"
    request = Request(  # noqa: S310  # the runner's own address
        url,
        data=json.dumps(sent).encode() if sent else None,
        method=method,
        headers={
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}",
            "Content-Type": "application/json",
            "User-Agent": "reportls",
            "X-GitHub-Api-Version": "2022-11-28",
        },
    )
    with build_opener(_NoRedirects).open(request, timeout=_SECONDS) as answer:
        data = answer.read()
    return json.loads(data) if data else None
