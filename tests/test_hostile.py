"""Submissions that try to get marks that they have not earned, or to do harm; and honest ones that must not suffer.

All are graded as one class, each in a room of its own. Each is an answer to `double` of the mini course, worth 1
point in view and 2 hidden; `root` is answered rightly, and keeps its 2 points whatever `double` does.
"""

import hashlib
import os
import subprocess
import time
from pathlib import Path

import pytest
from mini_course import DOUBLE, PS, ROOT, answered, hand_in, make

from gradschool.grade.classroom import grade_class
from gradschool.grade.rooms import sandbox

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),
    pytest.mark.skipif(sandbox.why_no_walls() is not None, reason=f"no sandbox: {sandbox.why_no_walls()}"),
]

WRONG = "def double(x):\n    return 3 * x\n"

# What runs beside the wrong answer, by what it tries. None of it is worth a point.
TRICKS = {
    "no assert raises": "import builtins\nbuiltins.AssertionError = type('Quiet', (Exception,), {})",
    "optimised bytecode": "import sys\nsys.flags = type('Flags', (), {'optimize': 2})()",
    "ast transformer": """
import ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
get_ipython().ast_transformers.append(Drop())""",
    "input transformer": "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass'])",
    "pre run hook": "get_ipython().events.register('pre_run_cell', lambda info: None)",
    "patched run_cell": "get_ipython().run_cell = lambda *a, **k: None",
    "patched compile": "import builtins\nbuiltins.compile = lambda *a, **k: (lambda: None).__code__",
    "patched exec": "import builtins\nbuiltins.exec = lambda *a, **k: None",
    "patched numpy": "import numpy as np\nnp.allclose = np.array_equal = lambda *a, **k: True",
    "patched check": """
import gradschool.check as check, gradschool.check.compare as compare
check.check_value = check.check_gradient = lambda *a, **k: None
compare.misfit = lambda *a: None""",
    "patched observe": """
import gradschool.check.call as call
call.observe = lambda *a, **k: {"value": True, "seconds": 0.0, "warned": ()}""",
    "patched plain": "import gradschool.check.plain as plain\nplain.fault = lambda *a: None",
    "patched wire": """
from gradschool.grade.rooms import wire
wire.encode = lambda *a, **k: True""",
    "patched room": """
import sys
room = sys.modules["__main__"].Room
room.call = lambda self, header, payload: ({"found": {"list": [{"dict": [["value", 4]]}]}}, ())""",
    "removed modules": "import sys\nfor name in list(sys.modules):\n    sys.modules.pop(name, None)",
    "mark on the screen": "print('1.0'); print('2.0')\n1.0",
    "displayed mark": "from IPython.display import display\ndisplay(3.0)",
    "nbgrader words": "print('### BEGIN SOLUTION'); print('{\"score\": 3, \"max_score\": 3}')",
    "displayhook": "import sys\nsys.displayhook = lambda value: None",
    "excepthook": "get_ipython().set_custom_exc((Exception,), lambda *a: None)",
    "exit quietly": "import atexit, os\natexit.register(lambda: os._exit(0))",
    "forged frames": """
import json, os, struct
found = {"dict": [["value", 4], ["seconds", 0.0], ["warned", {"tuple": []}]]}
text = json.dumps({"found": {"list": [found]}}).encode()
for fd in range(3, 64):
    try:
        for _ in range(20):
            os.write(fd, struct.pack('<II', len(text), 0) + text)
    except OSError:
        pass""",
    "forged callbacks": """
import json, os, struct
text = json.dumps({"callback": -1, "args": {"list": []}, "kwargs": {"dict": []}}).encode()
for fd in range(3, 64):
    try:
        os.write(fd, struct.pack('<II', len(text), 0) + text)
    except OSError:
        pass""",
    "flooded wire": """
import os
for fd in range(3, 64):
    try:
        os.write(fd, b'\\xff' * 100_000)
    except OSError:
        pass""",
    "closed wire": "import os\nos.closerange(3, 64)",
    "frames": """
import sys
frame = sys._getframe()
while frame:
    for name, value in list(frame.f_globals.items()):
        if 'solution' in name or 'double' == name:
            print(name, value)
    frame = frame.f_back""",
    "gc": """
import gc
for thing in gc.get_objects():
    if isinstance(thing, dict) and 'points' in thing:
        thing['points'] = 3""",
    "reads the course": f"""
import glob
here = {str(Path(__file__).parents[1])!r}
if glob.glob(here + '/source/*') or glob.glob('/**/ps1.ipynb', recursive=True):
    exec("def double(x): return 2 * x")
    raise SystemExit""",
    "reads the secret": """
import os
print({name: value for name, value in os.environ.items() if 'SEED' in name})
print(open('.gradschool-secret').read())""",
    "writes the library": "import numpy\nopen(numpy.__file__, 'a').write('broken = True')",
    "writes start-up files": "open('/root/.bashrc', 'a').write('# gradschool was here')",
    "kills its parents": "import os, signal\nfor pid in (os.getppid(), 1):\n    os.kill(pid, signal.SIGKILL)",
    "kills everything": "import os, signal\nos.kill(-1, signal.SIGKILL)",
    "leaves at once": "import os\nos._exit(0)",
    "crashes": "import ctypes\nctypes.string_at(0)",
    "fork bomb": "import os\nfor _ in range(12):\n    os.fork()\nimport time\ntime.sleep(60)",
    "outlives": """
import subprocess, sys
code = 'import time; time.sleep(300)  # gradschool-outlived'
subprocess.Popen([sys.executable, '-c', code], start_new_session=True)""",
    "memory bomb": "hoard = bytearray(64 * 2**30)",
    "disk bomb": "with open('/tmp/fill', 'wb') as file:\n    while True:\n        file.write(b'x' * 2**20)",
    "output bomb": "while True:\n    print('x' * 10_000)",
    "open files": "held = []\nwhile True:\n    held.append(open('/dev/null'))",
    "sleeps": "import time\ntime.sleep(300)",
    "ignores the interrupt": """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
while True:
    pass""",
    "network": "import socket\nsocket.create_connection(('127.0.0.1', 80), timeout=2)",
    "recursion": "def f():\n    return f()\nf()",
    "raises for ever": "class Odd(Exception):\n    def __str__(self):\n        raise self\nraise Odd",
}

