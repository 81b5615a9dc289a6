"""Socket options of the server."""

import gc
import socket


def disable_nagle() -> None:
    """Turn Nagle's algorithm off for every connection that this process accepts.

    Asyncio turns it off, but not on a socket that was bound beforehand, as Streamlit's is (uvicorn #3149). With it, a
    rerun of a page, sent as several small messages, takes 40 ms longer. Accepted connections inherit the option from
    the listening socket. No interface returns that socket, so this function searches the objects of the process.
    """
    for each in gc.get_objects():
        if isinstance(each, socket.socket) and _is_listening(each):
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _is_listening(each: socket.socket) -> bool:
    try:
        return each.family in (socket.AF_INET, socket.AF_INET6) and bool(
            each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        )
    except OSError:  # closed since
        return False
