# Scripts in every kind of display there is, and in text that goes for a kind; see the feedback.
# deserves: slope 3, gradient 3, dual 3
# without walls: the same
# %% top
from gradschool.grade.rooms import wire
from IPython.display import display
wire.SHOWN = wire.SHOWN + ("application/javascript", "application/vnd.jupyter.widget-view+json", "a\"><script>")
bad = "\"><script>alert(1)</script><img src=x onerror=\"alert(1)\"><svg onload=alert(1)>"
for kind in wire.SHOWN:
    display({kind: bad}, raw=True)
print(bad)
# %% markdown
"><script>alert(1)</script> <img src=x onerror="alert(1)"> [x](javascript:alert(1))
# %% raw
<script>alert(1)</script><img src=x onerror="alert(1)">
# %% after dual-hidden
raise ValueError(bad)
