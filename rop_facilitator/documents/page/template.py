"""Jinja2 in handouts, kept so small that a page cannot be a program: names, `if`, `for` over a list, and our blocks."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from inspect import signature
from types import CodeType

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from rop_facilitator.documents.page.markdown_inline import MOST_MARKS, PRIVATE, Source, Value, mark
from rop_facilitator.documents.page.page_variables import HelpNumbers
from rop_facilitator.documents.page.safety_texts import as_written, safety_texts
from rop_facilitator.documents.page.template_functions import FUNCTIONS, WrongWord
from rop_facilitator.documents.page.template_limits import DEEPEST, too_deep
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _, language

MOST_SOURCE = 200_000
MOST_OUTPUT = 1_000_000
_FIRST_LINE_MARK = 0xF0000
MOST_LINES = 0xFFFD
_GAP = re.compile(r"[^\S\u00a0]+")  # a number of several parts stays on one line
_LINE_MARK = re.compile("[\U000f0000-\U000ffffd]")
_TAG = re.compile(r"\{%[^{}\n]*%\}")


_SAFETY = "safety"


@dataclass(frozen=True)
class _Rules:
    """What a page may use, and in which language."""

    speech: str
    facts: type[HelpNumbers]
    leader: bool

    @property
    def words(self) -> frozenset[str]:
        """The names that are words."""
        return frozenset(f.name for f in fields(self.facts) if f.default == "")

    @property
    def lists(self) -> frozenset[str]:
        """The names that a page can go through."""
        return frozenset(f.name for f in fields(self.facts)) - self.words


def fill(
    text: str, facts: HelpNumbers, *, file: str, first_line: int = 1, speech: str = "", leader: bool = False
) -> tuple[Source | None, tuple[Problem, ...]]:
    """A page with its values in place as marks, ready for Markdown; None, and why, where it is not allowed.

    `facts` are the names that it may use, `speech` its language, else the one in use; with `leader` it may also use
    safety texts that never go home on paper.
    """
    # Whoever writes our marks into a page could otherwise call up a value that is not meant to stand there.
    text = PRIVATE.sub("", text)
    if len(text) > MOST_SOURCE or text.count("\n") >= MOST_LINES:
        advice = _("Divide it into several pages.")
        return None, (Problem("fault", file, 0, _("The page is too long."), advice),)
    try:
        code, compiled = _compiled(text, file, first_line, _Rules(speech or language(), type(facts), leader))
        # A copy: the page is kept for the next person, and filling it adds this person's words.
        values = list(compiled)
        rendered = _render(_environment(values), code, facts)
    except _Refused as error:
        return None, error.problems
    except (_TooMuch, TemplateError):
        return None, (Problem("fault", file, 0, _("The page becomes too long."), _("Make it shorter.")),)
    return _without_line_marks(rendered, file, first_line, tuple(values)), ()


class _TooMuch(Exception):
    """The page grew over its bounds while it was filled."""


class _Refused(Exception):
    """The page does what a page may not."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


# A page is walked and compiled once a text: the slips of twelve people cost little more than one (decision 0005).
@lru_cache(maxsize=64)
def _compiled(text: str, file: str, first_line: int, rules: _Rules) -> tuple[CodeType, tuple[Value, ...]]:
    """A page that is allowed, ready to be filled for one person after another, and the blocks in it."""
    values: list[Value] = []
    environment = _environment(values)
    walker = _Walker(environment, values, rules, file, first_line)
    if line := too_deep(text):
        walker.fault(line, _("The page nests too deep."), _("Make it simpler."))
        raise _Refused(walker.problems)
    try:
        template = environment.parse(_with_line_ends(text))
        walker.walk(template.body, loop="")
        if not walker.problems:
            return environment.compile(template), tuple(values)
    except TemplateSyntaxError as error:
        walker.fault(error.lineno, _("The braces cannot be read here."), _("Write {{ lines(4) }}, or take them away."))
    except RecursionError:
        walker.fault(1, _("The page nests too deep."), _("Make it simpler."))
    raise _Refused(walker.problems)


def _environment(values: list[Value]) -> ImmutableSandboxedEnvironment:
    """What lies beneath the walk: a sandbox where a value never becomes text, but a mark."""

    def opaque(value: object) -> str:
        if not isinstance(value, str):
            raise TypeError(f"not text: {type(value).__name__}")
        if len(values) >= MOST_MARKS:
            raise _TooMuch
        values.append(_GAP.sub(" ", PRIVATE.sub("", value)).strip())
        return mark(len(values) - 1)

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, finalize=opaque, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    # What Jinja2 brings by itself (range, filters, tests) is no part of the guide, and some of it can run for long.
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


def _render(environment: ImmutableSandboxedEnvironment, code: CodeType, facts: HelpNumbers) -> str:
    compiled = environment.template_class.from_code(environment, code, {})
    pieces, size = [], 0
    # Piece by piece, so that a page that grows past its bounds is stopped before it fills the memory.
    for piece in compiled.generate(packet=facts):
        size += len(piece)
        if size > MOST_OUTPUT:
            raise _TooMuch
        pieces.append(piece)
    return "".join(pieces)


