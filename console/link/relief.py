"""One request that relieves who is signed in."""

from __future__ import annotations

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.wire import Failure, HandOver, SignedIn
from console.link.connection import Connection
from console.link.credentials import Credentials, Relief


async def ask_relief(
    connection: Connection, newcomer: Credentials, relief: Relief, patience_s: float
) -> SignedIn | RequestError:
    """Return the newcomer's session, or why the bridge refused him.

    Raises:
        TimeoutError: no answer: nobody knows who sits here.
        LinkError: the connection was lost meanwhile: the same.
    """
    message = HandOver(
        **connection.header(),
        user=newcomer.user,
        password=newcomer.password,
        incidents=relief.incidents,
        shown=dict(relief.shown),
    )
    answer = await connection.request(message, patience_s)
    if isinstance(answer, SignedIn):
        return answer
    if isinstance(answer, Failure):
        return RequestError(answer.code, answer.text_key, answer.params)
    return RequestError(ErrorCode.INTERNAL, "error.link.wrong_answer")
