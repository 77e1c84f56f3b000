"""The `gradschool` command. Each subcommand is a thin name for one function; imports wait until they are needed,
so that what a student runs never loads what an instructor needs."""

import argparse
import os
import signal
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
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second one would spoil the exit code
        print("gradschool: stopped by Ctrl-C.", file=sys.stderr)
        exec("")  # if it came in an exec, as it does in an import, CPython remembers, and would end by the signal
        return 130


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
    sub = command("progress", progress, "run what changed in work/ and say which questions pass")
    sub.add_argument("--all", action="store_true", dest="everything", help="run what has not changed, too")
    command("formgrader", formgrader, "open nbgrader's formgrader on the course", passes_on=True)
    command("notebooks", notebooks, "build every notebook from its text")
    sub = command("release", release, "have nbgrader write release/ from source/")
    sub.add_argument("ps", nargs="*", help="problem sets (default: all)")
    sub = command("solutions", solutions, "write solutions/: every answer with a comment, every check run")
    sub.add_argument("ps", nargs="*", help="problem sets (default: all)")
    sub = command("check", check, "rebuild one unit and run what tests it")
    sub.add_argument("unit", help="number, slug or folder name")
    command("site", site, "build the course as a site, into build/site")
    command("pdf", pdf, "build the lectures as one PDF, into build/print")
    sub = command("collect", collect, "bring in a zip of submissions from Moodle or Canvas")
    sub.add_argument("zip", help="the file as the LMS gave it")
    sub.add_argument("--ps", help="the problem set, where file names do not say it")
    sub = command("grade", grade, "grade everything in submitted/")
    sub.add_argument("ps", help="the problem set")
    sub.add_argument("--regrade", action="store_true", help="grade again what is already graded")
    sub.add_argument("--trust-submissions", action="store_true", dest="trust",
                     help="run submissions without a sandbox, where none can be had: only what you would run yourself")
    sub.add_argument("--jobs", type=positive, help="processes that grade at once (default: one for each core)")
    sub.add_argument("--scheduler", metavar="ADDRESS", help="grade on a Dask cluster, whose scheduler is there")
    sub.add_argument("--verify", nargs="?", const=10, type=sample_size, metavar="N",
                     help="examine N graded submissions (default 10; or: all) again, write nothing, compare the marks")
    sub = command("report", report, "write the class report, and marks for Moodle and Canvas")
    sub.add_argument("ps", help="the problem set")
    sub.add_argument("--canvas", help="the gradebook that Canvas exported (default: submitted/canvas.csv, if there)")
    sub.add_argument("--canvas-column", help="the heading of its column to fill in, where the title does not tell")
    return top


def positive(text):
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def sample_size(text):
    return sys.maxsize if text == "all" else positive(text)


def lab(course, options):
    from gradschool.course.lab import open_lab

    return open_lab(course, options.rest)


def progress(course, options):
    from gradschool.course.looking import look_now
    from gradschool.course.start_page import text

    look_now(course, lambda words: print(words, file=sys.stderr), options.everything)
    print(text(course))


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


def solutions(course, options):
    from gradschool.course.solutions import how_to_open, make_solutions

    for copied in make_solutions(course, options.ps):
        print(copied)
    print(how_to_open(course, options.ps))


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


def site(course, options):
    from gradschool.course.site import build_site

    folder = build_site(course).relative_to(course.root)
    print(f"The site is in {folder}. To look at it: python -m http.server --directory {folder}")
    print("and then http://localhost:8000. Opened as a file it can be read, but nothing moves: browsers load modules")
    print("from servers only.")


def pdf(course, options):
    from gradschool.course.pdf import build_pdf

    print(f"The lectures are in {build_pdf(course).relative_to(course.root)}.")


def collect(course, options):
    from gradschool.grade.collect import collect as collect_zip

    print(collect_zip(course, options.zip, options.ps))


def grade(course, options):
    from gradschool.grade import processes

    jobs = options.jobs or processes.cores()
    if jobs > 1 and options.scheduler is None:
        processes.context()  # the others import what they need while this one does, which takes seconds

    from gradschool.grade import report
    from gradschool.grade.classroom import grade_class
    from gradschool.grade.verify import verify_class

    where = {"trust": options.trust, "jobs": jobs, "scheduler": options.scheduler}
    if options.verify:
        found = verify_class(course, options.ps, options.verify, **where)
        print(found)
        return int(not found.holds)
    result = grade_class(course, options.ps, regrade=options.regrade, **where)
    print(report.table(result))
    print("\nWritten: gradebook.db, autograded/, feedback/, grades.csv. `make formgrader` opens the gradebook.")
    return int(any(student.failed for student in result.students))


def report(course, options):
    from pathlib import Path

    from gradschool.grade.report.make import make_report

    print(make_report(course, options.ps, options.canvas and Path(options.canvas), options.canvas_column))


if __name__ == "__main__":
    sys.exit(main())
