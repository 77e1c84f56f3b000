"""environment.yml holds the versions of requirements.lock. `make lock` runs this file to bring it up to date.

Standard library only: it runs before there is an environment.
"""

import re
from pathlib import Path


def pins(lock: str) -> dict[str, str]:
    """Each package's version in a lock file, where all platforms and Pythons share one."""
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", lock, re.MULTILINE))


def renew(environment: str, lock: str) -> str:
    """The text of environment.yml with every `name==version` set to the lock's version."""
    versions = pins(lock)
    return re.sub(r"(- )([A-Za-z0-9._-]+)==\S+", lambda pin: f"{pin[1]}{pin[2]}=={versions[pin[2]]}", environment)


if __name__ == "__main__":
    file = Path("environment.yml")
    renewed = renew(file.read_text(encoding="utf-8"), Path("requirements.lock").read_text(encoding="utf-8"))
    file.write_text(renewed, encoding="utf-8", newline="\n")