def _without_line_marks(rendered: str, file: str, first_line: int, values: tuple[Value, ...]) -> Source:
    """The rendered page, and for each of its lines the line of the file that it comes from."""
    lines, at = [], first_line
    for line in rendered.split("\n"):
        marks = _LINE_MARK.findall(line)
        at = first_line + ord(marks[-1]) - _FIRST_LINE_MARK - 1 if marks else at
        lines.append(at)
    return Source(_LINE_MARK.sub("", rendered), file, tuple(lines), values)


class _Walker:
    """Goes through the syntax tree, notes all that a page may not do, and puts our blocks in as marks."""

    def __init__(
        self,
        environment: ImmutableSandboxedEnvironment,
        values: list[Value],
        rules: _Rules,
        file: str,
        first_line: int,
    ) -> None:
        self.environment = environment
        self.values = values
        self.rules = rules
        self.file = file
        self.first_line = first_line
        self.problems: list[Problem] = []

    def fault(self, line: int, text: str, advice: str) -> None:
        """Note what is wrong in a line of the page; 0 is the page as a whole."""
        line = self.first_line + line - 1 if line else 0
        self.problems.append(Problem("fault", self.file, line, text, advice))

    def walk(self, body: list[nodes.Node], *, loop: str, depth: int = 0) -> None:
        """Check some nodes; `loop` is the name that a `for` around them gives, or empty."""
        if depth > DEEPEST:
            raise RecursionError
        for node in body:
            if isinstance(node, nodes.Output):
                node.nodes = [checked for part in node.nodes for checked in self._output(part, loop)]
            elif isinstance(node, nodes.If):
                self._test(node.test, loop)
                self.walk([*node.body, *node.elif_, *node.else_], loop=loop, depth=depth + 1)
            elif isinstance(node, nodes.For):
                self._for(node, loop, depth)
            else:
                self._refuse(node)

    def _refuse(self, node: nodes.Node) -> None:
        advice = _("Only names, if, for over a list, and the blocks of the guide can be used.")
        line = node.lineno or next((part.lineno for part in node.find_all(nodes.Node) if part.lineno), 0)
        self.fault(line, _("A page is not a program: this is not allowed."), advice)

    def _for(self, node: nodes.For, loop: str, depth: int) -> None:
        name = node.iter.attr if _is_fact(node.iter) else ""  # type: ignore[attr-defined]
        # One loop deep: a loop in a loop could grow a page by the square of a list.
        if loop or node.recursive or node.test or node.else_ or not isinstance(node.target, nodes.Name):
            self._refuse(node)
        elif name not in self.rules.lists:
            known = ", ".join(f"packet.{name}" for name in sorted(self.rules.lists))
            self.fault(node.lineno, _("This is not a list."), _("There is {names}.").format(names=known))
        # Its fields would then be those of something else, and the walk would have checked the wrong ones.
        elif node.target.name == "packet":
            self._refuse(node)
        else:
            self.walk(node.body, loop=node.target.name, depth=depth + 1)

    def _test(self, node: nodes.Node, loop: str, depth: int = 0) -> None:
        if depth > DEEPEST:
            raise RecursionError
        if isinstance(node, nodes.Not):
            self._test(node.node, loop, depth + 1)
        elif isinstance(node, nodes.And | nodes.Or):
            self._test(node.left, loop, depth + 1)
            self._test(node.right, loop, depth + 1)
        else:
            self._name(node, loop, self.rules.words | self.rules.lists)

    def _output(self, node: nodes.Expr, loop: str) -> list[nodes.Expr]:
        """What stands in the place of a piece of the page: the same, with the mark of its line behind."""
        if isinstance(node, nodes.TemplateData):
            node.data = _with_line_marks(node.data, node.lineno)
            return [node]
        if isinstance(node, nodes.Call):
            if isinstance(node.node, nodes.Name) and node.node.name == _SAFETY:
                return [*self._safety(node), nodes.TemplateData(_line_mark(node.lineno), lineno=node.lineno)]
            node = self._call(node)
        else:
            self._name(node, loop, self.rules.words)
        # Behind a value too: what it fills may be all that its line has.
        return [node, nodes.TemplateData(_line_mark(node.lineno), lineno=node.lineno)]

    def _name(self, node: nodes.Node, loop: str, known: frozenset[str]) -> None:
        if isinstance(node, nodes.Name) and loop and node.name == loop:
            return
        if _is_fact(node):
            name = node.attr  # type: ignore[attr-defined]
            if name not in known:
                self._unknown(node, f"packet.{name}", sorted(f"packet.{fact}" for fact in known))
        elif isinstance(node, nodes.Name):
            self._unknown(node, node.name, sorted(f"packet.{fact}" for fact in known))
        else:
            self._refuse(node)

    def _unknown(self, node: nodes.Node, name: str, known: list[str]) -> None:
        text = _("There is no “{name}”.").format(name=name[:60])
        self.fault(node.lineno, text, _("These exist: {names}.").format(names=", ".join(known)))

    def _call(self, node: nodes.Call) -> nodes.Expr:
        """One of our own functions with constant arguments: it is called here and now, and leaves a mark."""
        function = FUNCTIONS.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        if isinstance(node.node, nodes.Name) and function is None:
            self._unknown(node, f"{node.node.name}()", sorted(f"{name}()" for name in (*FUNCTIONS, _SAFETY)))
            return node
        if function is None or node.dyn_args or node.dyn_kwargs:
            self._refuse(node)
            return node
        arguments = [_constant(argument) for argument in node.args]
        named = {kwarg.key: _constant(kwarg.value) for kwarg in node.kwargs}
        if None in arguments or None in named.values():
            advice = _("Write numbers as they are and words in quotes.")
            self.fault(node.lineno, _("Only numbers and words can stand here."), advice)
            return node
        value = self._made(function, arguments, named, node.lineno)
        if value is None:
            return node
        if len(self.values) >= MOST_MARKS:
            raise _TooMuch
        self.values.append(value)
        return nodes.TemplateData(mark(len(self.values) - 1), lineno=node.lineno)

    def _safety(self, node: nodes.Call) -> list[nodes.Expr]:
        """The text of that name in the place of its call, with its numbers still to be filled in like the page's."""
        name = _constant(node.args[0]) if len(node.args) == 1 and not node.kwargs else None
        if not isinstance(name, str) or node.dyn_args or node.dyn_kwargs:
            advice = _("Write its name in quotes, as in {example}.").format(example='{{ safety("withdrawal, short") }}')
            self.fault(node.lineno, _("The safety text has no name."), advice)
            return []
        safety = safety_texts().get(as_written(name))
        if safety is None:
            text = _("There is no safety text “{name}”.").format(name=name[:60])
            self.fault(node.lineno, text, _nearest(as_written(name)))
            return []
        if safety.leader and not self.rules.leader:
            text = _("The safety text “{name}” is for the leader, and this goes home on paper.")
            short = f"{as_written(name).partition(',')[0]}, short"
            known = short if short in safety_texts() else as_written(name).partition(",")[0]
            advice = _("Write “{name}” here.").format(name=known)
            self.fault(node.lineno, text.format(name=name[:60]), advice)
            return []
        template = self.environment.parse(safety.text[self.rules.speech])
        parts = [part for output in template.find_all(nodes.Output) for part in output.nodes]
        for part in parts:
            part.set_lineno(node.lineno, override=True)
        return parts

    def _made(
        self, function: Callable[..., Value], arguments: Sequence[object], named: Mapping[str, object], line: int
    ) -> Value | None:
        try:
            # Bound first: a TypeError within the function would be a bug of ours, and none of the author's.
            bound = signature(function).bind(*arguments, **named)
        except TypeError:
            advice = _("See the guide for what belongs between the brackets.")
            self.fault(line, _("The brackets do not hold what they should."), advice)
            return None
        try:
            return function(*bound.args, **bound.kwargs)
        except WrongWord as error:
            self.fault(line, str(error), error.advice)
            return None


