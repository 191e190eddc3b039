"""Requests byte for byte, as no client library would send them."""
import re
import socket


def exchanged(port, sent):
    """All that comes back until the server ends the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(sent)
        got = b""
        try:
            while piece := connection.recv(65536):
                got += piece
        except ConnectionResetError:
            pass  # it had more to say than we were to be heard with
        return got


def answers_in(got):
    return [int(status) for status in re.findall(rb"^HTTP/1\.1 (\d{3}) ", got, re.M)]
