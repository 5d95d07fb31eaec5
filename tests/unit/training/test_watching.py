"""The last pass stays unless what watches says that it is clearly worse."""

from __future__ import annotations

import numpy as np
import pytest

from csqm_desktop.training.watching import Pass, Passes, clearly_worse

RNG = np.random.default_rng(0)
START = RNG.gamma(2.0, 0.4, 60)


def after(number: int, shift: float, noise: float = 0.1) -> Pass:
    return Pass(number, START + shift + np.random.default_rng(number).normal(0, noise, len(START)), [])


def test_a_little_worse_is_chance_and_much_worse_is_not():
    assert not clearly_worse(after(1, 0.005).losses, START)
    assert clearly_worse(after(1, 0.2).losses, START)
    assert not clearly_worse(after(1, -0.2).losses, START)
    many = np.tile(START, 500)
    assert clearly_worse(many + RNG.normal(0.005, 0.1, len(many)), many)


@pytest.mark.parametrize("losses", [[], [0.5]])
def test_with_hardly_anything_to_watch(losses):
    same = np.array(losses)
    assert not clearly_worse(same, same)
    assert not len(losses) or clearly_worse(same + 1, same)
    passes = Passes(1)
    assert not passes.offer(Pass(0, same, []))
    assert passes.kept is not None


def test_the_last_pass_stays():
    passes = Passes(2)
    for number, shift in enumerate([0.0, 0.005, -0.05, -0.04]):
        assert not passes.offer(after(number, shift))
    assert passes.kept is not None
    assert passes.kept.number == 3


def test_the_best_one_stays_when_the_last_ones_are_clearly_worse():
    passes = Passes(2)
    assert [passes.offer(after(n, shift)) for n, shift in enumerate([0.0, -0.1, 0.3, 0.4])] == [
        False,
        False,
        False,
        True,
    ]
    assert passes.kept is not None
    assert passes.kept.number == 1


def test_a_worse_pass_may_be_made_up_for():
    passes = Passes(2)
    assert not any(passes.offer(after(n, shift)) for n, shift in enumerate([0.0, 0.3, -0.1, 0.3, -0.1]))
    assert passes.kept is not None
    assert passes.kept.number == 4
