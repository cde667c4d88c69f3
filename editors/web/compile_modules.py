# ruff: noqa: INP001  # a script, no part of a package
"""Compiles modules with the Python that will run them; `build.mjs` runs this in Pyodide."""

import importlib.util
import io
import marshal
import zipfile

UNCHECKED = 1
"""The flag of a compiled module that is never compared with its source."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of all files in an archive, so that a second build is the same."""


def compiled(path: str, source: bytes, *, optimize: int = 0) -> bytes:
    """Return the content of the `.pyc` file for a module."""
    code = compile(source, path, "exec", dont_inherit=True, optimize=optimize)
    # The eight bytes are a hash of the source, if anybody compared it.
    return importlib.util.MAGIC_NUMBER + UNCHECKED.to_bytes(4, "little") + bytes(8) + marshal.dumps(code)


def library(archive: bytes, unused: frozenset[str]) -> bytes:
    """Return the standard library with all modules compiled, but without docstrings and modules of these names."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as new:
        for path in sorted(old.namelist()):
            parts = path.removesuffix(".py").split("/")
            if path.endswith("/") or unused.intersection({parts[0], "/".join(parts[:2])}):
                continue
            content = old.read(path)
            is_module = path.endswith(".py")
            name = f"{path}c" if is_module else path
            new.writestr(zipfile.ZipInfo(name, LONG_AGO), compiled(path, content, optimize=2) if is_module else content)
    return result.getvalue()
