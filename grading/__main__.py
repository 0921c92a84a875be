"""The instructor's and the maintainer's commands: `python -m grading COMMAND`."""

import argparse
import sys


def main(argv=None):
    """Run one command; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m grading", description="Release notebooks, start a class, see how it did."
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    release = commands.add_parser("release", help="rebuild notebooks/ from solutions/ (maintainers)")
    release.add_argument("topic", nargs="?", default="", help="lecture03, or lecture03/losses; everything by default")
    release.add_argument("--check", action="store_true", help="change nothing; fail if a notebook is out of date")
    start = commands.add_parser("start", help="start a class of your own in a new folder")
    start.add_argument("folder")
    start.add_argument("--students", metavar="CSV", help="a roster with the columns id, first_name, last_name, email")
    example = commands.add_parser("example", help="run an example class from release to report (make class)")
    example.add_argument("folder", nargs="?", help="where; grading/class in the repository by default")
    report = commands.add_parser("report", help="marks and recognised mistakes of a class that has been autograded")
    report.add_argument("folder", nargs="?", default=".")
    report.add_argument("assignment", nargs="?", default="lecture03")
    chosen = parser.parse_args(argv)
    if chosen.command is None:
        parser.print_help()
        return 0
    from grading.release.source import SourceError

    try:
        return globals()[f"_{chosen.command}"](chosen)
    except (SourceError, FileExistsError, FileNotFoundError) as told:
        print(f"{told}", file=sys.stderr)
        return 1


def _release(chosen):
    from grading.release.build import release, stale

    if chosen.check:
        old = stale(chosen.topic)
        for topic in old:
            print(
                f"notebooks/{topic}.ipynb is not what solutions/{topic}.py builds; run: python -m grading release {topic}"
            )
        return 1 if old else 0
    for topic, done, kept in release(chosen.topic):
        print(f"notebooks/{topic}.ipynb: {done}" + (f"; what was in it is kept in {kept.name}" if kept else ""))
    return 0


def _start(chosen):
    from grading.example_class.course import start

    print(start(chosen.folder, chosen.students))
    return 0


def _example(chosen):
    from grading.example_class.run import run

    return run(chosen.folder)


def _report(chosen):
    from grading.class_report.report import read_class, write_html
    from grading.class_report.tables import as_text

    told = read_class(chosen.folder, chosen.assignment)
    print(as_text(told))
    print(f"\nThe same as a page: {write_html(told, chosen.folder)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
