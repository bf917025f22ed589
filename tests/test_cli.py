"""The `strideguide` command: its help, its exit codes, and what it leaves on disk."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result
from small import SOUND, change, sound_copy, within

from generator.check import load_and_check
from generator.checks.report_formats import FORMATS
from generator.cli import main as cli
from generator.diagnostics import RULES

CONTENT: Final = str(SOUND / "content")
COMMANDS: Final = sorted(cli.cli.commands)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.cli, [str(argument) for argument in arguments])


def check(data: Path, *more: str) -> Result:
    return run("check", data, "--content-dir", CONTENT, *more)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A sound data folder to change at will."""
    return sound_copy(tmp_path)


@pytest.fixture
def wrong(data: Path) -> Path:
    """A data folder with one error."""
    change(data / "signs.yaml", "kind: stiffness", "kind: stifness")
    return data


@pytest.fixture
def doubtful(data: Path) -> Path:
    """A data folder with one warning."""
    change(data / "regions.yaml", "Heel, arch and toes.", "Heel, arch and toes, as in bursitis.")
    return data


# Help


def test_help_names_every_command() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert [name for name in COMMANDS if f"\n  {name} " not in result.output] == []


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(command: str, flag: str) -> None:
    result = run(command, flag)
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: cli {command} ")
    about = result.output.split("\n\n")[1].strip()
    assert about.endswith(".")


def test_version() -> None:
    assert run("--version").output.startswith("strideguide, version ")


# check: exit codes and formats


def test_sound_data(data: Path) -> None:
    result = check(data, "--strict")
    assert (result.exit_code, result.output) == (0, "No findings: the data is valid.\n")


def test_wrong_data(wrong: Path) -> None:
    result = check(wrong)
    assert result.exit_code == 1
    assert result.output == (
        "error[unknown-value]: `kind` must be one of the known words, not `stifness`.\n"
        f"  --> {wrong.as_posix()}/signs.yaml:29:9\n"
        "      |\n"
        "   29 |   kind: stifness\n"
        "      |         ^^^^^^^^\n"
        "  help: Did you mean `stiffness`?\n"
        "Found 1 error.\n"
    )


@pytest.mark.parametrize("form", FORMATS)
def test_exit_code_is_the_same_in_each_format(form: str, data: Path) -> None:
    assert check(data, "--format", form).exit_code == 0
    change(data / "signs.yaml", "kind: stiffness", "kind: stifness")
    result = check(data, "--format", form)
    assert result.exit_code == 1
    assert "unknown-value" in result.output


def test_machines_read_the_whole_output(wrong: Path) -> None:
    assert [row["line"] for row in json.loads(check(wrong, "--format", "json").output)] == [29]
    assert check(wrong, "--format", "concise").output.count("\n") == 1
    assert check(wrong, "--format", "github").output.startswith("::error file=")


def test_a_warning_stops_only_under_strict(doubtful: Path) -> None:
    result = check(doubtful)
    assert "warning[unexplained-word]" in result.output
    assert "Found 1 warning." in result.output
    assert result.exit_code == 0
    assert check(doubtful, "--strict").exit_code == 1


def test_check_reads_articles_where_there_are_any(data: Path) -> None:
    (data.parent / "content/about.md").write_text("# About\n\n[[calf-rase]]\n")
    assert run("check", data, "--content-dir", data.parent / "content").exit_code == 1
    assert run("check", data, "--content-dir", data.parent / "nowhere").exit_code == 0


def test_check_starts_without_what_makes_pages(data: Path) -> None:
    code = (
        "import sys\nfrom generator.cli.main import cli\n"
        f"cli({['check', str(data), '--content-dir', CONTENT]!r}, standalone_mode=False)\n"
        "print({'jinja2', 'markdown_it', 'markupsafe', 'mkdocs'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.endswith("set()\n")


def test_check_changes_nothing(wrong: Path) -> None:
    before = _contents(wrong)
    check(wrong)
    assert _contents(wrong) == before


# Usage


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["chek"], "No such command"),
        (["check", "--format", "xml"], "is not one of"),
        (["check", "--loud"], "No such option"),
        (["check", "data", "more"], "unexpected extra argument"),
        (["write"], "Missing argument"),
        (["explain", "orphn"], "Did you mean `orphan`?"),
        (["explain", "zzz"], "Run `strideguide explain` to list all codes."),
        (["sign", "references", "alfredson-1998"], "is not one of"),
        (["sign", "signs", "calf-pop"], "Missing option"),
    ],
    ids=" ".join,
)
def test_wrong_usage(arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.output.split())


