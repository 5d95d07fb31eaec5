"""The head and the fine-tuned network as one opinion.

The network has not seen only some labels, too few to fit a calibrator of two views from nothing, or even how much each
should count: chosen on a hundred replies, that was mostly chance and cost accuracy. So the head's calibrator, fitted on
all labels, stays; the network speaks as loud as the head and counts for two fifths, and only how sure both together may
be is learned. A network that adds nothing there gets no say, and the version answers as the head alone would.
"""

from __future__ import annotations

import numpy as np
import scipy.optimize
from numpy.typing import NDArray

from csqm_desktop.scoring.calibration import Calibrator, fit_temperature, softmax

Floats = NDArray[np.float64]

SHARE = 0.4  # of the network in the decision; by dialogues inside the train part, where 0.3 to 0.5 were alike
_CAUTION = 100.0  # rows at which a measured temperature counts half
_ADDS = 1e-4  # nats, at least
_QUIET, _LOUDEST = 1e-6, 2.0  # the latter a logarithm


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
    """The network's share, and the factor that makes its logits as large as the head's; (0, 1) when it adds nothing."""
    size = float(of_network.std()) if len(votes) else 0.0
    if size < _QUIET:
        return 0.0, 1.0
    loud = float(of_head.std()) / size
    wanted = votes / votes.sum(axis=1, keepdims=True)

    def loss(logits: Floats) -> float:
        # each at its own temperature: mere caution must not look like knowledge
        def at(log_factor: float) -> float:
            chances = softmax(logits * np.exp(log_factor))
            return -float((wanted * np.log(np.maximum(chances, 1e-9))).sum(axis=1).mean())

        return float(scipy.optimize.minimize_scalar(at, bounds=(-_LOUDEST, _LOUDEST), method="bounded").fun)

    both = (1 - SHARE) * of_head + SHARE * loud * of_network
    return (SHARE, loud) if loss(both) < loss(of_head) - _ADDS else (0.0, 1.0)
