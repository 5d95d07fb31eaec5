"""The head and the fine-tuned network as one opinion.

The network has not seen only a seventh of the labels, too few to fit a calibrator of two views from nothing. So the
head's calibrator, fitted on all labels, stays, and only how much the network counts and how loud it speaks is learned.
A network that adds nothing gets no say, and the version answers as the head alone would.
"""

from __future__ import annotations

import numpy as np
import scipy.optimize
from numpy.typing import NDArray

from csqm_desktop.scoring.calibration import Calibrator, fit_temperature, softmax

Floats = NDArray[np.float64]

SHARES = tuple(round(0.1 * step, 1) for step in range(10))  # of the network in the mixture
_CAUTION = 300.0  # rows at which a measured temperature counts half
_LOUDEST = 8.0


def stack(head: Calibrator, of_head: Floats, of_network: Floats, votes: Floats) -> Calibrator:
    """A calibrator of both views, side by side, from the head's own.

    ``of_head``, ``of_network``: centred logits (m, K) for rows that neither has learned from; ``votes`` (m, K).
    """
    levels = votes.shape[1]
    share, loud = _mixture(of_head, of_network, votes)
    if share == 0:
        return head  # the network need not even be asked
    mixed = (1 - share) * of_head + share * loud * of_network
    trust = len(votes) / (len(votes) + _CAUTION)
    majority = np.asarray(votes.argmax(axis=1))
    heat = float(np.exp(trust * np.log(fit_temperature(mixed @ head.weights + head.bias, majority))))
    weights = np.concatenate([(1 - share) * head.weights, share * loud * head.weights[:levels]])
    return Calibrator(weights * heat, head.bias * heat)


def _mixture(of_head: Floats, of_network: Floats, votes: Floats) -> tuple[float, float]:
    """The network's share and the factor on its logits under which the votes are likeliest."""
    if not len(votes):
        return 0.0, 1.0
    wanted = votes / votes.sum(axis=1, keepdims=True)

    def loss(share: float, loud: float) -> float:
        chances = softmax((1 - share) * of_head + share * loud * of_network)
        return -float((wanted * np.log(np.maximum(chances, 1e-9))).sum(axis=1).mean())

    best, found = loss(0.0, 1.0), (0.0, 1.0)
    for share in SHARES[1:]:
        fitted = scipy.optimize.minimize_scalar(
            lambda log, s=share: loss(s, float(np.exp(log))),
            bounds=(-np.log(_LOUDEST), np.log(_LOUDEST)),
            method="bounded",
        )
        if fitted.fun < best:
            best, found = float(fitted.fun), (share, float(np.exp(fitted.x)))
    return found
