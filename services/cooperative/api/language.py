"""The language of an answer, taken from Accept-Language and told in Content-Language."""

from typing import Annotated

from fastapi import Depends, Request, Response

from services.chassis.language import Language, preferred


async def _language(request: Request, response: Response) -> Language:
    language = preferred(request.headers.get("accept-language"))
    response.headers.update({"Content-Language": language, "Vary": "Accept-Language"})
    return language


Spoken = Annotated[Language, Depends(_language)]
