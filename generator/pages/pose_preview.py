"""The pose preview: a page on this machine that draws one exercise again when its YAML is saved."""

from __future__ import annotations

import base64
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import click
from markupsafe import Markup

from generator.check import load_and_check
from generator.checks.report_formats import full_text
from generator.figure.draw import draw, moving_svg
from generator.figure.words import missing
from generator.library.worklist import is_within
from generator.pages.environment import environment
from generator.pages.figures import FigureTools, own_head, page_style


def bench_page(data_dir: Path, id_: str) -> str:
    """The whole page."""
    template = environment().get_template("pose_preview.html.jinja")
    exercise = load_and_check(data_dir).library.exercises.get(id_)
    return template.render(
        id=id_,
        name=exercise.name if exercise else id_,
        file=data_dir / "exercises.yaml",
        style=Markup(page_style()),
        body=Markup(bench_figure(data_dir, id_)),
    )


def bench_figure(data_dir: Path, id_: str) -> str:
    """The figure as the data are now, and every finding about its exercise or its pose."""
    checked = load_and_check(data_dir)
    library = checked.library
    exercise = library.exercises.get(id_)
    pose = library.poses.get(exercise.figure.pose) if exercise and exercise.figure else None
    records = [record for record in (exercise, pose) if record is not None]
    found = [
        d
        for d in checked.diagnostics
        if any(is_within(library, record, d) for record in records)
        or (not records and Path(d.place.path).name in _FILES)
    ]
    moving = ""
    drawn = None
    if exercise and id_ in library.motions and not missing(library.vocabulary):
        drawn = FigureTools(library, exercise, lambda url: url)
        head = own_head(library.figure_words[id_])
        svg = moving_svg(draw(library.motions[id_], exercise.muscles), ' class="sg-fig"', head)
        moving = base64.b64encode(svg.encode()).decode()
    return (
        environment()
        .get_template("pose_preview_figure.html.jinja")
        .render(drawn=drawn, moving=moving, findings=click.unstyle(full_text(found, checked.texts)))
    )


_FILES: Final = ("exercises.yaml", "poses.yaml")
"""Whose findings are shown while the exercise itself can't be read."""


def bench_server(data_dir: Path, id_: str, port: int) -> ThreadingHTTPServer:
    """A server for the pose preview, on this machine only. The caller runs and closes it."""
    pages: dict[str, Callable[[Path, str], str]] = {"/": bench_page, "/figure": bench_figure}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path)
            body = page(data_dir, id_).encode() if page else b""
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the page asks every second."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)
