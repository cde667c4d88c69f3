"""Makes the classes of `lsprotocol.types` when each is first used.

A session uses some eighty of its six hundred classes, and to make one takes attrs half a millisecond: all of them are
most of the time that a server on pygls needs to start, and a third of its memory. So the module is run as it stands,
but a class statement without methods and bases leaves an empty class behind, which every reference to it shares. As
soon as somebody makes an instance, or asks for its fields, its body is run, and attrs makes of it what it would have
made at once.

One difference is left: such a class has no `__slots__`, which a class cannot be given later. From 3.14 on Python keeps
the annotations of classes otherwise; there the module is imported as usual until this was tried.
"""

from __future__ import annotations

import builtins
import sys
import threading
from importlib.machinery import PathFinder
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.machinery import ModuleSpec
    from types import FunctionType

_NAME = "lsprotocol.types"
_LAST_TRIED = (3, 13)
_FIELDS = "__attrs_attrs__"
"""Where attrs keeps the fields of a class, and where all who want to know them look."""
_NOT_FROM_BODY = frozenset({"__dict__", "__weakref__", "__annotations__"})

_bodies: dict[type, Callable[..., object]] = {}
"""The body of each class that is not made yet."""
_making = threading.RLock()


def defer_classes() -> None:
    """See to it that `lsprotocol.types` is imported so."""
    if sys.version_info[:2] <= _LAST_TRIED:
        sys.meta_path.insert(0, _Finder)


class _Finder:
    """Finds that module like any other, but loads it our way."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None, _target: ModuleType | None = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path) if name == _NAME else None
        if spec is None or not hasattr(spec.loader, "get_code"):
            return None
        spec.loader = _Loader(spec.loader)  # type: ignore[assignment]  # it has what a loader needs
        return spec


class _Loader:
    def __init__(self, usual: Any) -> None:  # noqa: ANN401  # any loader that has the code of its modules
        self._usual = usual

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        module: ModuleType | None = self._usual.create_module(spec)
        return module

    def exec_module(self, module: ModuleType) -> None:
        names = vars(module)
        names["__builtins__"] = {**vars(builtins), "__build_class__": _class_statement, "__import__": _import}
        exec(self._usual.get_code(_NAME), names)  # noqa: S102  # as any import does
        names["__builtins__"] = builtins
        for made in {found for found in names.values() if isinstance(found, type) and _FIELDS in vars(found)}:
            _attrs().resolve_types(made, names)


class _Deferred(type):
    """The type of classes that are made when they are first used."""

    def __getattr__(cls, name: str) -> Any:  # noqa: ANN401  # whatever it has
        if name.startswith("__") and name != _FIELDS:  # typing asks every class for many of these
            raise AttributeError(name)
        _make(cls)
        return type.__getattribute__(cls, name)


def _class_statement(body: FunctionType, name: str, *bases: type, **options: Any) -> type:  # noqa: ANN401
    if bases or options or any(isinstance(constant, CodeType) for constant in body.__code__.co_consts):
        made: type = builtins.__build_class__(body, name, *bases, **options)
        return made
    deferred = _Deferred(name, (), {"__module__": _NAME, "__init__": _first_init})
    _bodies[deferred] = body
    return deferred


def _first_init(self: object, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  # what its class takes
    _make(type(self))
    type(self).__init__(self, *arguments, **named)


def _make(deferred: type) -> None:
    with _making:
        if not (body := _bodies.pop(deferred, None)):
            return
        # A class's body says more than its names, which differ between versions of Python: so make a class of it.
        meant = builtins.__build_class__(body, deferred.__name__)
        del deferred.__init__  # type: ignore[misc]  # attrs would take it for the class's own
        for name, value in vars(meant).items():
            if name not in _NOT_FROM_BODY:
                setattr(deferred, name, value)
        deferred.__annotations__ = meant.__annotations__
        _attrs().define(slots=False)(deferred)
        _attrs().resolve_types(deferred, vars(sys.modules[_NAME]))


class _PutOff(ModuleType):
    """What the module sees as attrs: decorating a deferred class is put off as well."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever attrs has
        return getattr(_attrs(), name)

    @staticmethod
    def define(made: type) -> type:
        return made if made in _bodies else _attrs().define(made)


def _import(name: str, *arguments: Any) -> Any:  # noqa: ANN401  # as the built-in one
    return _PutOff(name) if name == "attrs" else builtins.__import__(name, *arguments)


def _attrs() -> Any:  # noqa: ANN401  # the module, which sessions that only edit do not need
    import attrs  # noqa: PLC0415

    return attrs
