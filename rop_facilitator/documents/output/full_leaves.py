"""Printed on both sides, sheets lie so that a set takes as few leaves as it can, and none is torn over two of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rop_facilitator.documents.page.blocks import Document

Counted = tuple[Document, int]  # a document, and how many pages it fills


def on_full_leaves(documents: Sequence[Document], pages: Sequence[int]) -> tuple[Document, ...]:
    """The documents in the order in which they are printed; `on_back` where one begins on the back of another.

    Within a set (`in_set`) the order is kept, but for one thing: a sheet with an odd number of pages is followed by the
    next such. Its last back would be empty else, and a sheet of two pages that began there would lie on two leaves.
    """
    counted = list(zip(documents, pages, strict=True))
    return tuple(document for group in _sets(_whole(counted)) for document in _laid(group))


def _whole(counted: Sequence[Counted]) -> Iterator[list[Counted]]:
    """What goes on in one run: a document and those that continue it."""
    run: list[Counted] = []
    for document, count in counted:
        if run and not document.continues:
            yield run
            run = []
        run.append((document, count))
    if run:
        yield run


def _sets(runs: Iterator[list[Counted]]) -> Iterator[list[list[Counted]]]:
    group: list[list[Counted]] = []
    for run in runs:
        if group and not run[0][0].in_set:
            yield group
            group = []
        group.append(run)
    if group:
        yield group


def _laid(group: list[list[Counted]]) -> Iterator[Document]:
    waiting = list(group)
    back_is_free = False
    while waiting:
        odd = [run for run in waiting if _is_odd(run)]
        run = odd[0] if back_is_free and odd else waiting[0]
        waiting = [other for other in waiting if other is not run]
        on_back = back_is_free and _is_odd(run)
        back_is_free = _is_odd(run) and not on_back
        first, *rest = (document for document, _count in run)
        yield replace(first, on_back=on_back)
        yield from rest


def _is_odd(run: list[Counted]) -> bool:
    return sum(count for _document, count in run) % 2 == 1
