"""Run a console and a scenario together on one Qt event loop."""

from __future__ import annotations

import argparse
import asyncio

from qasync import QEventLoop

from console import app_log
from console.app import Console, make_application, prepare
from console.app_options import Options
from console.scenarios.dark_street import DarkStreet
from console.scenarios.report import Act
from console.scenarios.stack import Stack


def play(stack: Stack, arguments: argparse.Namespace) -> list[Act]:
    """Play the scenario named in ``arguments`` and return its acts."""
    options = Options(
        config=stack.console_dir,
        seat=arguments.seat,
        lang=arguments.lang,
        theme=arguments.theme,
        territory=stack.territory,
    )
    app_log.configure(verbose=False)
    loop = QEventLoop(make_application(options))
    asyncio.set_event_loop(loop)
    try:
        with loop:
            return list(loop.run_until_complete(_play(stack, arguments, options)))
    finally:
        app_log.release_qt_messages()


async def _play(stack: Stack, arguments: argparse.Namespace, options: Options) -> list[Act]:
    console = Console(options, *prepare(options))
    running = asyncio.ensure_future(console.run())
    story = DarkStreet(stack, console, arguments.out, arguments.seed)
    try:
        return await story.play()
    finally:
        console.window.close()
        await running
