# Writes wherever it can.
# deserves: slope 3, gradient 3, dual 3
# %% top
import os, sys, sysconfig
places = ["/", "/usr", "/etc", "/dev", "/root", "/home", "/var", os.path.dirname(sys.executable),
          sysconfig.get_path("purelib"), os.path.dirname(np.__file__) if "np" in globals() else "/lib", "/proc/sys/kernel"]
written = []
for place in places:
    for name in ("red-team", "sitecustomize.py", "red.pth"):
        try:
            with open(os.path.join(place, name), "w") as file:
                file.write("raise SystemExit")
            written.append(place)
        except OSError:
            pass
if written:
    del np
