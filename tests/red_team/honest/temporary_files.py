# Writes files, reads them again, and works in a folder of its own.
# deserves: slope 3, gradient 3, dual 3
# %% top
import os, pathlib, tempfile
os.makedirs("results", exist_ok=True)
os.chdir("results")
pathlib.Path("data.txt").write_text("1 2 3")
with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "more").write_bytes(bytes(2**20))
assert pathlib.Path("data.txt").read_text() == "1 2 3"
