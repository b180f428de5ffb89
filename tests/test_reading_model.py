"""The learned model: read and written whole, refused when it is of other features, and probabilities that are some."""

import numpy as np
import pytest

from qa.reading.features import FEATURES, GROUPS
from qa.reading.model import CONFIDENCE, TREE_FEATURES, ReaderModel, default_reader_model


def test_the_model_that_comes_along_can_be_read_and_written() -> None:
    model = default_reader_model()
    again = ReaderModel.from_json(model.to_json(), model.trees)
    assert np.array_equal(again.shared, model.shared)
    assert np.array_equal(again.grouped, model.grouped)
    assert again.sorted == model.sorted
    assert model.shared.shape == (len(FEATURES),)
    assert model.grouped.shape == (len(GROUPS), len(FEATURES))
    assert model.confidence.shape == (len(CONFIDENCE) + 1,)
    assert np.any(model.confidence)
    assert model.trees is not None
    assert int(model.trees.feature.max()) < len(TREE_FEATURES)


@pytest.mark.parametrize("key", ["features", "groups", "confidence_features", "tree_features"])
def test_a_model_of_other_features_is_refused(key: str) -> None:
    data = default_reader_model().to_json()
    data[key] = data[key][1:]
    with pytest.raises(ValueError, match="other features"):
        ReaderModel.from_json(data)


@pytest.mark.parametrize("scale", [0.0, 1.0, 1000.0])
def test_a_probability_is_one(scale: float) -> None:
    with np.errstate(over="ignore"):
        assert 0.0 <= default_reader_model().probability(np.full(len(CONFIDENCE), scale)) <= 1.0


def test_no_candidates_no_scores() -> None:
    from qa.question import understand

    assert len(default_reader_model().scores([], understand("Ai đến?").slots[0])) == 0
