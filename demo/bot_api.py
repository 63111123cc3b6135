"""A stand-in for Telegram's Bot API over real HTTP, for tests and the demo: `python -m demo.bot_api 8443`.

It knows `getMe` and `sendMessage`, keeps what it received, and can be told to misbehave: `POST /script` with
`{"answers": [{"status": 429, "retry_after": 2, "chat_id": 7}, ...]}`. Each answer is used once, by the next
message (to that chat, where one is named). `drop` takes the message and cuts the connection before the answer
is whole; `hang` takes it and never answers. `GET /received` lists what it has taken.
"""

import argparse
import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import parse_qs

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.types import Receive, Scope, Send

ME = {"id": 4077001, "is_bot": True, "first_name": "Lumbung", "username": "lumbung_bot"}
WRONG = {
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    429: "Too Many Requests: retry later",
}


class Answer(BaseModel):
    """How one message is to be answered instead of taken."""

    status: int = 200
    retry_after: int | None = None
    chat_id: int | None = None
    then: Literal["answer", "drop", "hang"] = "answer"


class Script(BaseModel):
    answers: list[Answer]


@dataclass
class BotApi:
    """What was asked of the stand-in, and what it is to answer next."""

    asked: list[dict[str, Any]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    @property
    def received(self) -> list[dict[str, Any]]:
        """The messages it has taken, in order; a person with this chat has seen them."""
        return [one for one in self.asked if one["status"] == 200]

    def send_message(self, chat_id: int, text: str) -> Answer:
        answer = self._next_for(chat_id)
        at = datetime.now(UTC)
        self.asked.append({"chat_id": chat_id, "text": text, "status": answer.status, "at": at.isoformat()})
        return answer

    def _next_for(self, chat_id: int) -> Answer:
        found = next((one for one in self.answers if one.chat_id in (None, chat_id)), None)
        if found is None:
            return Answer()
        self.answers.remove(found)
        return found

    def taken(self, chat_id: int, text: str) -> dict[str, Any]:
        """What `sendMessage` answers for a message that was taken."""
        chat = {"id": chat_id, "type": "private"}
        date = int(datetime.now(UTC).timestamp())
        return {"message_id": len(self.asked), "date": date, "chat": chat, "from": ME, "text": text}


def application(api: BotApi) -> FastAPI:
    """The stand-in's endpoints."""
    app = FastAPI(title="A stand-in for Telegram's Bot API")

    @app.post("/bot{token}/getMe")
    async def get_me() -> dict[str, Any]:
        return {"ok": True, "result": ME}

    @app.post("/bot{token}/sendMessage")
    async def send_message(request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        return answered(api, int(form["chat_id"]), form["text"])

    @app.post("/script", status_code=204)
    async def script(new: Script) -> None:
        api.answers.extend(new.answers)

    @app.get("/received")
    async def received() -> list[dict[str, Any]]:
        return api.received

    return app


def answered(api: BotApi, chat_id: int, text: str) -> Response:
    """What comes back for one message, as told by the script."""
    answer = api.send_message(chat_id, text)
    if answer.then != "answer":
        return Cut(answer.then)
    if answer.status == 200:
        return JSONResponse({"ok": True, "result": api.taken(chat_id, text)})
    return refusal(answer)


def refusal(answer: Answer) -> Response:
    """Telegram's own form of a no; 5xx comes from whatever stands before it, and is not JSON."""
    if answer.status >= 500:
        return Response("<html>Bad Gateway</html>", answer.status)
    told: dict[str, Any] = {
        "ok": False,
        "error_code": answer.status,
        "description": WRONG.get(answer.status, "No"),
    }
    if answer.retry_after is not None:
        told["parameters"] = {"retry_after": answer.retry_after}
    return JSONResponse(told, answer.status)


class Cut(Response):
    """No whole answer: the connection is cut in the middle of it, or nothing comes until the caller gives up."""

    def __init__(self, then: Literal["drop", "hang"]) -> None:
        super().__init__()
        self._then = then

    async def __call__(self, _: Scope, receive: Receive, send: Send) -> None:
        if self._then == "hang":
            while (await receive())["type"] != "http.disconnect":
                pass
            return
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
        raise ConnectionAbortedError("cut as told")


class Server(uvicorn.Server):
    """uvicorn inside somebody else's process: signals stay theirs."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def serving(api: BotApi, port: int = 0) -> AsyncIterator[str]:
    """Serve the stand-in on a port (a free one by default) in this process; answers its address."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        # Cutting a connection is an error to uvicorn, and no news here.
        config = uvicorn.Config(application(api), log_level=logging.CRITICAL, lifespan="off", ws="none")
        server = Server(config)
        task = asyncio.create_task(server.serve([listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description="A stand-in for Telegram's Bot API.")
    parser.add_argument("port", type=int)
    config = uvicorn.Config(application(BotApi()), port=parser.parse_args().port, log_level=logging.CRITICAL)
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main()
