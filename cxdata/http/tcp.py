"""No answer of the server waits for the acknowledgement of the one before it."""

import gc
import socket


def disable_nagle() -> None:
    """Turn Nagle's algorithm off for every connection that this process will accept.

    Asyncio does so by itself, but not on a socket that was bound beforehand, as Streamlit's is (uvicorn #3149); with it
    a rerun of a page, told in several small messages, takes 40 ms longer. Connections have the setting of the socket
    that listens, which nobody hands out: it is looked for.
    """
    for each in gc.get_objects():
        if isinstance(each, socket.socket) and _listens(each):
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _listens(each: socket.socket) -> bool:
    try:
        return each.family in (socket.AF_INET, socket.AF_INET6) and bool(
            each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        )
    except OSError:  # closed meanwhile
        return False
