"""SetFit as a peer, in a Python that has it: texts and labels in, probabilities out. Run by ``learning_curve.py``.

    python setfit_peer.py BASE_FOLDER TASK.json OUT.npy

``TASK.json``: ``{"train": [texts], "labels": [numbers], "test": [texts], "levels": K, "seed": 0, "iterations": 5,
"products": "highest"}``; ``products`` is what torch may round the products of its training to ("medium": 16 bits).
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")


def main() -> None:
    import numpy as np
    import torch
    from datasets import Dataset
    from sentence_transformers import SentenceTransformer, models
    from setfit import SetFitModel, Trainer, TrainingArguments

    base, task_file, out = map(Path, sys.argv[1:4])
    task = json.loads(task_file.read_text(encoding="utf-8"))
    torch.set_float32_matmul_precision(task["products"])
    with tempfile.TemporaryDirectory() as folder:
        word = models.Transformer(str(base), max_seq_length=128)
        body = SentenceTransformer(modules=[word, models.Pooling(word.get_embedding_dimension())], device="cpu")
        body.save(folder)
        model = SetFitModel.from_pretrained(folder)
        arguments = TrainingArguments(
            output_dir=folder, batch_size=16, num_epochs=1, num_iterations=task["iterations"], seed=task["seed"],
            report_to="none", save_strategy="no",
        )  # fmt: skip
        train = Dataset.from_dict({"text": task["train"], "label": task["labels"]})
        Trainer(model=model, args=arguments, train_dataset=train).train()
        found = np.asarray(model.predict_proba(task["test"], as_numpy=True))
    probabilities = np.full((len(found), task["levels"]), 1e-9)
    probabilities[:, model.model_head.classes_] = found
    np.save(out, probabilities)


if __name__ == "__main__":
    main()
