"""The `gradschool` command. Each subcommand is a thin name for one function; imports wait until they are needed,
so that what a student runs never loads what an instructor needs."""

import argparse
import os
import sys
import sysconfig

from gradschool.course.layout import Course, CourseError


def main(arguments: list[str] | None = None) -> int:
    """Run one subcommand; return its exit code (1 with one line of reason if it cannot be done)."""
    options, rest = parser().parse_known_args(arguments)
    if rest and not options.passes_on:
        parser().error(f"unrecognised arguments: {' '.join(rest)}")
    options.rest = rest
    find_our_commands()
    try:
        return options.run(Course.here(), options) or 0
    except CourseError as error:
        print(f"gradschool: {error}", file=sys.stderr)
        return 1


def find_our_commands() -> None:
    """Put this environment's commands first on PATH: nbgrader calls `alembic` by name."""
    os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", "")])


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="gradschool", description=__doc__.split(".")[0])
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name, run, summary, passes_on=False):
        sub = commands.add_parser(name, help=summary, description=summary)
        sub.set_defaults(run=run, passes_on=passes_on)
        return sub

    command("lab", lab, "bring work/ up to date and open JupyterLab there", passes_on=True)
    command("formgrader", formgrader, "open nbgrader's formgrader on the course", passes_on=True)
    command("notebooks", notebooks, "build every notebook from its text")
    sub = command("release", release, "have nbgrader write release/ from source/")
    sub.add_argument("ps", nargs="*", help="problem sets (default: all)")
    sub = command("check", check, "rebuild one unit and run what tests it")
    sub.add_argument("unit", help="number, slug or folder name")
    sub = command("collect", collect, "bring in a zip of submissions from Moodle or Canvas")
    sub.add_argument("zip", help="the file as the LMS gave it")
    sub.add_argument("--ps", help="the problem set, where file names do not say it")
    sub = command("grade", grade, "grade everything in submitted/")
    sub.add_argument("ps", help="the problem set")
    sub.add_argument("--regrade", action="store_true", help="grade again what is already graded")
    sub.add_argument("--trust-submissions", action="store_true", dest="trust",
                     help="run submissions without a sandbox, where none can be had: only what you would run yourself")
    return top


def lab(course, options):
    from gradschool.course.lab import open_lab

    return open_lab(course, options.rest)


def formgrader(course, options):
    from gradschool.course.lab import open_formgrader

    return open_formgrader(course, options.rest)


def notebooks(course, options):
    from gradschool.course.notebooks import build_all

    changed = build_all(course)
    for path in changed:
        print(f"built {path.relative_to(course.root)}")
    if not changed:
        print("Every notebook is up to date.")


def release(course, options):
    from gradschool.course.release import release as release_sets

    for name in release_sets(course, options.ps):
        print(f"released release/{name}/{name}.ipynb")


def check(course, options):
    import subprocess

    from gradschool.course.notebooks import build_all
    from gradschool.course.release import release as release_sets

    unit = course.unit(options.unit)
    sets = [text.stem for text in unit.problem_sets]
    build_all(course)
    if sets:
        release_sets(course, sets)
    concerned = " or ".join([unit.folder.name, f"lecture_{unit.number}", *sets])
    return subprocess.call([sys.executable, "-m", "pytest", "-k", concerned], cwd=course.root)


def collect(course, options):
    from gradschool.grade.collect import collect as collect_zip

    print(collect_zip(course, options.zip, options.ps))


def grade(course, options):
    from gradschool.grade import report
    from gradschool.grade.classroom import grade_class

    result = grade_class(course, options.ps, regrade=options.regrade, trust=options.trust)
    print(report.table(result))
    print("\nWritten: gradebook.db, autograded/, feedback/, grades.csv. `make formgrader` opens the gradebook.")
    return int(any(student.failed for student in result.students))


if __name__ == "__main__":
    sys.exit(main())