# Those that break their own room for good: what comes after them in it fails too.
SPOILT = {
    "input transformer", "patched run_cell", "patched compile", "patched exec", "patched observe", "patched wire",
    "removed modules", "forged frames",
}  # fmt: skip

# The answer itself is the trick.
ANSWERS = {
    "equal to all": """
class Anything:
    __eq__ = __lt__ = __le__ = lambda self, other: True
    __float__ = lambda self: 4.0
def double(x):
    return Anything()""",
    "equal float": """
class Anything(float):
    __eq__ = lambda self, other: True
    __hash__ = None
def double(x):
    return Anything(x)""",
    "equal array": """
import numpy as np
class Anything(np.ndarray):
    def __eq__(self, other):
        return True
def double(x):
    return np.zeros(()).view(Anything)""",
    "nothing": "def double(x):\n    return None",
    "nan": "def double(x):\n    return float('nan')",
    "itself": "def double(x):\n    box = []\n    box.append(box)\n    return box",
    "deep": "def double(x):\n    box = 4\n    for _ in range(10_000):\n        box = [box]\n    return box",
    "huge": "def double(x):\n    import numpy as np\n    return np.zeros(10**8)",
    "huge whole number": "def double(x):\n    return 10**1_000_000",
    "generator": "def double(x):\n    yield 4",
    "looks who calls": "def double(x):\n    import sys\n    return sys._getframe(1).f_locals.get('wanted', 0)",
    "grows old": "def double(x):\n    import time\n    time.sleep(30)\n    return 2 * x",
    "endless": "def double(x):\n    while True:\n        pass",
    "deaf": """
def double(x):
    import signal
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        pass""",
    "leaves when asked": "def double(x):\n    import os\n    os._exit(0)",
    "raises an assertion": "def double(x):\n    raise AssertionError",
    "raises KeyboardInterrupt": "def double(x):\n    raise KeyboardInterrupt",
    "raises SystemExit": "def double(x):\n    raise SystemExit(0)",
    "is no function": "double = 4",
}

