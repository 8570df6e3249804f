"""Disjunctive landmarks: "whatever you choose, you must do one of these", and the bound that they prove together.

Dual ascent (Wong 1984 for Steiner trees; Helmert & Domshlak 2009 and Haslum, Slaney & Thiébaux 2012 for delete-free
planning): a landmark is found among what the reduced costs still ask, its cheapest action pays for it, and so on until
the target follows from what is paid. The sum of the payments bounds every trajectory from below, and each landmark can
be verified on its own: without its actions the target cannot be derived.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numba import njit

from .andor import Flags, Ints, Longs, Problem, Rows, fixpoint


class Landmark(NamedTuple):
    """At least one of `actions` is in every trajectory; `price` is what the certificate lets it pay."""

    price: int
    actions: tuple[int, ...]


class Ascent(NamedTuple):
    """What dual ascent leaves: landmarks, their total, and the reduced cost of every action.

    `paid` says whether the target follows from actions that are paid in full; else it was late.
    """

    landmarks: tuple[Landmark, ...]
    bound: int
    reduced: Longs
    paid: bool


def ascend(problem: Problem, held: Ints, target: int, relevant: Flags, late: Callable[[], bool]) -> Ascent:
    """Raise the bound until the target follows from actions that are paid in full, or it is late.

    `relevant` are the actions that may take part; the landmarks hold for any problem in which no other action can.
    Each landmark raises the bound by itself, so stopping between two leaves a bound that holds. One is always found.
    """
    reduced = problem.cost.copy()
    found: list[Landmark] = []
    while not found or not late():
        paid = relevant & (reduced == 0)
        cut = landmark(problem, held, target, relevant, paid, reduced)
        if cut is None:
            return Ascent(tuple(found), sum(mark.price for mark in found), reduced, True)
        price = int(reduced[list(cut)].min())
        reduced[list(cut)] -= price
        found.append(Landmark(price, cut))
    return Ascent(tuple(found), sum(mark.price for mark in found), reduced, False)


def landmark(
    problem: Problem, held: Ints, target: int, relevant: Flags, chosen: Flags, weight: Longs
) -> tuple[int, ...] | None:
    """An inclusion-minimal landmark that avoids the `chosen` actions; None when those already derive the target.

    The dearest actions by `weight` are kept out of it first, so that the cheap ones remain.
    """
    order = np.flatnonzero(relevant & ~chosen).astype(np.int32)
    order = order[np.argsort(-weight[order], kind="stable")]
    derived, outside = _grow(problem.tails, problem.adds, problem.users, held, target, chosen & relevant, order)
    return None if derived else tuple(int(action) for action in np.sort(order[outside]))


def cuts(problem: Problem, held: Ints, target: int, mark: Landmark) -> bool:
    """Whether the target indeed cannot be derived without the actions of the landmark."""
    allowed = problem.all_allowed()
    allowed[list(mark.actions)] = False
    return not problem.reachable(held, allowed)[target]


@njit(cache=True)
def _grow(
    tails: Rows, adds: Rows, users: Rows, held: Ints, target: int, chosen: Flags, order: Ints
) -> tuple[bool, Flags]:
    """Allow the actions of `order` one by one as long as the target stays underivable; which stayed out."""
    outside = np.zeros(len(order), np.bool_)
    reached = fixpoint(tails, adds, users, held, chosen)
    if reached[target]:
        return True, outside
    allowed = chosen.copy()
    need = np.zeros(len(allowed), np.int32)
    for action in range(len(need)):
        for at in range(tails.starts[action], tails.starts[action + 1]):
            if not reached[tails.values[at]]:
                need[action] += 1
    trail = np.empty(len(reached), np.int32)
    for position in range(len(order)):
        action = order[position]
        allowed[action] = True
        if need[action] > 0:
            continue
        end = _fire(adds, reached, trail, 0, action)
        begin = 0
        while begin < end and not reached[target]:
            fact = trail[begin]
            begin += 1
            for use in range(users.starts[fact], users.starts[fact + 1]):
                user = users.values[use]
                need[user] -= 1
                if need[user] == 0 and allowed[user]:
                    end = _fire(adds, reached, trail, end, user)
        if reached[target]:
            outside[position] = True
            allowed[action] = False
            for undone in range(end):
                reached[trail[undone]] = False
            for undone in range(begin):
                fact = trail[undone]
                for use in range(users.starts[fact], users.starts[fact + 1]):
                    need[users.values[use]] += 1
    return False, outside


@njit(cache=True)
def _fire(adds: Rows, reached: Flags, trail: Ints, end: int, action: int) -> int:
    """Gain what an action gives; the new facts go on the trail."""
    for at in range(adds.starts[action], adds.starts[action + 1]):
        if not reached[adds.values[at]]:
            reached[adds.values[at]] = True
            trail[end] = adds.values[at]
            end += 1
    return end
