"""Requests byte for byte, as no client library would send them."""
import re
import socket


def exchanged(port, sent):
    """All that comes back until the server ends the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(sent)
        got = b""
        try:
            while piece := connection.recv(65536):
                got += piece
        except (ConnectionResetError, TimeoutError):
            pass  # reset over what it did not want to hear, or left open where it should have been ended
        return got


def answers_in(got):
    """The statuses. An answer begins right behind the body of the one before, so not always on a line of its own."""
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", got)]