HONEST = {
    "plain": DOUBLE,
    "prints": "def double(x):\n    print('doubling', x)\n    return 2 * x",
    "warns": "import warnings\ndef double(x):\n    warnings.warn('careful')\n    return 2 * x",
    "writes to stderr": "import sys\ndef double(x):\n    print('here', file=sys.stderr)\n    return 2 * x",
    "helpers": "def add(a, b):\n    return a + b\n\ndef double(x):\n    return add(x, x)",
    "a lambda": "double = lambda x: 2 * x",
    "a class": "class Doubler:\n    def __call__(self, x):\n        return 2 * x\n\ndouble = Doubler()",
    "numpy": "import numpy as np\ndef double(x):\n    return np.multiply(2, x)[()]",
    "global state": "calls = 0\ndef double(x):\n    global calls\n    calls += 1\n    return 2 * x",
    "a plot left in": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n" + DOUBLE,
    "magics": "%timeit -n 1 -r 1 1 + 1\n" + DOUBLE,
    "a shell command": "!ls\n" + DOUBLE,
    "await": "import asyncio\nawait asyncio.sleep(0)\n" + DOUBLE,
    "slow": "import time\ntime.sleep(1)\n" + DOUBLE,
    "a cell's value": DOUBLE + "\ndouble(3)",
    "a late error": DOUBLE + "\n1 / 0",
    "star import": "from math import *\n" + DOUBLE,
    "scripts in a display": "from IPython.display import HTML, display\n"
                            "display(HTML('<script>alert(1)</script><b>bold</b>'))\n" + DOUBLE,
}  # fmt: skip
KEPT_VISIBLE = {"knows the example": "def double(x):\n    return 4", "right once": """
calls = []
def double(x):
    calls.append(x)
    return 2 * x if len(calls) == 1 else 0"""}


OURS = "room-", "fill", "sitecustom"  # how the names begin of what a room, or a trick, would leave in /tmp


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    course = make(tmp_path_factory.mktemp("hostile"))
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text(encoding="utf-8") + "c.ExecuteInTwoRooms.timeout = 5\n", encoding="utf-8")
    for name, code in TRICKS.items():
        hand_in(course, f"trick {name}", answered(course, double=f"{WRONG}\n{code}\n", root=ROOT))
    for name, code in (ANSWERS | KEPT_VISIBLE | HONEST).items():
        hand_in(course, f"answer {name}", answered(course, double=code, root=ROOT))
    outside = seen(course.root)
    temporary = set(os.listdir("/tmp"))
    result = grade_class(course, PS, progress=False, jobs=2)  # many only wait for their time to be up
    assert seen(course.root) == outside, "a file of the course changed"
    assert not stays(lambda: {name for name in set(os.listdir("/tmp")) - temporary if name.startswith(OURS)})
    return course, {student.student.id: student for student in result.students}


def seen(root):
    """The course's own files, by content."""
    places = [root / name for name in ("course", "source", "release", "submitted")]
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def marks(student):
    return {name: question.score for name, question in student.questions.items()}


@pytest.mark.parametrize("name", TRICKS)
def test_a_trick_earns_nothing_and_costs_nothing_else(graded, name):
    found = graded[1][f"trick {name}"]
    assert not found.failed
    assert marks(found) == {"double": 0, "root": 0 if name in SPOILT else 2}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_dishonest_answer_earns_nothing_and_costs_nothing_else(graded, name):
    found = graded[1][f"answer {name}"]
    assert not found.failed
    assert marks(found) == {"double": 0, "root": 2}


@pytest.mark.parametrize("name", KEPT_VISIBLE)
def test_what_is_right_in_view_only_keeps_the_point_in_view(graded, name):
    assert marks(graded[1][f"answer {name}"])["double"] == 1


@pytest.mark.parametrize("name", HONEST)
def test_honest_work_does_not_suffer(graded, name):
    assert marks(graded[1][f"answer {name}"]) == {"double": 3, "root": 2}


def test_no_script_reaches_a_feedback_page(graded):
    course, _ = graded
    page = (course.root / "feedback" / "answer scripts in a display" / PS / f"{PS}.html").read_text(encoding="utf-8")
    assert "<b>bold</b>" in page and "<script>alert(1)" not in page


def test_nothing_outlives_its_room(graded):
    words = "gradschool-outlived", "rooms.inside"
    assert not stays(lambda: {line for line in processes() if any(word in line for word in words)})


def processes():
    return subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True).stdout.splitlines()


def stays(look):
    """What is there at every look, for a minute at most: other tests have rooms of their own, which end."""
    left = look()
    for _ in range(300):
        if not left:
            break
        time.sleep(0.2)
        left &= look()
    return left
