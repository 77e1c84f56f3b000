"""Verdicts on answers, and why an answer is wrong.

    from gradschool.check import check_gradient, normal
    check_gradient(my_gradient, of=loss, at=dict(w=normal(3), X=normal(8, 3), t=labels(8)))
"""

from .call import probe
from .derivatives import check_gradient, check_jacobian, check_jvp, check_vjp
from .disclosed import disclosed
from .inputs import away_from_kinks, labels, normal, on_kinks, one_hot, uniform
from .taylor import check_taylor
from .values import check_cost, check_property, check_raises, check_shape, check_value, check_values
from .verdict import CheckFailed, Verdict

__all__ = [
    "CheckFailed",
    "Verdict",
    "away_from_kinks",
    "check_cost",
    "check_gradient",
    "check_jacobian",
    "check_jvp",
    "check_property",
    "check_raises",
    "check_shape",
    "check_taylor",
    "check_value",
    "check_values",
    "check_vjp",
    "disclosed",
    "labels",
    "normal",
    "on_kinks",
    "one_hot",
    "probe",
    "uniform",
]
