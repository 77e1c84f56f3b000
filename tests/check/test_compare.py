"""The quick question whether two values agree, beside the long one that says what differs."""

import numpy as np
import pytest

from gradschool.check import compare

ARRAY = np.array([[1.0, -2.0, 3e-7], [0.0, 1e5, -1e-300]])
VALUES = [
    *(1.0, 1.0 + 1e-12, 1.0 + 1e-8, -1.0, 0.0, -0.0, 1e-320, 1e300, np.nan, np.inf, -np.inf),
    *(1, True, False, None, "", "one", 1j, 1 + 1e-12j, 1 + 1e-6j, complex(np.nan, 1.0)),
    *(np.float32(1.0), np.float32(1.00001), np.float16(1.01), np.int64(1), np.array(1.0), np.array([1.0])),
    *(ARRAY, ARRAY.T, np.asfortranarray(ARRAY), ARRAY * (1 + 1e-12), ARRAY + 1e-10, ARRAY + 1e-6, ARRAY > 0),
    *(ARRAY.astype(np.float32), np.where(ARRAY == 0, np.nan, ARRAY), np.where(ARRAY == 0, np.inf, ARRAY)),
    *(np.zeros(0), np.zeros((0, 3)), np.array(["a", "b"]), np.array(["a", "c"]), np.array([1, 2]), np.array([1.0, 2j])),
    *((), [], {}, (1.0, "one"), [1.0 + 1e-12, "one"], (1.0, "two"), (1.0,), (None, ARRAY), (None, ARRAY + 1e-10)),
    *({"w": ARRAY, "b": 1.0}, {"b": 1 + 1e-12, "w": ARRAY}, {"w": ARRAY, "b": 2.0}, {"w": ARRAY}, {"w": [ARRAY, 1.0]}),
]


def agree(came, wanted, tolerance):
    if compare.misfit(came, wanted) or compare.other_words(came, wanted):
        return False
    tolerance = compare.tolerance_for(came, wanted) if tolerance is None else tolerance
    return not compare.with_values(came, wanted, tolerance).wrong.any()


@pytest.mark.parametrize("tolerance", [None, 1e-15, 1e-6, 0.1])
def test_both_give_the_same_answer(tolerance):
    answers = [(compare.alike(a, b, tolerance), agree(a, b, tolerance)) for a in VALUES for b in VALUES]
    assert all(quick == long for quick, long in answers)
    assert len(VALUES) < sum(quick for quick, _ in answers) < len(answers) / 3