# explain


@pytest.mark.parametrize("code", RULES)
def test_explain(code: str) -> None:
    result = run("explain", code)
    assert result.exit_code == 0
    title, blank, *text = result.output.rstrip().split("\n")
    assert (title, blank) == (code, "")
    assert text[0].endswith((".", ":"))
    assert not any(line.startswith(" ") for line in text)


def test_explain_lists_all_codes() -> None:
    lines = run("explain").output.splitlines()
    assert [line.split()[0] for line in lines] == list(RULES)


# write


def write(target: Path, data: Path, *more: str) -> Result:
    return run("write", target, "--data-dir", data, "--content-dir", data.parent / "content", *more)


@pytest.mark.slow
def test_write(data: Path, tmp_path: Path) -> None:
    result = write(tmp_path / "out", data)
    assert result.exit_code == 0, result.output
    made = _contents(tmp_path / "out")
    assert result.output == f"Wrote {len(made) - 1} files to {tmp_path / 'out'}.\n"
    assert {"about.md", "index.md", "signs/arch-pain.md", "api/v1/index.json"} <= set(made)
    assert made["assets/pictures/signs/arch-pain.png"].startswith(b"\x89PNG")
    assert b"[Calf raise](exercises/calf-raise.md)" in made["about.md"]
    assert b"[a sore heel](conditions/plantar-fasciitis.md)" in made["about.md"]


