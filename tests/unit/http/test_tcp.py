"""Accepted connections send small messages without delay."""

import socket

from cxdata.http.tcp import disable_nagle


def test_accepted_connections_have_no_delay() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as unbound:
        disable_nagle()
        with socket.create_connection(server.getsockname()) as client:
            accepted, _ = server.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
                assert not client.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)  # only those that are accepted
        assert not unbound.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
