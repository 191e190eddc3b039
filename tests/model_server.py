"""A model server for tests: speaks the real protocol of chat completions, and answers, lies or fails as a test tells it to."""
import http.server
import json
import threading
import time


class ModelServer:
    """`writes` makes the sentences of an answer out of the question and its quotes; `mood` is how it goes wrong."""

    def __init__(self):
        self.requests = []  # bodies, in order
        self.paths = []     # of everything that was asked for
        self.keys = []
        self.mood = "streams"
        self.writes = lambda question, quotes: [{"text": quote["text"], "quotes": [quote["number"]]} for quote in quotes]
        double = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                double.paths.append(self.path)
                self.send_error(404)

            def do_POST(self):
                double.paths.append(self.path)
                double.keys.append(self.headers.get("Authorization"))
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                double.requests.append(body)
                double.answer(self, body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/v1"

    def text_for(self, body):
        try:
            material = json.loads(body["messages"][-1]["content"])
        except ValueError:
            return "hej"  # somebody only tries whether it answers
        return json.dumps({"sentences": self.writes(material["question"], material["quotes"])}, ensure_ascii=False)

    def answer(self, handler, body):
        mood = self.mood
        if mood.isdigit():
            return self.whole(handler, int(mood), {"error": {"message": f"fel {mood}"}})
        if mood == "no_schemas" and body.get("response_format", {}).get("type") == "json_schema":
            return self.whole(handler, 400, {"error": {"message": "response_format is not supported"}})
        if mood == "garbage":
            return self.bytes(handler, 200, "text/html", b"<html>Inte hit</html>")
        if mood == "slow":
            time.sleep(5)
        if mood in ("streams", "cut"):
            return self.stream(handler, self.text_for(body), whole=mood == "streams")
        message = {"role": "assistant", "content": self.text_for(body)}
        if mood == "tools":
            message = {"role": "assistant", "content": None, "tool_calls": [
                {"id": "1", "type": "function", "function": {"name": "delete_everything", "arguments": "{}"}}]}
        return self.whole(handler, 200, {"model": "dubbel-1", "choices": [{"message": message, "finish_reason": "stop"}],
                                         "usage": {"prompt_tokens": 200, "completion_tokens": 50}})

    def whole(self, handler, status, value):
        self.bytes(handler, status, "application/json", json.dumps(value).encode())

    def bytes(self, handler, status, kind, data):
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def stream(self, handler, text, whole):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Connection", "close")
        handler.end_headers()
        pieces = [text[at:at + 9] for at in range(0, len(text), 9)]
        for piece in pieces if whole else pieces[:2]:
            self.event(handler, {"model": "dubbel-1", "choices": [{"delta": {"content": piece}, "finish_reason": None}]})
        if whole:
            self.event(handler, {"choices": [{"delta": {}, "finish_reason": "stop"}]})
            self.event(handler, {"choices": [], "usage": {"prompt_tokens": 200, "completion_tokens": 50}})
            handler.wfile.write(b"data: [DONE]\n\n")
        handler.close_connection = True

    @staticmethod
    def event(handler, value):
        handler.wfile.write(b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n")
        handler.wfile.flush()


def settings(*endpoints, top=""):
    """models.toml of (name, server, more lines) each."""
    tables = [f'[{name}]\nurl = "{server.url}"\nmodel = "dubbel"\n{more}' for name, server, more in endpoints]
    return "\n".join([top, *tables]) + "\n"
