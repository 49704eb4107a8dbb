"""Processes that are made to be killed: each begins from one that has everything loaded, so that a kill is cheap."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

FROM_A_LOADED_ONE = multiprocessing.get_context("forkserver")
FROM_A_LOADED_ONE.set_forkserver_preload(["tests.crash.appending"])


@contextmanager
def running(work: Callable[[Any, Connection], None], orders: Any) -> Iterator[tuple[BaseProcess, Connection]]:
    """A process that does a work, and what it tells; it is dead after the block."""
    receiver, sender = FROM_A_LOADED_ONE.Pipe(duplex=False)
    process = FROM_A_LOADED_ONE.Process(target=work, args=(orders, sender), daemon=True)
    process.start()
    sender.close()
    with closing(receiver):
        try:
            yield process, receiver
        finally:
            process.kill()
            process.join()
            process.close()
