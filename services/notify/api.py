"""Notify over HTTP: how a person wants to be told, and what he was told."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from pydantic import ConfigDict, Field, Strict, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from services.chassis.access import Allow, Caller
from services.chassis.fields import Body, Name, View
from services.chassis.http import Now, RequestTx, service_router
from services.chassis.page import Page, Paging
from services.chassis.problem import NotFound
from services.notify import domain, queries
from services.notify.domain import Address, Contact, Message, Status
from services.notify.events import ChannelName, FailureReason, Language

LARGEST_CHAT = 2**52
"""Telegram's own limit for the id of a chat."""

Person = Annotated[
    Caller,
    Depends(
        Allow(
            "seller",
            "assistant",
            "buyer",
            "driver",
            "operator",
            "manager",
            owns="the contact and messages of this person; an assistant's, of whom he acts for in the villages "
            "served; a manager's, of those who list or order with his cooperative",
            acts_for=("assistant", "manager"),
        )
    ),
]

router = service_router()


class NewContact(Body):
    name: Annotated[Name, Field(description="As the person wants to be addressed.")]
    language: Annotated[Language, Field(description="Of his messages from now on.")] = "id"
    channel: Annotated[ChannelName, Field(description="`list`: only stored, to be read here.")] = "list"
    chat: Annotated[
        int | None,
        Strict(),
        Field(ge=1, le=LARGEST_CHAT, validate_default=True, description="The Telegram chat's id."),
    ] = None

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "Bu Sari", "language": "id", "channel": "telegram", "chat": 5118834021},
                {"name": "Mbah Warsi", "language": "id", "channel": "list"},
            ],
            "if": {"properties": {"channel": {"const": "telegram"}}, "required": ["channel"]},
            "then": {"properties": {"chat": {"type": "integer"}}, "required": ["chat"]},
        }
    )

    @field_validator("chat")
    @classmethod
    def _reachable(cls, chat: int | None, body: ValidationInfo) -> int | None:
        if chat is None and body.data.get("channel") == "telegram":
            raise PydanticCustomError(
                "chat_missing",
                "Telegram needs a chat",
                {"en": "Send the id of the chat, or choose the channel `list`.",
                 "id": "Kirim id chat, atau pilih saluran `list`."},
            )  # fmt: skip
        return chat

    def address(self) -> Address:
        return Address(self.name, self.language, self.channel, self.chat)


class ContactView(View):
    person_id: UUID
    cooperative: UUID | None
    name: str
    language: Language
    channel: ChannelName
    chat: int | None
    blocked: Annotated[
        bool, Field(description="The person shut us out of this chat; set it anew to try again.")
    ]

    @classmethod
    def of(cls, contact: Contact) -> "ContactView":
        return cls(**{name: getattr(contact, name) for name in cls.model_fields})


class MessageView(View):
    id: UUID
    person_id: UUID
    template: str
    fact: Annotated[UUID, Field(description="The event that this message tells.")]
    text: str
    stored_at: datetime
    status: Status
    channel: Annotated[
        ChannelName | None, Field(description="How it was handed over; nothing while it waits.")
    ]
    reason: Annotated[FailureReason | None, Field(description="Why it could not be handed over.")]
    attempts: int
    settled_at: Annotated[datetime | None, Field(description="When it was handed over, or failed.")]

    @classmethod
    def of(cls, message: Message) -> "MessageView":
        return cls(**{name: getattr(message, name) for name in cls.model_fields})


@router.put("/contacts/{person_id}", tags=["contacts"])
async def set_contact(
    person_id: UUID, new: NewContact, caller: Person, tx: RequestTx, now: Now
) -> ContactView:
    """Say how a person wants to be told: himself, his village's assistant, or his cooperative's manager.

    A manager may once the person has listed or ordered with his cooperative; an assistant, where he serves the
    village that the person belongs to, or is the first to speak for somebody of whom nothing is known.
    """
    await tx.lock(person_id)
    await queries.check_may_set(tx, person_id, caller)
    contact = await queries.contact_of_person(tx, person_id)
    if contact is None:
        contact = domain.contact_of(person_id, new.address(), caller.cooperative, at=now)
        tx.add(contact)
    contact.change(new.address(), caller.cooperative, at=now)
    return ContactView.of(contact)


@router.get("/contacts/{person_id}", tags=["contacts"])
async def see_contact(person_id: UUID, caller: Person, tx: RequestTx) -> ContactView:
    """How a person wants to be told."""
    await queries.check_may_read(tx, person_id, caller)
    contact = await queries.contact_of_person(tx, person_id)
    if contact is None:
        raise NotFound
    return ContactView.of(contact)


@router.get("/messages", tags=["messages"])
async def see_messages(
    caller: Person,
    tx: RequestTx,
    paging: Paging,
    person_id: Annotated[UUID | None, Query(description="Whose; without it, your own.")] = None,
) -> Page[MessageView]:
    """What a person was told, newest last."""
    person_id = person_id or caller.person
    await queries.check_may_read(tx, person_id, caller)
    told = await queries.messages_of(tx, person_id, paging)
    return paging.page([MessageView.of(one) for one in told], by=lambda message: message.id)


@router.get("/messages/{message_id}", tags=["messages"])
async def see_message(message_id: UUID, caller: Person, tx: RequestTx) -> MessageView:
    """One message, and whether it was handed over."""
    return MessageView.of(await queries.message_for(tx, message_id, caller))
