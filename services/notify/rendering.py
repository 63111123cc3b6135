"""What a message says: the template named after the event, filled with the event and the person's name alone."""

import re
from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from services.chassis import wording
from services.chassis.codes import short_code
from services.chassis.event import Event
from services.notify.events import Language

LONGEST = 4000
"""Characters. Telegram refuses a text over 4,096, and a refused message would tell nothing."""


def template_of(event: Event) -> str:
    """`share_offered` for a `ShareOffered`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(event).__name__).lower()


def text_for(event: Event, language: Language, name: str | None) -> str:
    """The message that tells a person, by name where we know one, of an event.

    Raises:
        jinja2.UndefinedError: the template asks for what the event does not have.
    """
    template = _environment(language).get_template(f"{template_of(event)}.{language}.txt")
    text = template.render({**dict(event), "name": name}).strip()
    text = text[:1].upper() + text[1:]
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


@cache
def _environment(language: Language) -> Environment:
    # Chats show plain text: escaping for HTML would garble names, so it stays off.
    environment = Environment(
        loader=PackageLoader("services.notify"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for written in (wording.amount, wording.price, wording.rupiah, wording.day, wording.moment):
        environment.filters[written.__name__] = partial(written, language=language)
    environment.filters["code"] = short_code
    return environment