@pytest.mark.slow
def test_write_into_an_empty_folder(data: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert write(tmp_path / "out", data).exit_code == 0


@pytest.mark.parametrize("name", ["notes.txt", ".hidden", "folder/notes.txt"])
def test_write_refuses_a_folder_with_something_in_it(name: str, data: Path, tmp_path: Path) -> None:
    own = tmp_path / "out" / name
    own.parent.mkdir(parents=True)
    own.write_text("mine")
    result = write(tmp_path / "out", data)
    assert result.exit_code == 2
    assert "it must be empty or new" in result.output
    assert _contents(tmp_path / "out") == {name: b"mine"}


def test_write_refuses_a_file(data: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    assert write(tmp_path / "out", data).exit_code == 2
    assert (tmp_path / "out").read_text() == "mine"


def test_write_writes_nothing_when_the_data_is_wrong(wrong: Path, tmp_path: Path) -> None:
    result = write(tmp_path / "out", wrong)
    assert result.exit_code == 1
    assert "Found 1 error. Nothing was written." in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_write_writes_in_spite_of_warnings(doubtful: Path, tmp_path: Path) -> None:
    assert write(tmp_path / "out", doubtful).exit_code == 0


def test_write_refuses_an_unknown_country(data: Path, tmp_path: Path) -> None:
    result = write(tmp_path / "out", data, "--country", "atlantis")
    assert result.exit_code == 2
    assert "ca, gb" in result.output
    assert not (tmp_path / "out").exists()


def test_write_without_a_content_folder(data: Path, tmp_path: Path) -> None:
    result = run("write", tmp_path / "out", "--data-dir", data, "--content-dir", tmp_path / "no")
    assert result.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_write_says_where_it_can_make_no_folder(data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = write(tmp_path / "file/folder", data)
    assert result.exit_code == 2
    assert "it can't be made: Not a directory." in result.output


def test_write_refuses_a_folder_within_the_content(data: Path) -> None:
    """The copy would hold a copy of itself, and so on."""
    target = data.parent / "content/out"
    target.mkdir()
    with within(5):
        result = write(target, data)
    assert result.exit_code == 2, result.exception
    assert _contents(target) == {}


@pytest.mark.slow
@pytest.mark.parametrize("country, number", [("ca", "911"), ("gb", "999")])
def test_write_prints_the_numbers_of_the_country(
    country: str, number: str, data: Path, tmp_path: Path
) -> None:
    assert write(tmp_path / "out", data, "--country", country).exit_code == 0
    text = (tmp_path / "out/get-help.md").read_text(encoding="utf-8")
    assert f'Call <a href="tel:{number}">{number}</a> now.' in text


@pytest.mark.slow
@pytest.mark.parametrize(
    "settings, name",
    [("site_name: Corrida", "Corrida"), ("site_url: https://a.example/", "StrideGuide")],
)
def test_write_calls_the_site_as_mkdocs_yml_does(
    settings: str, name: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mkdocs.yml").write_text(f"{settings}\nplugins: [search, strideguide]\n", "utf-8")
    assert write(tmp_path / "out", data, "--site-url", "https://a.example/").exit_code == 0
    made = {path: (tmp_path / "out" / path).read_text("utf-8") for path in ("llms.txt", "feed.xml")}
    assert made["llms.txt"].startswith(f"# {name}\n")
    assert f"<title>{name}, changes of the advice</title>" in made["feed.xml"]


def test_write_says_that_mkdocs_yml_can_not_be_read(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mkdocs.yml").write_text("site_name: [", "utf-8")
    result = write(tmp_path / "out", data)
    assert result.exit_code == 1
    assert '"mkdocs.yml", line 1' in result.output
    assert not (tmp_path / "out").exists()


def test_every_mention_of_a_reference_can_be_written(data: Path, tmp_path: Path) -> None:
    """References have pages, so any text may name one."""
    mention = "See [[alfredson-1998]]."
    change(data / "regions.yaml", "What is not in one place.", mention)
    change(data / "tissues.yaml", "A cord that ties muscle to bone.", mention)
    change(data / "groups.yaml", "Ease for tight spots.", mention)
    change(data / "care.yaml", "Book a visit.", mention)
    change(data / "glossary.yaml", "A tough band of tissue.", mention)
    change(data / "vignettes.yaml", "There was a snap.", mention)
    assert check(data).exit_code == 0
    result = write(tmp_path / "out", data)
    assert result.exit_code == 0, result.exception


# sign


def sign(data: Path, *more: str) -> Result:
    names = ["--by", "A. Nobody", "--registration", "None 0"]
    return run("sign", *more, *names, "--data-dir", data)


def test_sign_changes_only_the_review(data: Path) -> None:
    before = (data / "treatments.yaml").read_text(encoding="utf-8")
    result = sign(data, "treatments", "shockwave")
    assert result.exit_code == 0, result.output
    after = (data / "treatments.yaml").read_text(encoding="utf-8")
    start = before.index("  review:")
    assert after.startswith(before[:start] + "  review:\n    state: signed\n    by: ")
    assert after.endswith(before[before.index("\n\n", start) :])
    assert check(data).exit_code == 0


def test_sign_keeps_windows_line_ends(data: Path) -> None:
    path = data / "treatments.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert sign(data, "treatments", "shockwave").exit_code == 0
    text = path.read_bytes()
    assert text.count(b"\n") == text.count(b"\r\n")
    assert check(data).exit_code == 0


LAYOUTS: Final = {
    "comment": "surgery:\n  name: A\n  summary: {text: B, source: general}\n"
    "  review: {state: draft}   # by hand\n",
    "block": "surgery:\n  name: A\n  summary: {text: B, source: general}\n"
    "  review:\n    # Nobody yet.\n    state: draft\n\n# The end.\n",
    "braces on lines": "surgery:\n  name: A\n  review: {\n    state: draft\n  }\n"
    "  summary: {text: B, source: general}\n",
    "quoted key": "surgery:\n  name: A\n  summary: {text: B, source: general}\n"
    "  'review': {state: draft}\n",
    "wide indent": "surgery:\n    name: A\n    summary: {text: B, source: general}\n"
    "    review: {state: draft}\n",
    "review first": "surgery:\n  review: {state: draft}\n  name: A\n"
    "  summary: {text: B, source: general}\n",
    "record in braces": "surgery: {name: A, summary: {text: B, source: general}, "
    "review: {state: draft}}\n",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_sign_writes_into_no_other_record(layout: str, data: Path) -> None:
    """However the record is laid out, it is signed, or nothing is written."""
    path = data / "treatments.yaml"
    first = path.read_text(encoding="utf-8").split("surgery:")[0]
    path.write_text(first + layout, encoding="utf-8")
    assert check(data).exit_code == 0
    result = sign(data, "treatments", "surgery")
    after = path.read_text(encoding="utf-8")
    assert result.exit_code in (0, 1), result.exception
    assert after.startswith(first)
    assert after.count("state: signed") == (result.exit_code == 0)
    assert check(data).exit_code == 0


@pytest.mark.parametrize(
    "name", ["Sur: gery", "[Surgery", '"Surgery\u2028"', "Surgery\x07", "&a Surgery", "<b>Surgery"]
)
def test_sign_beside_a_record_that_is_broken(name: str, data: Path) -> None:
    """The file has a finding in another record: the right record is signed, or none is."""
    path = data / "treatments.yaml"
    first, second = path.read_text(encoding="utf-8").split("\n\n")
    broken = second.replace("name: Surgery", f"name: {name}")
    path.write_text(f"{broken}\n{first}\n", encoding="utf-8")
    before = path.read_text(encoding="utf-8")
    result = sign(data, "treatments", "shockwave")
    assert result.exit_code in (0, 1), result.exception
    assert not isinstance(result.exception, Exception)
    after = path.read_text(encoding="utf-8")
    if result.exit_code:
        assert after == before
    else:
        assert after.startswith(broken)
        treatments = load_and_check(data).library.treatments
        assert treatments["shockwave"].review.state == "signed"


def test_sign_keeps_old_mac_line_ends(data: Path) -> None:
    path = data / "treatments.yaml"
    before = path.read_bytes().replace(b"\n", b"\r")
    path.write_bytes(before)
    result = sign(data, "treatments", "surgery")
    assert result.exit_code in (0, 1), result.exception
    assert path.read_bytes().startswith(before.rpartition(b"  review:")[0])
    assert check(data).exit_code == 0


def test_a_later_change_shows(data: Path) -> None:
    sign(data, "treatments", "shockwave")
    change(data / "treatments.yaml", "into the sore spot", "into the sore foot")
    assert "changed-since-review" in check(data, "--format", "concise").output


def test_sign_refuses_an_unsound_record(wrong: Path) -> None:
    before = _contents(wrong)
    assert sign(wrong, "signs", "achilles-morning-stiffness").exit_code == 1
    assert _contents(wrong) == before


def test_sign_suggests_an_id(data: Path) -> None:
    result = sign(data, "treatments", "shokwave")
    assert result.exit_code == 2
    assert "Did you mean `shockwave`?" in result.output


# Our bugs


def test_a_bug_of_ours_ends_in_a_traceback_and_exit_code_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("our own bug")

    monkeypatch.setattr(cli, "load_and_check", broken)
    assert _exit_code_of_main(monkeypatch, "check", "data") == 3
    error = capsys.readouterr().err
    assert "KeyError: 'our own bug'" in error
    assert "This is a bug in StrideGuide, not in your data." in error


def test_what_a_disk_refuses_is_no_bug_of_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "site/index.html")

    monkeypatch.setattr(cli, "load_and_check", full)
    assert _exit_code_of_main(monkeypatch, "check", "data") == 1
    error = capsys.readouterr().err
    assert error == "Error: `site/index.html` can't be used: No space left on device.\n"


@pytest.mark.parametrize("place", ["data/conditions.yaml", "nowhere"])
def test_check_wants_a_folder(place: str) -> None:
    """And does not tell of each file that is missing in it."""
    result = run("check", place)
    assert result.exit_code == 2
    assert result.output.count("Error: ") == 1


def test_main_keeps_the_other_exit_codes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], wrong: Path
) -> None:
    assert _exit_code_of_main(monkeypatch, "explain") == 0
    assert _exit_code_of_main(monkeypatch, "check", str(wrong)) == 1
    assert _exit_code_of_main(monkeypatch, "chek") == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments, passed_on",
    [
        (["build"], ["build"]),
        (["build", "--strict"], ["build", "--strict"]),
        (["serve"], ["serve", "--dirty", "--dev-addr", "127.0.0.1:8000"]),
        (["serve", "--address", "0.0.0.0:80"], ["serve", "--dirty", "--dev-addr", "0.0.0.0:80"]),
    ],
    ids=lambda words: " ".join(words),
)
def test_build_and_serve_are_mkdocs(
    arguments: list[str], passed_on: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[list[str]] = []

    def mkdocs(arguments: tuple[str, ...], standalone_mode: bool) -> int:
        calls.append([*arguments])
        return 7

    monkeypatch.setattr("generator.host.command.cli.main", mkdocs)
    monkeypatch.setattr("generator.host.command._can_go_on", lambda: False)
    assert run(*arguments).exit_code == 7
    assert calls == [passed_on]


def _exit_code_of_main(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["strideguide", *arguments])
    main: Callable[[], None] = cli.main
    with pytest.raises(SystemExit) as stopped:
        main()
    return int(stopped.value.code or 0)


def _contents(folder: Path) -> dict[str, bytes]:
    """Path within the folder -> bytes of every file."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