def _nearest(name: str) -> str:
    """Which safety text was probably meant, else which there are."""
    close = difflib.get_close_matches(name, safety_texts(), 1)
    if close:
        return _("Did you mean “{field}”?").format(field=close[0])
    return _("These exist: {names}.").format(names="; ".join(safety_texts()))


def _is_fact(node: nodes.Node) -> bool:
    """Whether it is `packet.` and a name."""
    return isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "packet"


def _constant(node: nodes.Node) -> str | int | float | None:
    """A number or words as they stand in the page, else None."""
    if isinstance(node, nodes.Neg):
        value = _constant(node.node)
        return -value if isinstance(value, int | float) else None
    if isinstance(node, nodes.Const) and isinstance(node.value, str | int | float) and not isinstance(node.value, bool):
        # Once more, as Jinja2 reads "\ue000" in quotes as that character, which the text of the page did not hold.
        return PRIVATE.sub("", node.value) if isinstance(node.value, str) else node.value
    return None


def _with_line_ends(text: str) -> str:
    """The text where a block that ends a line of words leaves the line its end.

    Jinja2 takes the newline after every block, which is right for a block on a line of its own; after words it would
    put the next line, such as the next item of a list, at the end of this one.
    """
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if line.endswith("%}") and not line.endswith(("-%}", "+%}")) and _TAG.sub("", line).strip():
            lines[number] = f"{line[:-2]}+%}}"
    return "\n".join(lines)


def _line_mark(line: int) -> str:
    return chr(_FIRST_LINE_MARK + line)


def _with_line_marks(text: str, line: int) -> str:
    """Text with a mark for its line at the end of each of its lines, for the problems that Markdown finds later."""
    pieces = enumerate(text.split("\n"), line)
    return "\n".join(piece + _line_mark(at) if piece else piece for at, piece in pieces)
